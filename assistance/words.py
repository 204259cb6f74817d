"""The choices of an assistance request, in the words of the documents; and numbered lines."""

import re

from django.db import models
from django.utils.translation import pgettext_lazy

NUMBERED = re.compile(r"\s*(\d{1,3})\s*[.．、]\s*(.*)")


class KindOf(models.TextChoices):
    """What is asked for. Kind and direction decide the limit (县乡执法协助工作机制 三（五）)."""

    TECHNICAL = "technical", pgettext_lazy("assistance", "技术认定（鉴定、检验、检测、认定）")
    ARCHIVES = "archives", pgettext_lazy("assistance", "查阅、复制档案")
    INFORMATION = "information", pgettext_lazy("assistance", "提供资料")
    ON_SITE = "on_site", pgettext_lazy("assistance", "现场处置")
    PERSONNEL = "personnel", pgettext_lazy("assistance", "人员配合")
    OTHER = "other", pgettext_lazy("assistance", "其他协助")


class Technique(models.TextChoices):
    """Four different acts of a technical determination."""

    APPRAISAL = "appraisal", pgettext_lazy("technique", "鉴定")
    GOODS_INSPECTION = "goods_inspection", pgettext_lazy("technique", "检验")
    TESTING = "testing", pgettext_lazy("technique", "检测")
    DETERMINATION = "determination", pgettext_lazy("technique", "认定")


class Ground(models.TextChoices):
    """Why an organ asks (YY-6.1 to YY-6.5)."""

    POWER_NOT_ENOUGH = "power_not_enough", pgettext_lazy("ground", "单独行使行政执法权不能实现行政管理目的")
    CANNOT_INVESTIGATE = "cannot_investigate", pgettext_lazy("ground", "通过自行调查不能取得所需案件材料")
    HELD_BY_ANOTHER = "held_by_another", pgettext_lazy("ground", "所需案件材料为其他行政执法机关所掌握，难以自行收集")
    NEEDS_TECHNIQUE = "needs_technique", pgettext_lazy("ground", "认定违法行为需要鉴定、检验、检测等技术支持")
    OTHER = "other", pgettext_lazy("ground", "需要请求行政执法协助的其他情形")


class RefusalGround(models.TextChoices):
    """The only two (YY-6.8): within its powers an organ must assist (行政处罚法 art. 26)."""

    FORBIDDEN = "forbidden", pgettext_lazy("refusal", "法律、法规、规章明确禁止")
    OUTSIDE_POWERS = "outside_powers", pgettext_lazy("refusal", "不属于本机关职权范围")


class ServiceMethod(models.TextChoices):
    PLATFORM = "platform", pgettext_lazy("service", "平台送达")
    IN_PERSON = "in_person", pgettext_lazy("service", "直接送达")
    POST = "post", pgettext_lazy("service", "邮寄送达")


class DisputeOutcome(models.TextChoices):
    """What a decision on a disputed request may say."""

    ASSIST = "assist", pgettext_lazy("outcome", "应当予以协助")
    REFUSAL_STANDS = "refusal_stands", pgettext_lazy("outcome", "维持原答复或者不予协助")


class How(models.TextChoices):
    """How archives are given."""

    CONSULTED = "consulted", pgettext_lazy("archives", "查阅")
    COPIED = "copied", pgettext_lazy("archives", "复制")
    LENT = "lent", pgettext_lazy("archives", "借出原件")


def lines(text: str) -> list[str]:
    """The lines of a typed list without their numbers; empty ones vanish."""
    bare = ((found[2] if (found := NUMBERED.fullmatch(line)) else line).strip() for line in text.splitlines())
    return [line for line in bare if line]


def by_number(text: str) -> dict[int, str]:
    """`1. …` and what follows it, by number; text before the first number answers question 1."""
    found: dict[int, list[str]] = {}
    here = 1
    for line in text.splitlines():
        match = NUMBERED.fullmatch(line)
        here = int(match[1]) if match else here
        found.setdefault(here, []).append(match[2] if match else line)
    return {number: words for number, parts in found.items() if (words := "\n".join(parts).strip())}
