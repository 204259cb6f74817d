"""Certificates as people see them: the state on a day, and who must renew one before it lapses."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from coordination.kernel.organs import Post, Role, User, in_force, posts_of
from coordination.kernel.web.moments import day_words
from coordination.kernel.web.request import moment_of
from coordination.kernel.words import listed

State = User.Certificate
#: How long before its last day a certificate is spoken of.
AHEAD = timedelta(days=30)
TONES = {State.VALID: "good", State.NONE: "plain"}
#: So many names stand on an organ admin's desk.
NAMES = 5


def lapses_soon(user: User, today: date) -> bool:
    """Still valid, and its last day is at most 30 days ahead."""
    return user.certified_on(today) and user.certificate_until is not None and user.certificate_until <= today + AHEAD


def certificate(user: User, today: date) -> dict:
    """The state on the day as a tag: label and tone."""
    state = user.certificate_on(today)
    if lapses_soon(user, today):
        return {"state": _("即将到期"), "tone": "warn"}
    return {"state": state.label, "tone": TONES.get(state, "urgent")}


def facts(user: User, today: date) -> list[tuple[str, str]]:
    until = user.certificate_until
    return [
        (_("执法证号"), user.certificate_number or _("无")),
        (_("状态"), certificate(user, today)["state"]),
        (_("有效期至"), day_words(until) if until else ""),
    ]


def lapsing_words(user: User, today: date) -> str:
    """What the holder must know about his certificate today; empty when all is well, or when he has none."""
    state, until = user.certificate_on(today), user.certificate_until
    if lapses_soon(user, today):
        told = _("您的执法证将于%(day)s到期。请及时办理换证，到期后不能作为执法人员办理事项。")
    elif state == State.EXPIRED:
        told = _("您的执法证已经到期，不能作为执法人员办理事项。请办理换证。")
    elif state == State.SUSPENDED:
        told = _("您的执法证已被暂扣，暂扣期间不能作为执法人员办理事项。")
    elif state == State.REVOKED:
        told = _("您的执法证已被吊销，不能作为执法人员办理事项。")
    else:
        return ""
    return told % {"day": day_words(until) if until else ""}


def to_renew(request: HttpRequest) -> dict:
    """For the desk: one's own certificate, and for an organ's administrator those of his people. One query for him."""
    today = moment_of(request).date()
    organs = [post.organ_id for post in posts_of(request.user) if post.role == Role.ORGAN_ADMIN]
    return {
        "certificate_note": lapsing_words(request.user, today),
        "lapsing": _named(list(_lapsing_in(organs, today)[: NAMES + 1])) if organs else "",
    }


def _named(people: list[User]) -> str:
    """The first few by name and day."""
    named = listed(f"{person.name}（{person.certificate_until:%m-%d}）" for person in people[:NAMES])
    return _("%(people)s等") % {"people": named} if len(people) > NAMES else named


def _lapsing_in(organs: list[int], today: date) -> QuerySet[User]:
    """Those with a post in `organs` whose certificate lapses soon or has lapsed by its date."""
    held = Post.objects.filter(in_force(today), organ__in=organs).values("user")
    found = User.objects.filter(pk__in=held, is_active=True, certificate_state=State.VALID)
    return found.filter(certificate_until__lte=today + AHEAD).order_by("certificate_until", "pk")
