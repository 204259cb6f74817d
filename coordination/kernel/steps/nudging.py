"""催办: whoever supervises the county urges the bearer of an open duty.

It is no step: the matter stays as it is, whatever its kind. It is an entry in the journal and a notice to the bearer,
once a day for each matter and organ, so that urging remains a word and does not become noise.
"""

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import OVERSEERS, Matter
from coordination.kernel.notices import Level, Notice, deliver
from coordination.kernel.now import CST, now
from coordination.kernel.organs import Actor, Post, Role, User, posts_of
from coordination.kernel.queue import enqueue
from coordination.kernel.words import Refusal, law_language

#: The step under which the journal keeps it.
NUDGE = "nudge"
TOLD = (Role.OFFICER, Role.LIAISON, Role.LEADER_IN_CHARGE)


@transaction.atomic
def nudge(clock_id: int, user: User) -> journal.Entry:
    """Urge the bearer of a running clock. Raises Refusal; then nothing has changed."""
    moment = now()
    known = Clock.objects.select_related("organ").get(pk=clock_id)
    matter = Matter.locked(known.matter_id)
    clock = Clock.objects.select_related("organ").get(pk=clock_id)
    post = _supervising(user, clock, moment)
    if clock.state != Clock.State.RUNNING:
        raise Refusal(_("这项时限已经办结或者暂停，不需要催办。"), code="stage")
    if _nudged_today(clock, moment):
        raise Refusal(
            _("今天已经催办过%(organ)s，请明天再催，或者直接发出督办文书。") % {"organ": clock.organ}, code="rate"
        )
    entry = _record(matter, clock, Actor(user, post), moment)
    enqueue(deliver)
    return entry


def _supervising(user: User, clock: Clock, moment: datetime) -> Post:
    for post in posts_of(user, moment.date()):
        if post.role == Role.SUPERVISOR and post.organ.kind in OVERSEERS and post.organ.county_id == clock.county_id:
            return post
    raise Refusal(_("催办由县政府、司法局、协调办公室的执法监督人员办理，请联系县司法局。"), code="permission")


def _nudged_today(clock: Clock, moment: datetime) -> bool:
    today = datetime.combine(moment.astimezone(CST).date(), time.min, CST)
    urged = journal.Entry.objects.filter(matter=clock.matter_id, step=NUDGE, at__gte=today)
    return urged.filter(notices__organ=clock.organ_id).exists()


@law_language()
def _record(matter: Matter, clock: Clock, actor: Actor, moment: datetime) -> journal.Entry:
    words = {
        "label": _("催办"),
        "who": actor.label,
        "organ": str(actor.organ),
        "facts": [[_("催办对象"), clock.organ.short_name], [_("催办时限"), clock.title]],
        "clocks": [],
    }
    stage = {"before": matter.stage, "after": matter.stage}
    entry = journal.append(matter, step=NUDGE, **stage, actor=actor, moment=moment, words=words)
    title = _("催办：%(duty)s——%(title)s") % {"duty": clock.title, "title": matter.title}
    known = {"entry": entry, "matter_id": matter.pk, "organ": clock.organ, "level": Level.SUPERVISE}
    Notice.objects.bulk_create(Notice(**known, role=role, title=title[:160], created_at=moment) for role in TOLD)
    return entry
