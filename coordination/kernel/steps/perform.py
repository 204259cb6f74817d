"""The doorway. One transaction: who may act, the state machine, the journal, clocks, documents, notices."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from coordination.kernel import documents as papers
from coordination.kernel import journal
from coordination.kernel.clocks import Clock, ClockBook
from coordination.kernel.materials import Material, carry
from coordination.kernel.matters import Link, Matter, Participation
from coordination.kernel.mechanisms import keeping_rules
from coordination.kernel.notices import Level, Notice, deliver
from coordination.kernel.now import now
from coordination.kernel.organs import SYSTEM, Actor, Organ, Post, Role, User, posts_of
from coordination.kernel.queue import enqueue
from coordination.kernel.steps.after import react
from coordination.kernel.steps.declare import Step, Tell, applying
from coordination.kernel.steps.forms import StepForm
from coordination.kernel.steps.open import certified, fitting_post, own_work, post_for, recording_post
from coordination.kernel.words import Refusal, law_language


@dataclass
class Act:
    """One step being taken: what its method may reach for besides the matter itself."""

    step: Step
    actor: Actor
    moment: datetime
    book: ClockBook
    facts: dict
    before: str = ""
    then: list[tuple] = field(default_factory=list)
    links: list[tuple] = field(default_factory=list)
    births: list[tuple] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    carried: list = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    closes: bool = False

    def __post_init__(self) -> None:
        self.closes = self.step.closes

    def next(self, matter_id: int, name: str, /, **facts) -> None:
        """Owe the step `name` on a lower matter: taken in this transaction, after this step's entry, because of it."""
        self.then.append((matter_id, name, facts))

    def link(self, source_id: int | None, target_id: int | None, kind: str) -> None:
        """Relate two matters; None stands for the matter of this step, whose id may not yet be known."""
        self.links.append((source_id, target_id, kind))

    def open(self, model: type[Matter], name: str, link: str, /, **facts) -> None:
        """Owe the birth of a lower matter by its first step `name`, linked from this matter as `link`."""
        self.births.append((model, name, link, facts))

    def tell_offices(self, *kinds: str) -> None:
        """Also tell the county's justice bureau, government or coordination office."""
        self.offices.extend(kinds)

    def carry_materials(self, chosen: Iterable[Material]) -> None:
        """Bring materials of another matter into this one: the same bytes, a row of its own."""
        self.carried.extend(chosen)

    def note(self, label: str, text: str) -> None:
        """Add a line to the readable words of the entry."""
        self.notes.append([label, text])


@keeping_rules()
@transaction.atomic
def perform(
    matter: Matter | int, name: str, user: User, /, *, version: int | None = None, behalf: dict | None = None, **facts
) -> journal.Entry:
    """Take step `name` on a matter for `user`, with the facts that the step's form asks for.

    `version`: what the page showed; another version is refused with what happened meanwhile. `behalf`: {"scan":
    Material, "words": str} where an organ off the platform has acted and the other side records it. Raises Refusal;
    then nothing has changed.
    """
    moment = now()
    locked = Matter.locked(matter if isinstance(matter, int) else matter.pk)
    step = _known(type(locked), name)
    _refuse_stale(locked, version)
    _refuse_stage(locked, step)
    _refuse_untimely(locked, step, moment)
    actor = _actor(locked, step, user, moment, behalf)
    return _take(locked, step, actor, moment, facts, notes=_voucher(behalf))


@keeping_rules()
@transaction.atomic
def begin(model: type[Matter], name: str, user: User, /, *, organ: Organ | None = None, **facts) -> Matter:
    """Give birth to a matter by its first step, in the name of `organ` (default: the first organ whose post fits)."""
    moment = now()
    step = _known(model, name)
    if not step.first:
        raise Refusal(_("“%(step)s”不是登记新事项的步骤，请打开事项后办理。") % {"step": step.label}, code="unknown")
    return _born(model, step, _birth_actor(step, user, organ, moment), moment, facts)


def _born(model, step: Step, actor: Actor, moment: datetime, facts: dict, cause=None) -> Matter:
    pk = _next_id()
    matter = model(
        id=pk,
        pk=pk,
        number=f"{model.NUMBER_MARK}{moment:%Y}{pk:06d}",
        kind=model.KIND,
        county=actor.organ.county,
        originator=actor.organ,
        holder=actor.organ,
        opened_by=actor.user,
        opened_at=moment,
    )
    _take(matter, step, actor, moment, facts, cause)
    return matter


def _known(model: type[Matter], name: str) -> Step:
    step = model.steps().get(name)
    if step is None or step.caused:
        raise Refusal(_("没有“%(name)s”这一步骤。") % {"name": name}, code="unknown")
    return step


def _refuse_stale(matter: Matter, version: int | None) -> None:
    """Two people at once: the later one is told what the first one did, and loses nothing that he typed."""
    if version is None or version == matter.version:
        return
    last = journal.last_words(matter)
    raise Refusal(
        _("%(who)s %(at)s 已%(step)s，页面已更新，请核对后再办理。")
        % {"who": last["who"], "at": f"{last['at']:%H:%M}", "step": last["label"]},
        code="stale",
    )


def _refuse_stage(matter: Matter, step: Step) -> None:
    if matter.stage not in step.source:
        raise Refusal(
            _("当前环节是“%(stage)s”，不能办理“%(step)s”。") % {"stage": matter.get_stage_label(), "step": step.label},
            code="stage",
        )


def _refuse_untimely(matter: Matter, step: Step, moment: datetime) -> None:
    """A step that this county does not know, or that is done or not called for."""
    if step.only is not None and not step.only.holds(matter, moment):
        raise Refusal(
            _("“%(step)s”已经办理或者现在不需要办理，请刷新页面，按所列步骤办理。") % {"step": step.label}, code="stage"
        )


def _actor(matter: Matter, step: Step, user: User, moment: datetime, behalf: dict | None) -> Actor:
    posts = posts_of(user, moment.date())
    if behalf is not None:
        return _recorder(matter, step, user, posts, moment, behalf)
    post = post_for(step, matter, user, posts, moment)
    if post is None:
        raise Refusal(_why_not(matter, step, user, posts, moment), code="permission")
    return Actor(user, post)


def _recorder(matter, step, user, posts, moment, behalf) -> Actor:
    """A record on behalf of an organ: only for steps that allow it, with a scan of what that organ did."""
    post = recording_post(step, matter, user, posts, moment) if step.behalf else None
    if post is None:
        raise Refusal(_("“%(step)s”不能由您代为记录。") % {"step": step.label}, code="permission")
    if not behalf.get("scan"):
        raise Refusal(_("代为记录必须上传对方办理的书面凭证（扫描件或照片）。"), field="scan", code="missing")
    return Actor(user, post, on_behalf_of=step.by[0].organ(matter))


@law_language()
def _voucher(behalf: dict | None) -> list[list[str]]:
    """What the record on behalf of another organ rests on, for the words of the entry."""
    if not behalf:
        return []
    told = [[_("书面凭证"), str(behalf["scan"])], [_("代为记录的说明"), behalf.get("behalf_words", "")]]
    return [line for line in told if line[1]]


def _why_not(matter, step: Step, user: User, posts: Iterable[Post], moment: datetime) -> str:
    """Whom to ask, said only to people who may see the matter."""
    fits = fitting_post(step, matter, posts) is not None
    if fits and own_work(step, matter, user):
        return _("起草人不能审批自己起草的事项，请由其他审批人办理。")
    if fits and not certified(step, user, moment):
        return _("“%(step)s”须由持有有效执法证的执法人员办理，您的执法证状态为“%(state)s”。") % {
            "step": step.label,
            "state": user.certificate_on(moment.date()).label,
        }
    return _("“%(step)s”由%(organs)s的%(roles)s办理，请联系该单位。") % {
        "step": step.label,
        "organs": "、".join(str(side.organ(matter)) for side in step.by if side.organ(matter)),
        "roles": "、".join(str(Role(role).label) for role in step.roles),
    }


def _birth_actor(step: Step, user: User, organ: Organ | None, moment: datetime) -> Actor:
    posts = [p for p in posts_of(user, moment.date()) if p.role in step.roles and organ in (None, p.organ)]
    if step.certificate and not user.certified_on(moment.date()):
        raise Refusal(_("“%(step)s”须由持有有效执法证的执法人员办理。") % {"step": step.label}, code="permission")
    if not posts:
        raise Refusal(_("您的岗位不能办理“%(step)s”，请联系本单位管理员。") % {"step": step.label}, code="permission")
    return Actor(user, posts[0])


def _take(
    matter: Matter, step: Step, actor: Actor, moment: datetime, facts: dict, cause=None, notes=()
) -> journal.Entry:
    matter.moment = moment
    form = step.form or StepForm
    form.require(facts)
    for check in applying(step.gates, matter, moment):
        check(matter, actor, facts, moment)
    act = matter.act = Act(
        step, actor, moment, ClockBook(matter, moment), facts, before=matter.stage, notes=list(notes)
    )
    getattr(matter, step.name)(actor, **facts)
    _run_clocks(matter, act)
    _save(matter, act)
    entry = _record(matter, act, form, cause)
    act.book.write(entry)
    _let_in(matter, act)
    if act.carried:
        carry(act.carried, matter, actor, entry)
    _follow(matter, act, entry)
    entry.issued = papers.issue_all(
        applying(step.documents, matter, moment),
        matter=matter,
        entry=entry,
        organ=matter.paper_organ(actor),
        actor=actor,
        facts=facts,
        moment=moment,
    )
    _tell(matter, act, entry)
    react(entry, matter, step.name)
    return entry


def _follow(matter: Matter, act: Act, entry: journal.Entry) -> None:
    """Take the steps on lower matters that this one owes, in its transaction."""
    for lower, name, facts in act.then:
        _cause(lower, name, act.actor, act.moment, entry, facts)
    for model, name, link, facts in act.births:
        born = _born(model, model.steps()[name], act.actor, act.moment, facts, entry)
        Link.objects.create(source=matter, target=born, kind=link)


def _cause(pk: int, name: str, actor: Actor, moment: datetime, cause: journal.Entry, facts: dict) -> None:
    """A step on a lower matter because of this one: no rights of its own are asked for, the stage is."""
    matter = Matter.locked(pk)
    step = type(matter).steps()[name]
    if matter.stage not in step.source:
        raise Refusal(
            _("%(organ)s承办的关联事项当前环节是“%(stage)s”，不能办理“%(step)s”，请先与该单位核对。")
            % {"organ": matter.holder, "stage": matter.get_stage_label(), "step": step.label},
            code="stage",
        )
    _take(matter, step, actor, moment, facts, cause)


def _run_clocks(matter: Matter, act: Act) -> None:
    for limit in act.step.stops:
        act.book.stop(limit)
    for start in applying(act.step.starts, matter, act.moment):
        act.book.start(start)


def _save(matter: Matter, act: Act) -> None:
    matter.version += 1
    matter.next_due_at = act.book.next_due()
    if act.closes:
        matter.closed_at = act.moment
        _cancel_open_clocks(act.book)
        matter.next_due_at = None
    if act.step.first:
        matter.save(force_insert=(Matter,))
    else:
        matter.save(force_update=True)


def _cancel_open_clocks(book: ClockBook) -> None:
    for clock in list(book.running):
        book.running.remove(clock)
        clock.state, clock.ended_at, clock.next_rung_at = Clock.State.CANCELLED, book.moment, None
        book.touched.append(clock)


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('kernel_matter', 'id'))")
        return cursor.fetchone()[0]


@law_language()
def _record(matter: Matter, act: Act, form: type[StepForm], cause) -> journal.Entry:
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


def _let_in(matter: Matter, act: Act) -> None:
    """Write who now takes part, and the relations that the step made."""
    sides = [side for side in act.step.lets_in if side.organ_id(matter)]
    if sides:
        Participation.objects.bulk_create(
            [Participation(matter=matter, organ_id=s.organ_id(matter), side=s.key, since=act.moment) for s in sides],
            ignore_conflicts=True,
        )
    if act.links:
        Link.objects.bulk_create(
            [Link(source_id=s or matter.pk, target_id=t or matter.pk, kind=k) for s, t, k in act.links],
            ignore_conflicts=True,
        )


@law_language()
def _tell(matter: Matter, act: Act, entry: journal.Entry) -> None:
    tells = [t if isinstance(t, Tell) else Tell(t) for t in applying(act.step.tells, matter, act.moment)]
    rows = {(t.side.organ_id(matter), t.role) for t in tells if t.side.organ_id(matter)}
    if act.offices:
        offices = Organ.objects.filter(county=matter.county_id, kind__in=act.offices)
        rows |= {(pk, Role.SUPERVISOR.value) for pk in offices.values_list("pk", flat=True)}
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
                level=Level.INFO,
                title=title[:160],
                created_at=act.moment,
            )
            for organ, role in sorted(rows)
        ]
    )
    enqueue(deliver)


def system_step(matter_id: int, name: str, cause: journal.Entry, **facts) -> None:
    """A step that the system owes because of `cause` (reactions); only steps declared as caused."""
    with transaction.atomic():
        _cause(matter_id, name, SYSTEM, now(), cause, facts)
