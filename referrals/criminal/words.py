"""The choices of a criminal transfer, in the words of the documents."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Proposal(models.TextChoices):
    """What the special group's report comes to; the principal head decides, whichever it is."""

    TRANSFER = "transfer", pgettext_lazy("proposal", "建议移送公安机关")
    KEEP = "keep", pgettext_lazy("proposal", "建议不移送")
