"""Who complained is written into no step, no letter and no material of the complaint or of what comes out of it."""

import re
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from complaints.identity import Identity, may_reveal
from complaints.items import ComplaintItem
from coordination.kernel.steps.forms import SEALED
from coordination.kernel.unsaid import keeps_secret
from coordination.kernel.words import Refusal, carries

#: What names somebody wherever it is read. An address does not: people complain of what is next door.
TELLING = ("sealed_name", "sealed_phone", "sealed_number")
CHOICE = re.compile(r"[a-z_]*")


@keeps_secret
@carries("LAW-20", "LAW-21", "LAW-22")
def never_who_complained(matter, user, said: dict[str, str]) -> None:
    """Refused is what is typed at the window beside its own field, and afterwards whoever may look the name up: to
    anybody else the refusal itself would say who complained."""
    open_fields = {field: words for field, words in said.items() if not field.startswith(SEALED) and _typed(words)}
    for told in _told_of(matter, user, said) if open_fields else ():
        secrets = [word for name in TELLING if len(word := told.get(name, "").strip()) > 1]
        for field, words in open_fields.items():
            if any(secret in words for secret in secrets):
                raise Refusal(
                    _("这一栏写有投诉举报人的身份信息，请删去；身份信息只填在“投诉举报人”各栏。"), field=field
                )


def _typed(words: str) -> bool:
    """Whether somebody has typed it, or it may be somebody's number: the key of a choice says nothing."""
    return CHOICE.fullmatch(words) is None


def _told_of(matter, user, said: dict[str, str]) -> Iterable[dict]:
    """What complainants have told of themselves, as far as `user` may know it."""
    if any(name in said for name in TELLING):
        return [said]
    if user is None or not (of := _of(matter)):
        return []
    sealed = Identity.objects.filter(of).distinct().select_related("complaint")
    return [one.open() for one in sealed if may_reveal(one.complaint, user)]


def _of(matter) -> Q | None:
    """The complaints behind it. No query: a case that came out of none has no number of one."""
    if matter.kind == "complaints":
        return Q(complaint=matter.pk)
    case = matter if matter.kind == "cases" else matter.case if matter.kind == "referrals" else None
    if case is None or not case.source_number:
        return None
    return Q(complaint__in=ComplaintItem.objects.filter(case=case.pk).values("complaint"))
