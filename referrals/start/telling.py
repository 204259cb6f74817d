"""What the form says while it is filled: by when each urgency must be sent, whose the violation is, who approves."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from coordination.kernel.calendar import WorkCalendar
from coordination.kernel.matters import Urgency
from coordination.kernel.mechanisms import Period, kept_rules
from coordination.kernel.organs import Organ, Post, in_force
from coordination.kernel.web.moments import end_words
from referrals.flow import ANSWER, APPROVERS, SENDING
from referrals.words import KindOf


@dataclass(frozen=True)
class Told:
    """A limit from a moment, for people."""

    label: str
    within: str
    end: str
    basis: str
    chosen: bool = False


def sending_limits(organ: Organ, since: datetime, ongoing: bool, chosen: str, calendar: WorkCalendar) -> list[Told]:
    """For each urgency, by when a violation discovered at `since` must be sent."""
    return [
        _told(SENDING.key, str(label), organ, since, calendar, urgency=value, ongoing=ongoing, chosen=value == chosen)
        for value, label in Urgency.choices
    ]


def answer_limit(referral, since: datetime, calendar: WorkCalendar) -> Told:
    """By when the receiver must answer a letter that is served on it at `since`."""
    facts = referral.limit_facts() | {"bearer": referral.receiver.bearer_kind}
    period = kept_rules(referral.county_id).period(ANSWER.key, since, facts)
    return _worded(period, str(ANSWER.title), since, calendar)


def _told(key: str, label: str, organ: Organ, since, calendar, *, urgency: str, ongoing: bool, chosen: bool) -> Told:
    facts = {
        "urgency": urgency,
        "ongoing": "yes" if ongoing else "no",
        "direction": "up" if organ.is_township else "down",
        "kind": KindOf.LEAD.value,
        "bearer": organ.bearer_kind,
    }
    return _worded(kept_rules(organ.county_id).period(key, since, facts), label, since, calendar, chosen)


def _worded(period: Period, label: str, since: datetime, calendar: WorkCalendar, chosen: bool = False) -> Told:
    due = period.count(since, calendar)
    end = _("应于 %s 前") % end_words(due.overdue_at) if due.overdue_at else _("没有确定日期，应当及时办理")
    return Told(label, period.within.words, end, period.basis, chosen)


def approvers_of(organ: Organ, moment: datetime) -> list[Post]:
    """Who may approve the letter, each person once; each of them is told of it."""
    posts = Post.objects.filter(in_force(moment.date()), organ=organ, role__in=APPROVERS, user__is_active=True)
    return list({post.user_id: post for post in posts.select_related("user").order_by("-pk")}.values())[::-1]
