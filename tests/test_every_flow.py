"""Every workflow, stage, step and side, made from the declarations: who may take what when, who is refused in words.

A new workflow is tested here by being in WORKFLOWS, and by a matter of it in tests/everyone.py; nothing in this file
knows a stage or a step. Only tests put a matter into a stage by SQL.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from importlib import import_module
from itertools import combinations

import pytest
from django.db.models import F

from coordination.kernel.clocks import Clock
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.flow_checks import check_flows, reaching, relating
from coordination.kernel.journal import Entry
from coordination.kernel.materials import Material
from coordination.kernel.matters import Link, Matter, Participation
from coordination.kernel.mechanisms import keeping_rules
from coordination.kernel.notices import Notice
from coordination.kernel.now import now
from coordination.kernel.organs import Organ, User
from coordination.kernel.steps import Step, StepForm, begin, open_steps, perform
from coordination.kernel.steps.declare import Kind, Option
from coordination.kernel.steps.open import organs_of
from coordination.kernel.words import Refusal
from tests.everyone import BAD_CERTIFICATES, Everyone, everyone, some_facts, variants
from tests.undone import in_ningwu, undone

pytestmark = pytest.mark.django_db
MODELS = {model.KIND: model for model in relating.installed()}
EVERY = [(kind, step) for kind, model in MODELS.items() for step in model.steps().values()]
TAKEN = [(kind, step) for kind, step in EVERY if not step.caused and not step.first]
CAUSED = [(kind, step) for kind, step in EVERY if step.caused]
FIRST = [(kind, step) for kind, step in EVERY if step.first and not step.caused]
STAGES = [(kind, stage) for kind, model in MODELS.items() for stage in model.Stage.values]
CHINESE = re.compile("[\u4e00-\u9fff]")
COUNTED = (Entry, Clock, Notice, Participation, Link, Material, IssuedDocument, Matter)
#: A refusal of these codes is about the right to act; one of any other comes after the right was found.
NO_RIGHT = {"permission", "stage", "unknown"}


def every(pairs: list) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("kind", "step"), pairs, ids=[f"{kind}.{step.name}" for kind, step in pairs])


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[Everyone]:
    with in_ningwu(django_db_blocker):
        yield everyone()


@pytest.fixture
def conditions_hold(monkeypatch) -> None:
    """Whatever a step's `only` asks for is so: the tests of the other reasons to refuse must reach them."""
    for condition in (Kind, Option):
        monkeypatch.setattr(condition, "holds", lambda self, matter, moment: True)


class Passed(Exception):
    """The doorway has found the right to act."""


@pytest.fixture
def only_the_right(monkeypatch) -> Iterator[None]:
    """The doorway stops as soon as it has found the right to act; it is asked thousands of times, so the matter, the
    moment and the county's rules are not read each time anew."""

    def stop(*anything, **more):
        raise Passed

    moment = now()
    monkeypatch.setattr(import_module("coordination.kernel.steps.perform"), "now", lambda: moment)
    monkeypatch.setattr(Matter, "locked", staticmethod(STANDING.__getitem__))
    monkeypatch.setattr(import_module("coordination.kernel.steps.perform"), "_take", stop)
    with keeping_rules():
        yield


STANDING: dict[int, Matter] = {}


def standing(world: Everyone, kind: str, stage: str) -> Matter:
    """The matter of this kind, in this stage."""
    pk = world.matters[kind].pk
    Matter.objects.filter(pk=pk).update(stage=stage)
    STANDING[pk] = MODELS[kind].fetch(pk)
    return STANDING[pk]


def refusal_of(call, *args, **facts) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **facts)
    words = caught.value.message
    assert len(CHINESE.findall(words)) >= 4, words
    assert not re.search("[!！]|None|<|\\{", words), words
    return caught.value


def picture(matter: Matter) -> tuple:
    """All that a step could change: the row, and how much there is of everything else."""
    row = MODELS[matter.kind].objects.filter(pk=matter.pk).values().get()
    return row, [model.objects.count() for model in COUNTED]


def may_act(world: Everyone, step: Step, matter: Matter, organ_id: int, role: str) -> bool:
    """Who may, said a second time and more simply than the doorway says it; everybody here has a certificate."""
    return organ_id in organs_of(step.by, matter) and role in step.roles


def voucher(step: Step, matter: Matter) -> dict:
    """What a record on behalf of another organ says of itself; of several organs the first."""
    return {"scan": "x", "organ": step.by[0].organ(matter) if step.by else None}


# Who


@every(TAKEN)
def test_nobody_but_the_declared_roles_of_the_declared_sides_may(world, kind, step, conditions_hold, only_the_right):
    matter = standing(world, kind, step.source[0])
    for (organ_id, role), user in world.people.items():
        if may_act(world, step, matter, organ_id, role):
            with pytest.raises(Passed):
                perform(matter, step.name, user)
        else:
            refusal = refusal_of(perform, matter, step.name, user)
            assert refusal.code == "permission"
            assert str(step.label) in refusal.message


@every([(kind, step) for kind, step in TAKEN if step.certificate])
def test_without_a_certificate_that_is_valid_today_nobody_may(world, kind, step, conditions_hold, only_the_right):
    """行政处罚法 art. 42 (LAW-6): an assistant is no officer, and a lapsed card is no card."""
    matter = standing(world, kind, step.source[0])
    organ_id = step.by[0].organ_id(matter)
    for name in BAD_CERTIFICATES:
        refusal = refusal_of(perform, matter, step.name, world.amiss[organ_id, name])
        assert refusal.code == "permission"
        assert "执法证状态为" in refusal.message
        assert "有效”" not in refusal.message
    assert refusal_of(perform, matter, step.name, world.of(organ_id, "assistant")).code == "permission"


@every([(kind, step) for kind, step in TAKEN if "officer" in step.roles])
def test_a_post_that_is_over_or_yet_to_come_gives_no_right(world, kind, step, conditions_hold, only_the_right):
    matter = standing(world, kind, step.source[0])
    organ_id = step.by[0].organ_id(matter)
    for name in ("ended", "coming"):
        assert refusal_of(perform, matter, step.name, world.amiss[organ_id, name]).code == "permission"


@every(TAKEN)
def test_a_deputy_may_while_the_delegation_lasts(world, kind, step, conditions_hold, only_the_right):
    matter = standing(world, kind, step.source[0])
    user = world.right_one(step, matter)
    acting = world.deputy(user, since=date(2026, 9, 21), until=date(2026, 9, 21))
    with pytest.raises(Passed):
        perform(matter, step.name, acting)
    acting.delegations.update(since=date(2026, 9, 1), until=date(2026, 9, 20))
    assert refusal_of(perform, matter, step.name, User.objects.get(pk=acting.pk)).code == "permission"


@every([(kind, step) for kind, step in TAKEN if step.not_by])
def test_nobody_judges_his_own_work(world, kind, step, conditions_hold, only_the_right):
    matter = standing(world, kind, step.source[0])
    user = world.right_one(step, matter)
    setattr(matter, step.not_by, user)
    assert "自己起草" in refusal_of(perform, matter, step.name, user).message
    assert step.name not in {one.step.name for one in open_steps(matter, user, now())}


@every([(kind, step) for kind, step in TAKEN if not step.behalf])
def test_what_may_not_be_recorded_on_behalf_of_another_is_refused(world, kind, step, conditions_hold, only_the_right):
    matter = standing(world, kind, step.source[0])
    for organ_id in organs_of(matter.SIDES, matter):
        user = world.of(organ_id, "officer")
        refusal = refusal_of(perform, matter, step.name, user, behalf={"scan": "x"})
        assert (refusal.code, "代为记录" in refusal.message) == ("permission", True)


@every([(kind, step) for kind, step in TAKEN if step.behalf])
def test_a_record_on_behalf_is_an_officers_of_another_side_with_a_scan(
    world, kind, step, conditions_hold, only_the_right
):
    matter = standing(world, kind, step.source[0])
    acting = organs_of(step.by, matter)
    if step.judging:  # nobody proves for an organ on the platform what he himself has said
        for user in world.people.values():
            assert refusal_of(perform, matter, step.name, user, behalf=voucher(step, matter)).code == "permission"
        Organ.objects.filter(pk__in=acting).update(off_platform=True)
        matter = standing(world, kind, step.source[0])
    recorders = {organ for side in matter.SIDES if side.records for organ in side.organ_ids(matter)}
    for (organ_id, role), user in world.people.items():
        other_side = organ_id in organs_of(matter.SIDES, matter) - acting
        clerk = organ_id in recorders and role in step.roles
        if other_side and (role == "officer" or clerk):
            with pytest.raises(Passed):
                perform(matter, step.name, user, behalf=voucher(step, matter))
            assert refusal_of(perform, matter, step.name, user, behalf={}).field == "scan"
        else:
            assert refusal_of(perform, matter, step.name, user, behalf={"scan": "x"}).code == "permission"


def test_what_only_another_organ_may_do_can_be_recorded_when_it_is_off_the_platform():
    """Police, procuratorate, court, a clerk who refuses: without the record half the world stops."""
    missing = [
        f"{kind}.{step.name}"
        for kind, step in TAKEN
        if not step.behalf and MODELS[kind].SIDES[0] not in step.by
    ]  # fmt: skip
    assert missing == []


# When


@every(TAKEN)
def test_in_a_wrong_stage_it_is_refused_in_words_and_nothing_changes(world, kind, step, conditions_hold):
    before = picture(world.matters[kind])
    user = world.right_one(step, world.matters[kind])
    for stage, label in MODELS[kind].Stage.choices:
        if stage in step.source:
            continue
        matter = standing(world, kind, stage)
        refusal = refusal_of(perform, matter, step.name, user)
        assert refusal.code == "stage"
        assert str(step.label) in refusal.message
        assert str(label) in refusal.message
    standing(world, kind, before[0]["stage"])
    assert picture(world.matters[kind]) == before


@every([(kind, step) for kind, step in TAKEN if step.only])
def test_where_its_condition_does_not_hold_it_is_neither_offered_nor_taken(world, kind, step, monkeypatch):
    monkeypatch.setattr(type(step.only), "holds", lambda self, matter, moment: False)
    matter = standing(world, kind, step.source[0])
    user = world.right_one(step, matter)
    assert refusal_of(perform, matter, step.name, user, **some_facts(step, matter)).code == "stage"
    assert step.name not in {one.step.name for one in open_steps(matter, user, now())}


@every(CAUSED)
def test_what_another_step_causes_is_offered_to_nobody_and_taken_by_nobody(world, kind, step, conditions_hold):
    for stage in step.source:
        matter = standing(world, kind, stage or world.matters[kind].stage)
        for user in world.people.values():
            assert step.name not in {one.step.name for one in open_steps(matter, user, now())}
        refusal = refusal_of(perform, matter, step.name, user, **some_facts(step, matter))
        assert refusal.code == "unknown"
    assert refusal_of(begin, MODELS[kind], step.name, user).code == "unknown"


@pytest.mark.parametrize(("kind", "stage"), STAGES)
def test_what_is_offered_is_what_the_doorway_lets_pass_the_right_to_act(world, kind, stage, only_the_right):
    matter = standing(world, kind, stage)
    here = [step for step in MODELS[kind].steps().values() if stage in step.source]
    for user in world.trying():
        offered = {(one.step.name, one.behalf) for one in open_steps(matter, user, now())}
        passed = {(step.name, False) for step in here if passes(matter, step, user)}
        recorded = {(step.name, True) for step in here if passes(matter, step, user, behalf=voucher(step, matter))}
        assert offered == passed | {one for one in recorded if (one[0], False) not in passed}, user


def passes(matter: Matter, step: Step, user: User, **more) -> bool:
    with pytest.raises((Passed, Refusal)) as caught:
        perform(matter, step.name, user, **more)
    assert getattr(caught.value, "code", "stage") in NO_RIGHT
    return isinstance(caught.value, Passed)


def test_an_unknown_step_is_refused_in_words(world):
    for kind, matter in world.matters.items():
        user = world.right_one(next(step for one, step in TAKEN if one == kind), matter)
        assert refusal_of(perform, matter, "no_such_step", user).code == "unknown"
        assert refusal_of(begin, MODELS[kind], "no_such_step", user).code == "unknown"


def test_a_later_step_gives_birth_to_nothing(world):
    for kind, step in TAKEN:
        user = world.right_one(step, world.matters[kind])
        assert refusal_of(begin, MODELS[kind], step.name, user).code == "unknown"


# What with


def required(step: Step) -> list[str]:
    return [name for name, field in (step.form or StepForm).base_fields.items() if field.required]


@every([(kind, step) for kind, step in TAKEN if required(step)])
def test_each_fact_that_the_form_requires_is_asked_for_by_name(world, kind, step, conditions_hold):
    matter = standing(world, kind, step.source[0])
    user, facts = world.right_one(step, matter), some_facts(step, matter)
    before = picture(matter)
    for name in required(step):
        for nothing in ({}, {name: ""}):
            given = {key: value for key, value in facts.items() if key != name} | nothing
            refusal = refusal_of(perform, matter, step.name, user, **given)
            assert (refusal.code, refusal.field) == ("missing", name)
    assert picture(matter) == before


@every(TAKEN)
def test_from_each_of_its_stages_it_is_taken_whole_or_refused_in_words_whole(world, kind, step, conditions_hold):
    """Whatever is chosen: one entry and one version more, a stage that was declared, one holder; or nothing at all."""
    for stage in step.source:
        for chosen in variants(step):
            with undone():
                taken_whole_or_not_at_all(world, standing(world, kind, stage), step, chosen)


def taken_or_refused(matter: Matter, step: Step, user: User, facts: dict) -> Entry | None:
    """None: refused by a gate or a document."""
    with suppress(Refusal):
        return perform(matter, step.name, user, **facts)
    assert refusal_of(perform, matter, step.name, user, **facts).code not in {"permission", "missing"}
    return None


def taken_whole_or_not_at_all(world: Everyone, matter: Matter, step: Step, chosen: dict) -> None:
    before, facts = picture(matter), some_facts(step, matter, **chosen)
    entry = taken_or_refused(matter, step, world.right_one(step, matter), facts)
    if entry is None:
        assert picture(matter) == before
        return
    after = MODELS[matter.kind].fetch(matter.pk)
    assert after.version == matter.version + 1
    assert list(matter.entries.filter(at=entry.at).values_list("before", "after")) == [(matter.stage, after.stage)]
    assert after.stage in (reaching.targets(step) or [matter.stage])
    assert after.holder_id is not None
    assert not (after.closed_at and Clock.objects.filter(matter=after, state__in=("running", "paused")).exists())
    assert open_steps(after, world.right_one(step, matter), now()) is not None


@every(FIRST)
def test_a_birth_takes_a_role_a_certificate_and_every_required_fact(world, kind, step):
    known = MODELS[kind].objects.filter(pk=world.matters[kind].pk)
    facts = some_facts(step, known.get())
    count = Matter.objects.count()
    for (_organ, role), user in world.people.items():
        refusal = refusal_of(begin, MODELS[kind], step.name, user)
        assert refusal.code == ("missing" if role in step.roles else "permission")
    for name in ("none", "lapsed", "ended", "coming"):
        user = world.amiss[world.strangers.pk, name]
        allowed = name in BAD_CERTIFICATES and not step.certificate and "officer" in step.roles
        assert refusal_of(begin, MODELS[kind], step.name, user).code == ("missing" if allowed else "permission")
    for name in required(step):
        given = {key: value for key, value in facts.items() if key != name}
        user = world.of(world.strangers.pk, step.roles[0])
        assert refusal_of(begin, MODELS[kind], step.name, user, **given).field == name
    assert Matter.objects.count() == count


# How it hangs together


@pytest.mark.parametrize("kind", MODELS)
def test_every_stage_is_reached_and_every_stage_but_an_end_has_a_way_on(kind):
    model = MODELS[kind]
    ways = reaching.edges(model.steps().values())
    assert reaching.reached([""], ways) - {""} == set(model.Stage.values)
    offered = reaching.edges(reaching.ways_on(model, model.steps().values()))
    assert reaching.ends(model)
    for stage in set(model.Stage.values) - reaching.ends(model):
        assert offered[stage], stage


def test_every_step_says_what_it_is_and_names_clauses_that_exist():
    assert check_flows(None) == []
    for kind, step in EVERY:
        assert re.search("[\u4e00-\u9fff]", str(step.label)), (kind, step.name)
        assert step.doc.endswith((".", "）", ")")), (kind, step.name)


def test_every_step_has_a_label_of_its_own_where_it_is_offered():
    """Two buttons with the same words on one page would be told apart by nobody."""
    for (kind, step), (other_kind, other) in combinations(TAKEN, 2):
        if kind == other_kind and set(other.source) & set(step.source):
            assert str(other.label) != str(step.label), (step.name, other.name)


@pytest.mark.parametrize("kind", MODELS)
def test_a_matter_tells_every_fact_that_a_mechanism_may_ask_about_its_limits(world, kind):
    told = world.matters[kind].limit_facts()
    for limit in MODELS[kind].limits():
        assert set(limit.facts) <= set(told), limit.key


def test_every_version_is_told_apart_from_the_one_before(world):
    """A page that shows an older version is refused with who did what meanwhile."""
    for kind, step in TAKEN:
        matter = standing(world, kind, step.source[0])
        MODELS[kind].objects.filter(pk=matter.pk).update(version=F("version") + 1)
        refusal = refusal_of(perform, matter, step.name, world.right_one(step, matter), version=matter.version)
        assert refusal.code == "stale"
        assert "页面已更新" in refusal.message
