"""The choices of joint operations and meetings."""

from django.db import models
from django.utils.translation import pgettext_lazy


class MeetingKind(models.TextChoices):
    """县乡执法协助工作机制 三（四）: held regularly, at any time as needed, or on one major case (NW-3.48, NW-3.50)."""

    REGULAR = "regular", pgettext_lazy("meeting", "定期会议")
    AD_HOC = "ad_hoc", pgettext_lazy("meeting", "即时会议")
    SPECIAL = "special", pgettext_lazy("meeting", "专题会议")


class OwnOutcome(models.TextChoices):
    """What one organ did within its own powers; there is no joint decision (YY-5.7)."""

    FILED = "filed", pgettext_lazy("outcome", "本机关立案")
    NOT_FILED = "not_filed", pgettext_lazy("outcome", "本机关不予立案")
    CORRECTED = "corrected", pgettext_lazy("outcome", "当场责令改正")
    NOTHING = "nothing", pgettext_lazy("outcome", "未发现本机关职权内的违法行为")
