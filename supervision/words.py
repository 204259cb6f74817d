"""The choices of an order: which paper, where it comes from, what accountability came to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Paper(models.TextChoices):
    """Papers of different authorities, never mixed (政府督查工作条例 arts. 7, 14; 行政执法监督条例 art. 6; NW-4.27)."""

    FOLLOW_UP = "follow_up", _("督办通知书")
    OPINION = "opinion", _("行政执法监督意见书")
    RECTIFICATION = "rectification", _("责令限期整改通知书")
    RAISED_REVIEW = "raised_review", _("提级审查抄告函")


class Source(models.TextChoices):
    """How the organ that issues the paper came to know of it."""

    MONITORING = "monitoring", pgettext_lazy("order source", "时限监测")
    INSPECTION = "inspection", pgettext_lazy("order source", "监督检查")
    COMPLAINT = "complaint", pgettext_lazy("order source", "投诉举报")
    ASSIGNED = "assigned", pgettext_lazy("order source", "上级交办")
    REPORTED = "reported", pgettext_lazy("order source", "单位报告")


class Outcome(models.TextChoices):
    """What came of holding somebody responsible; discipline and crime are other organs' to decide (NW-4.27)."""

    TALK = "talk", pgettext_lazy("accountability", "约谈提醒")
    NOTICE = "notice", pgettext_lazy("accountability", "通报批评")
    REVIEW = "review", pgettext_lazy("accountability", "责令作出书面检查")
    DISCIPLINE = "discipline", pgettext_lazy("accountability", "移送有权机关依法处分")
    CRIME = "crime", pgettext_lazy("accountability", "移送有权机关追究刑事责任")
    NONE = "none", pgettext_lazy("accountability", "经核查不予追究")


class Grade(models.TextChoices):
    """How the work was done, as whoever ordered it judges it."""

    GOOD = "good", pgettext_lazy("verification", "已整改到位")
    PARTLY = "partly", pgettext_lazy("verification", "基本整改，仍需跟进")
