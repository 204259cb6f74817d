"""The one button of a row is always the main road: what each side is offered in each stage, for each clock."""

from collections.abc import Iterator

import pytest

from coordination.kernel.clocks import Clock
from coordination.kernel.flow_checks import relating
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.steps import next_on_the_road, open_steps
from coordination.kernel.steps.declare import Option
from coordination.kernel.web.rows import next_step
from tests.everyone import Everyone, everyone
from tests.undone import in_ningwu
from tests.worlds import worlds

pytestmark = pytest.mark.django_db
MODELS = {model.KIND: model for model in relating.installed()}
STAGES = [(kind, stage) for kind, model in MODELS.items() for stage in model.Stage.values]
#: What nobody may meet as the one thing to do, said a second time and by name.
OFF_THE_ROAD = {
    "cases": {"decline_to_file", "pass_up", "refuse_dispatch", "return_review", "suspend"},
    "referrals": {
        *("object", "give_up_objection", "agree_return", "withdraw"),
        *("decline_to_file", "return_draft", "serve_otherwise"),
    },
    "criminal": {
        *("refuse", "decline_to_file", "uphold", "accept_not_filing", "confirm_not_filing", "return_case"),
        "find_not_theirs",
    },
    "disputes": {"end_talks", "return_application", "refuse", "end_settling", "proceed", "return_draft", "withdraw"},
}
#: The main road of an officer: by stage, side and the limit that brings the matter to the desk ("": none does).
OFFICERS = {
    "referrals": {
        ("draft", "sender", "referrals.send"): "submit",
        ("draft", "sender", "referrals.complete_paper"): "submit",
        ("awaiting_approval", "sender", "referrals.send"): None,
        ("approved", "sender", "referrals.send"): "send",
        ("approved", "sender", "referrals.complete_paper"): "send",
        ("served", "receiver", "referrals.answer"): "sign_for",
        ("served", "receiver", ""): "sign_for",
        ("served", "sender", ""): None,
        ("handed_over", "sender", ""): None,
        ("accepted", "receiver", "referrals.file"): "file_case",
        ("accepted", "receiver", ""): "file_case",
        ("accepted", "sender", ""): None,
        ("objected", "receiver", "referrals.negotiate"): "negotiate",
        ("objected", "sender", "referrals.negotiate"): "negotiate",
        ("negotiating", "receiver", "referrals.negotiate"): "negotiate",
        ("negotiating", "sender", ""): "negotiate",
        ("in_dispute", "receiver", ""): None,
        ("in_dispute", "sender", ""): None,
        ("filed", "receiver", "referrals.return_result"): "return_result",
        ("filed", "sender", ""): None,
        ("not_filed", "receiver", ""): None,
        ("not_filed", "sender", ""): "conclude",
        ("result_returned", "sender", ""): "conclude",
        ("result_returned", "receiver", ""): None,
        ("concluded", "sender", ""): None,
        ("taken_back", "sender", ""): None,
        ("withdrawn", "sender", ""): None,
    },
    "cases": {
        ("lead", "holder", "cases.verify"): "verify",
        ("lead", "notified", "cases.dispatch"): "dispatch",
        ("verifying", "holder", "cases.verify"): "file_case",
        ("verifying", "holder", "cases.file"): "file_case",
        ("filed", "holder", "cases.decide"): "decide",
        ("filed", "holder", "cases.preserve"): "decide",
        ("filed", "notified", "cases.dispatch"): "dispatch",
        ("legal_review", "holder", "cases.decide"): None,
        ("suspended", "holder", "cases.decide"): "resume",
        ("decided", "holder", "cases.serve_decision"): "serve_decision",
        ("served", "holder", ""): "record_execution",
        ("court", "holder", ""): "record_execution",
        ("executed", "holder", ""): "close",
        ("not_filed", "holder", ""): "close",
        ("closed", "holder", ""): None,
        ("archived", "holder", ""): None,
        ("transferred", "holder", ""): None,
        ("passed_up", "holder", ""): None,
    },
}
for one in worlds():
    OFF_THE_ROAD |= getattr(one, "OFF_THE_ROAD", {})
    OFFICERS |= getattr(one, "OFFICERS", {})


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[Everyone]:
    with in_ningwu(django_db_blocker):
        yield everyone()


def standing(world: Everyone, kind: str, stage: str) -> Matter:
    pk = world.matters[kind].pk
    Matter.objects.filter(pk=pk).update(stage=stage)
    return MODELS[kind].fetch(pk)


def offered(world: Everyone, matter: Matter, organ_id: int, role: str, limit: str) -> str | None:
    steps = open_steps(matter, world.of(organ_id, role), now())
    chosen = next_on_the_road(matter, steps, limit)
    return chosen and chosen.step.name


@pytest.mark.parametrize(("kind", "stage"), STAGES)
def test_whoever_looks_at_whichever_clock_is_never_led_off_the_road(world, kind, stage):
    matter = standing(world, kind, stage)
    for limit in ["", *sorted(limit.key for limit in MODELS[kind].limits())]:
        for organ_id, role in world.people:
            name = offered(world, matter, organ_id, role, limit)
            assert name not in OFF_THE_ROAD[kind], (organ_id, role, limit)


@pytest.mark.parametrize(
    ("kind", "stage", "side", "limit", "step"),
    [(kind, *where, step) for kind, all_ in OFFICERS.items() for where, step in all_.items()],
)
def test_an_officer_of_each_side_is_led_on_in_each_stage(world, kind, stage, side, limit, step):
    matter = standing(world, kind, stage)
    organ_id = next(one for one in matter.SIDES if one.key == side).organ_id(matter)
    assert offered(world, matter, organ_id, "officer", limit) == step


@pytest.mark.parametrize("kind", OFFICERS)
def test_the_table_above_names_every_stage(kind):
    assert {stage for stage, _side, _limit in OFFICERS[kind]} == set(MODELS[kind].Stage.values)


@pytest.mark.rules("NW-1.13")
@pytest.mark.parametrize("role", ["officer", "liaison", "registry"])
def test_the_receiver_signs_first_and_accepts_then(world, role):
    """签收, then 核对交接并受理; 提出管辖异议 is on the page for whoever means it."""
    matter = standing(world, "referrals", "served")
    assert offered(world, matter, matter.receiver_id, role, "referrals.answer") == "sign_for"
    matter.signed_at = now()
    assert offered(world, matter, matter.receiver_id, role, "referrals.answer") == "confirm_received"


def test_the_sender_hands_over_and_then_waits(world):
    matter = standing(world, "referrals", "served")
    assert offered(world, matter, matter.sender_id, "officer", "referrals.hand_over") is None
    matter.sender_confirmed_at = None
    assert offered(world, matter, matter.sender_id, "officer", "referrals.hand_over") == "confirm_sent"


def test_where_receiving_is_not_accepting_what_was_handed_over_is_accepted(world, monkeypatch):
    monkeypatch.setattr(Option, "holds", lambda self, matter, moment: True)
    matter = standing(world, "referrals", "handed_over")
    for role in ("officer", "liaison", "registry"):
        assert offered(world, matter, matter.receiver_id, role, "referrals.answer") == "accept"


def test_an_ongoing_violation_is_told_first(world):
    matter = standing(world, "cases", "lead")
    matter.told_at = None
    assert offered(world, matter, matter.holder_id, "officer", "cases.notify_ongoing") == "tell_ongoing"


def test_a_supplement_that_was_asked_for_is_the_senders_next_step(world):
    matter = standing(world, "referrals", "served")
    matter.supplement_asked_at, matter.supplied_at = now(), None
    assert offered(world, matter, matter.sender_id, "officer", "referrals.supplement") == "supply"


@pytest.mark.parametrize("stage", ["lead", "verifying", "filed"])
def test_an_approver_is_not_asked_to_pass_a_case_up(world, stage):
    matter = standing(world, "cases", stage)
    for limit in ("cases.verify", "cases.file", "cases.decide"):
        assert offered(world, matter, matter.holder_id, "approver", limit) is None


def test_what_the_catalogue_speaks_for_comes_before_all_else(world):
    matter = standing(world, "cases", "verifying")
    matter.suggested_organ = world.strangers
    assert offered(world, matter, matter.holder_id, "officer", "cases.verify") == "find_other_competence"


def test_the_row_of_the_desk_says_so(world):
    matter = standing(world, "referrals", "served")
    clock = Clock(matter=matter, limit="referrals.answer")
    user = world.of(matter.receiver_id, "officer")
    assert str(next_step(matter, clock, user, now())["label"]) == "签收"
