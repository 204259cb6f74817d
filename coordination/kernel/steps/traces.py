"""What a step leaves behind: its entry in the journal, who now takes part, what is related, who is told."""

from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.matters import Link, Matter, Participation
from coordination.kernel.notices import Level, Notice, deliver
from coordination.kernel.organs import Organ, Role, with_units
from coordination.kernel.queue import enqueue
from coordination.kernel.steps.act import Act
from coordination.kernel.steps.declare import Tell, applying
from coordination.kernel.steps.forms import StepForm
from coordination.kernel.words import Refusal, carries, law_language


@law_language()
def record(matter: Matter, act: Act, form: type[StepForm], cause) -> journal.Entry:
    words = {
        "label": str(act.step.label),
        "who": act.actor.label,
        "facts": form.words(act.facts) + act.notes,
        "organ": str(act.actor.organ or ""),
        "clocks": act.book.changes,
    }
    if act.actor.on_behalf_of:
        words["recorded_by"] = act.actor.label
    return journal.append(
        matter,
        step=act.step.name,
        before=act.before,
        after=matter.stage,
        actor=act.actor,
        moment=act.moment,
        words=words,
        cause=cause,
    )


def let_in(matter: Matter, act: Act) -> None:
    """Write who now takes part, and the relations that the step made."""
    coming = [(side.key, organ) for side in act.step.lets_in for organ in sorted(side.organ_ids(matter))]
    _refuse_the_accused(matter, {organ for _side, organ in coming})
    if coming:
        Participation.objects.bulk_create(
            [
                Participation(matter=matter, kind=matter.KIND, organ_id=organ, side=side, since=act.moment)
                for side, organ in coming
            ],
            ignore_conflicts=True,
        )
    if act.links:
        Link.objects.bulk_create(
            [Link(source_id=s or matter.pk, target_id=t or matter.pk, kind=k) for s, t, k in act.links],
            ignore_conflicts=True,
        )


@carries("LAW-20")
def _refuse_the_accused(matter: Matter, coming: set[int]) -> None:
    """信访工作条例 art. 30: what somebody has said against an organ is not passed on to it, nor to a unit of it."""
    accused = matter.hidden_organ_id
    if accused is None or not coming:
        return
    if Organ.objects.filter(with_units(accused), pk__in=coming).exists():
        raise Refusal(_("该单位是被反映的单位，不得将有关情况透露或者转给该单位，请选择其他有权处理的单位。"))


def _loudness(one: Tell) -> int:
    return list(Level).index(one.level)


@law_language()
def tell(matter: Matter, act: Act, entry: journal.Entry) -> None:
    tells = [t if isinstance(t, Tell) else Tell(t) for t in applying(act.step.tells, matter, act.moment)]
    rows = {(organ, t.role): t.level for t in sorted(tells, key=_loudness) for organ in t.side.organ_ids(matter)}
    if act.offices:
        offices = Organ.objects.filter(county=matter.county_id, kind__in=act.offices)
        told = [(pk, Role.SUPERVISOR.value) for pk in offices.values_list("pk", flat=True)]
        rows = dict.fromkeys(told, Level.INFO) | rows
    rows = {(organ, role): level for (organ, role), level in rows.items() if organ != matter.hidden_organ_id}
    if not rows:
        return
    title = _("%(organ)s：%(step)s——%(title)s") % {
        "organ": act.actor.organ or _("系统"),
        "step": act.step.label,
        "title": matter.title,
    }
    Notice.objects.bulk_create(
        [
            Notice(
                entry=entry,
                matter=matter,
                organ_id=organ,
                role=role,
                level=level,
                title=title[:160],
                created_at=act.moment,
            )
            for (organ, role), level in sorted(rows.items())
        ]
    )
    enqueue(deliver)
