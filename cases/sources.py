"""Where a case comes from."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Source(models.TextChoices):
    PATROL = "patrol", pgettext_lazy("source", "日常巡查")
    INSPECTION = "inspection", pgettext_lazy("source", "行政检查")
    COMPLAINT = "complaint", pgettext_lazy("source", "投诉举报")
    REFERRAL = "referral", pgettext_lazy("source", "其他单位移送")
    ASSIGNED = "assigned", pgettext_lazy("source", "上级交办")
    MEDIA = "media", pgettext_lazy("source", "媒体反映")
    OTHER = "other", pgettext_lazy("source", "其他")
