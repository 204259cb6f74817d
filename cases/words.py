"""The choices of a case, in the words of the documents."""

from django.db import models
from django.utils.translation import pgettext_lazy


class DisputeOutcome(models.TextChoices):
    """How a dispute about whose a case is can end (行政处罚法 art. 25); called as the sides are."""

    COMPETENT = "competent", pgettext_lazy("outcome", "由被认定有管辖权的单位管辖")
    HOLDER = "holder", pgettext_lazy("outcome", "由现承办单位管辖")
    DESIGNATED = "designated", pgettext_lazy("outcome", "指定其他单位管辖")
