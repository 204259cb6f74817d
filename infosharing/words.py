"""The choices of information sharing, in the words of the documents."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Secret(models.TextChoices):
    """Whether what is to be shared is secret. A state secret can be chosen, and is refused: nothing of it is stored
    (执法信息共享工作机制 三（四）, NW-4.25)."""

    NONE = "none", pgettext_lazy("secret", "不涉及")
    TRADE = "trade", pgettext_lazy("secret", "涉及商业秘密")
    PRIVACY = "privacy", pgettext_lazy("secret", "涉及个人隐私")
    STATE = "state", pgettext_lazy("secret", "涉及国家秘密")


#: Of a record whose content was found to touch a state secret and is gone.
ERASED = "erased"
#: What a record can be that is stored.
KEPT_SECRETS = [
    *(choice for choice in Secret.choices if choice[0] != Secret.STATE),
    (ERASED, pgettext_lazy("secret", "涉及国家秘密，内容已清除")),
]


class Opinion(models.TextChoices):
    """What the right holder has said (NW-4.26). Silence is no consent."""

    AGREED = "agreed", pgettext_lazy("opinion", "同意")
    REFUSED = "refused", pgettext_lazy("opinion", "不同意")
    SILENT = "silent", pgettext_lazy("opinion", "期满未答复")


class Use(models.TextChoices):
    """For what a restricted record is read (NW-4.34)."""

    CASE = "case", pgettext_lazy("use", "办理案件")
    INSPECTION = "inspection", pgettext_lazy("use", "日常监管检查")
    STATISTICS = "statistics", pgettext_lazy("use", "统计分析")
    SUPERVISION = "supervision", pgettext_lazy("use", "执法监督")
