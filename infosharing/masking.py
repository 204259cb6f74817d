"""Publicity: decisions that are published, with what must be masked masked (行政处罚法 art. 48)."""

import re

from infosharing.versions import Version

#: Identity cards, mobile and land-line telephones, bank cards.
NUMBERS = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9}|0\d{2,3}-\d{7,8}|\d{16,19})(?!\d)")
#: Names of two characters for a family, so that four are still one person's.
DOUBLE = ("欧阳", "司马", "上官", "诸葛", "令狐", "皇甫", "尉迟", "公孙", "慕容", "司徒", "夏侯", "东方", "端木")
PUBLISHED = ("party", "filed_on", "decided_on", "content", "document_number", "handling")


def masked_number(found: re.Match) -> str:
    digits = found[0]
    return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"


def masked_name(name: str) -> str:
    """张明 → 张某, 欧阳小明 → 欧某某: a natural person is not named in full."""
    return name[:1] + "某" * max(1, min(2, len(name) - 1)) if name else ""


def of_person(name: str) -> bool:
    """Whether a name is a natural person's by its look, where nobody has said so: no enterprise is registered under
    three characters. In doubt a name is masked, for what is published cannot be taken back."""
    return 2 <= len(name) <= 3 or "·" in name or (len(name) == 4 and name.startswith(DOUBLE))


def published(version: Version) -> dict[str, str]:
    """The facts that are published, numbers of persons masked, and a natural person's name wherever it stands."""
    facts = version.facts
    name = facts.get("party", "")
    shown = {key: str(facts.get(key) or "") for key in PUBLISHED}
    if name and (facts.get("is_person") or of_person(name)):
        shown = {key: text.replace(name, masked_name(name)) for key, text in shown.items()}
    return {key: NUMBERS.sub(masked_number, text) for key, text in shown.items()}
