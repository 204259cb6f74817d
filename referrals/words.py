"""The choices of a referral, in the words of the documents."""

from django.db import models
from django.utils.translation import pgettext_lazy


class KindOf(models.TextChoices):
    CASE = "case", pgettext_lazy("referral", "涉嫌违法案件")
    LEAD = "lead", pgettext_lazy("referral", "违法线索")


class Scope(models.TextChoices):
    WHOLE = "whole", pgettext_lazy("scope", "全案移送")
    PART = "part", pgettext_lazy("scope", "部分移送，其余继续办理")


class PropertyDeclared(models.TextChoices):
    NONE = "none", pgettext_lazy("property", "无涉案物品")
    LISTED = "listed", pgettext_lazy("property", "有涉案物品，已如实列清单")


class ServiceMethod(models.TextChoices):
    PLATFORM = "platform", pgettext_lazy("service", "平台送达")
    IN_PERSON = "in_person", pgettext_lazy("service", "直接送达")
    POST = "post", pgettext_lazy("service", "邮寄送达")
    LEAVING = "leaving", pgettext_lazy("service", "留置送达")


class OralOutcome(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("oral", "对方同意接收")
    REFUSED = "refused", pgettext_lazy("oral", "对方拒绝")
    NO_ANSWER = "no_answer", pgettext_lazy("oral", "无人接听")


class Again(models.TextChoices):
    OWN = "own", pgettext_lazy("return", "由本单位继续办理")
    AGAIN = "again", pgettext_lazy("return", "仍属其他单位管辖，重新移送")


class Outcome(models.TextChoices):
    RECEIVER = "receiver", pgettext_lazy("outcome", "由受移送方管辖")
    SENDER = "sender", pgettext_lazy("outcome", "由移送方管辖")
    DESIGNATED = "designated", pgettext_lazy("outcome", "指定其他单位管辖")
