"""The doorway. One transaction: who may act, the state machine, the journal, clocks, documents, notices."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from coordination.kernel import documents as papers
from coordination.kernel import journal, search
from coordination.kernel.clocks import Clock, ClockBook
from coordination.kernel.materials import carry
from coordination.kernel.matters import Link, Matter
from coordination.kernel.mechanisms import keeping_rules
from coordination.kernel.now import now
from coordination.kernel.organs import SYSTEM, Actor, Organ, User
from coordination.kernel.sides import Group
from coordination.kernel.steps.act import Act
from coordination.kernel.steps.after import react
from coordination.kernel.steps.declare import Step, applying
from coordination.kernel.steps.forms import StepForm
from coordination.kernel.steps.rights import actor_for, birth_actor, voucher
from coordination.kernel.steps.traces import let_in, record, tell
from coordination.kernel.unsaid import refuse_secrets
from coordination.kernel.words import Refusal


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
    locked.moment = moment
    step = _known(type(locked), name)
    _refuse_stale(locked, version)
    _refuse_stage(locked, step)
    _refuse_untimely(locked, step, moment)
    actor = actor_for(locked, step, user, moment, behalf)
    return _take(locked, step, actor, moment, facts, behalf=behalf)


@keeping_rules()
@transaction.atomic
def begin(model: type[Matter], name: str, user: User, /, *, organ: Organ | None = None, **facts) -> Matter:
    """Give birth to a matter by its first step, in the name of `organ` (default: the first organ whose post fits)."""
    moment = now()
    step = _known(model, name)
    if not step.first:
        raise Refusal(_("“%(step)s”不是登记新事项的步骤，请打开事项后办理。") % {"step": step.label}, code="unknown")
    return _born(model, step, birth_actor(step, user, organ, moment), moment, facts)


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
    for origin in (cause and cause.matter, *facts.values()):
        if isinstance(origin, Matter):
            matter.hide_as(origin)
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


def stage_refusal(matter: Matter, step: Step) -> Refusal | None:
    """Why the step cannot be taken where the matter stands; None if it can."""
    if matter.stage in step.source:
        return None
    words = _("当前环节是“%(stage)s”，不能办理“%(step)s”。")
    return Refusal(words % {"stage": matter.get_stage_label(), "step": step.label}, code="stage")


def _refuse_stage(matter: Matter, step: Step) -> None:
    if refusal := stage_refusal(matter, step):
        raise refusal


def untimely(matter: Matter, step: Step, moment: datetime) -> Refusal | None:
    """Why a step is refused that this county does not know, or that is done or not called for; None if it is not."""
    if step.only is None or step.only.holds(matter, moment):
        return None
    words = _("“%(step)s”已经办理或者现在不需要办理，请刷新页面，按所列步骤办理。")
    return Refusal(words % {"step": step.label}, code="stage")


def _refuse_untimely(matter: Matter, step: Step, moment: datetime) -> None:
    if refusal := untimely(matter, step, moment):
        raise refusal


def _take(
    matter: Matter, step: Step, actor: Actor, moment: datetime, facts: dict, cause=None, behalf: dict | None = None
) -> journal.Entry:
    matter.moment = moment
    found_by = "" if step.first else search.words_of(matter)
    form = step.form or StepForm
    form.require(facts, moment)
    for check in applying(step.gates, matter, moment):
        check(matter, actor, facts, moment)
    act = matter.act = Act(
        step, actor, moment, ClockBook(matter, moment), facts, before=matter.stage, notes=voucher(behalf)
    )
    act.voucher = behalf and behalf["scan"]
    getattr(matter, step.name)(actor, **facts)
    refuse_secrets(matter, actor.user, facts)
    _run_clocks(matter, act)
    _save(matter, act)
    entry = record(matter, act, form, cause)
    act.book.write(entry)
    let_in(matter, act)
    search.keep(matter, found_by)
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
    tell(matter, act, entry)
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
    """A step on a lower matter because of this one: no rights of its own are asked for; its stage and its hour are."""
    matter = Matter.locked(pk)
    step = type(matter).steps()[name]
    if matter.stage not in step.source:
        raise Refusal(
            _("%(organ)s承办的关联事项当前环节是“%(stage)s”，不能办理“%(step)s”，请先与该单位核对。")
            % {"organ": matter.holder, "stage": matter.get_stage_label(), "step": step.label},
            code="stage",
        )
    _refuse_untimely(matter, step, moment)
    _take(matter, step, actor, moment, facts, cause)


def _run_clocks(matter: Matter, act: Act) -> None:
    """A limit that binds a group runs for each of its organs, and a step ends it for the organ that acts."""
    for limit in act.step.stops:
        act.book.stop(limit, organ=act.actor.organ if isinstance(limit.bearer, Group) else None)
    for start in applying(act.step.starts, matter, act.moment):
        for organ in start.limit.bearer.organs(matter):
            act.book.start(start, organ)


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


def system_step(matter_id: int, name: str, cause: journal.Entry, **facts) -> None:
    """A step that the system owes because of `cause` (reactions); only steps declared as caused."""
    with transaction.atomic():
        _cause(matter_id, name, SYSTEM, now(), cause, facts)


@keeping_rules()
@transaction.atomic
def system_birth(model: type[Matter], name: str, bearer: Organ, /, **facts) -> Matter:
    """A matter that the system owes `bearer` by the calendar, not by anyone's act; only a first step declared as
    caused."""
    step = model.steps()[name]
    if not (step.first and step.caused):
        raise ValueError(f"{model.KIND}.{name} is taken by people: begin() it")
    return _born(model, step, Actor(bearer=bearer), now(), facts)
