"""What `manage.py check` says of a flow that does not hold together. Each broken flow is a good one with one slip."""

from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.checks import registry
from django.db import models

from coordination.kernel.clocks import Limit
from coordination.kernel.flow_checks import check_flows, relating
from coordination.kernel.mechanisms import DECLARED
from coordination.kernel.sides import Side
from coordination.kernel.steps import Flow, StepForm, Tell, gate, step, when
from coordination.kernel.steps.declare import Kind, Option
from coordination.kernel.steps.scans import ScanForm
from referrals.models import Referral

SENDER = Side("sender", "sender", "移送方")
RECEIVER = Side("receiver", "receiver", "受移送方")
STRANGER = Side("stranger", "approver", "别人")


@pytest.fixture
def limit():
    yield lambda bearer: Limit("tests.answer", "答复", bearer)
    DECLARED.pop("tests.answer", None)


class Stage(models.TextChoices):
    DRAFT = "draft", "草拟"
    SENT = "sent", "已移送"
    DONE = "done", "已办结"


class AskForm(StepForm):
    reason = forms.CharField()
    remark = forms.CharField(required=False)


class GoodFlow(Flow):
    """A flow of three stages, with the fields of a referral."""

    KIND, NUMBER_MARK, Stage, SIDES = "tests", "测", Stage, (SENDER, RECEIVER)
    PROGRESS, SHOWN, _meta = (Stage.DRAFT, Stage.SENT, Stage.DONE), ("sender", "served_at"), Referral._meta
    signed_at = served_at = has_property = None

    @step("起草", source="", target=Stage.DRAFT, lets_in=(SENDER,))
    def draft(self, actor, **facts):
        """It begins."""

    @step("移送", source=Stage.DRAFT, target=Stage.SENT, by=SENDER, lets_in=(RECEIVER,), rules=("NW-1.1",))
    def send(self, actor, **facts):
        """It goes."""

    @step("办结", source=Stage.SENT, target=Stage.DONE, by=RECEIVER, behalf=True, form=AskForm, closes=True)
    def conclude(self, actor, reason, remark="", **facts):
        """It ends."""


def words(flow: type) -> list[str]:
    return [message.msg.removeprefix("tests: ") for message in check_flows(None, [flow])]


def slip(
    label: str = "步骤", *, source=Stage.DRAFT, by=SENDER, doc: str = "It slips.", takes=None, **declared
) -> list[str]:
    """What is said of the good flow with one more step."""

    def method(self, actor, **facts): ...

    method = takes or method
    method.__name__, method.__doc__ = "slip", doc
    more = step(label, source=source, by=by, **declared)(method)
    return words(type("GoodFlow", (GoodFlow,), {"slip": more, "__module__": __name__}))


def test_a_good_flow_has_nothing_to_be_said_against_it():
    assert words(GoodFlow) == []


def test_the_flows_of_this_release_are_good_and_the_proofs_are_registered():
    assert check_flows(None) == []
    assert check_flows in registry.registry.registered_checks


def test_two_steps_of_one_name():
    class TwiceFlow(GoodFlow):
        @step("补充", source=Stage.DRAFT, by=SENDER)
        def mend(self, actor, **facts):
            """Once."""

        @step("再补充", source=Stage.SENT, by=SENDER)
        def mend(self, actor, **facts):  # noqa: F811
            """Twice."""

    assert words(TwiceFlow) == ["two steps of TwiceFlow are called mend."]


def test_a_step_that_hides_what_every_matter_has():
    def save(self, actor, **facts):
        """It would never be saved again."""

    flow = type(
        "GoodFlow", (GoodFlow,), {"save": step("保存", source=Stage.DRAFT, by=SENDER)(save), "__module__": __name__}
    )
    assert "every matter has an attribute of this name" in words(flow)[0]


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"label": " "}, "give it a label"),
        ({"doc": ""}, "say in its docstring"),
        ({"source": "drfat"}, "no stage 'drfat'"),
        ({"target": "snet"}, "no stage 'snet'"),
        ({"by": STRANGER}, "stranger is no side"),
        ({"lets_in": (STRANGER,)}, "stranger is no side"),
        ({"tells": (Tell(STRANGER),)}, "stranger is no side"),
        ({"tells": (when(Kind("signed_at", None), STRANGER),)}, "stranger is no side"),
        ({"not_by": "drafted_bye"}, "not_by names 'drafted_bye'"),
        ({"rules": ("NW-1.99",)}, "no clause NW-1.99"),
        ({"gates": (gate("NW-99.1")(lambda *anything: None),)}, "no clause NW-99.1"),
        ({"documents": ("transfer_leter",)}, "no document is declared as 'transfer_leter'"),
        ({"documents": (when(Kind("has_property", True), "nothing"),)}, "no document is declared as 'nothing'"),
        ({"roles": ("oficer",)}, "no role 'oficer'"),
        ({"only": Kind("singed_at", None)}, "asks for 'singed_at'"),
        ({"only": Kind("kind_of", "led")}, "kind_of can never be 'led'"),
        ({"only": Option("referrals.aproval")}, "'referrals.aproval' is not declared"),
        ({"by": (SENDER, RECEIVER), "behalf": True}, "nobody can record it"),
        ({"by": (), "behalf": True}, "offered to nobody"),
    ],
)
def test_a_slip_in_a_declaration_is_named(declared, said, monkeypatch):
    monkeypatch.setattr(GoodFlow, "kind_of", None, raising=False)
    assert any(said in sentence for sentence in slip(**declared)), slip(**declared)


def test_a_document_without_a_template(monkeypatch):
    monkeypatch.setattr("coordination.kernel.flow_checks.naming._has_template", lambda key: False)
    assert slip(documents=("transfer_letter",)) == [
        "step slip: the document 'transfer_letter' has no template in templates/documents/."
    ]


def test_a_limit_that_binds_no_side_of_the_flow(limit):
    said = "step slip: tests.answer binds stranger, which is no side of this flow (SIDES)."
    for declared in (
        {"stops": (limit(STRANGER),)},
        {"serves": (limit(STRANGER),)},
        {"starts": (limit(STRANGER).since("served_at"),)},
    ):
        assert slip(**declared) == [said]
    assert slip(stops=("tests.answer",)) == ["step slip: 'tests.answer' is no limit."]


def test_a_limit_that_starts_from_a_moment_which_nobody_writes_down(limit):
    assert slip(starts=(limit(SENDER).since("srved_at"),)) == [
        "step slip: tests.answer since 'srved_at', which the matter does not have."
    ]
    assert "starts takes LIMIT.since" in slip(starts=(limit(SENDER),))[0]


def test_a_form_that_does_not_ask_for_what_the_step_takes():
    def takes(self, actor, rason, remark, **facts): ...

    said = slip(form=AskForm, takes=takes)
    assert "step slip: it takes 'rason', which its form does not ask for." in said
    assert "step slip: it takes 'remark' without a default, but the form does not require it." in said


def test_a_step_that_cannot_take_the_facts_it_does_not_name():
    def takes(self, actor, reason): ...

    assert slip(form=AskForm, takes=takes) == ["step slip: take the facts that it does not name itself as **facts."]


def test_a_form_whose_groups_forget_a_field():
    class GroupedForm(AskForm):
        groups = (("一", ("reason", "raeson")), ("二", ("reason",)))
        silent = ("files",)

    said = " ".join(slip(form=GroupedForm))
    for part in ("names 'files'", "names 'raeson'", "leaves out 'remark'", "names 'reason' twice"):
        assert part in said


def test_stages_and_fields_that_the_page_shows():
    flow = type("GoodFlow", (GoodFlow,), {"PROGRESS": ("drfat",), "SHOWN": ("sedner",), "__module__": __name__})
    assert words(flow) == ["PROGRESS: there is no stage 'drfat'.", "SHOWN: there is no field 'sedner'."]


def test_a_side_that_is_no_organ():
    flow = type("GoodFlow", (GoodFlow,), {"SIDES": (SENDER, RECEIVER, STRANGER), "__module__": __name__})
    assert words(flow) == ["side stranger: approver is no field that names an organ."]


def test_a_stage_that_nothing_leads_to_and_one_that_leads_nowhere():
    class Wider(models.TextChoices):
        DRAFT = "draft", "草拟"
        SENT = "sent", "已移送"
        DONE = "done", "已办结"
        LOST = "lost", "丢失"

    flow = type("GoodFlow", (GoodFlow,), {"Stage": Wider, "__module__": __name__})
    assert "no step leads to the stage 'lost'." in words(flow)


def test_an_end_at_which_the_matter_stays_open():
    assert slip(target=Stage.DONE) == ["the stage 'done' is an end, but slip closes nothing (closes=True)."]


def test_two_stages_that_only_lead_to_each_other():
    class Wider(models.TextChoices):
        DRAFT = "draft", "草拟"
        SENT = "sent", "已移送"
        DONE = "done", "已办结"
        HERE = "here", "此"
        THERE = "there", "彼"

    @step("到此", source=("draft", "there"), target="here", by=SENDER)
    def here(self, actor, **facts):
        """Here."""

    @step("到彼", source="here", target="there", by=SENDER)
    def there(self, actor, **facts):
        """There."""

    more = {"Stage": Wider, "here": here, "there": there, "__module__": __name__}
    said = words(type("GoodFlow", (GoodFlow,), more))
    assert said == [f"no way leads from the stage {stage!r} to an end." for stage in ("here", "there")]


def test_a_trap_that_only_some_countys_choice_opens():
    class Wider(models.TextChoices):
        DRAFT = "draft", "草拟"
        SENT = "sent", "已移送"
        DONE = "done", "已办结"
        WAITING = "waiting", "待批"

    @step("送批", source="draft", target="waiting", by=SENDER)
    def ask(self, actor, **facts):
        """It asks."""

    @step("批准", source="waiting", target="sent", by=SENDER, only=Option("referrals.approval"))
    def grant(self, actor, **facts):
        """It is granted, where the county grants."""

    more = {"Stage": Wider, "ask": ask, "grant": grant, "__module__": __name__}
    said = words(type("GoodFlow", (GoodFlow,), more))
    assert said == ["no way leads from the stage 'waiting' to an end where referrals.approval = False."]


def test_a_matter_that_opens_from_what_there_is_not():
    flow = type(
        "GoodFlow", (GoodFlow,), {"OPENS_FROM": ("caess",), "TAKES_OVER": ("cases.non",), "__module__": __name__}
    )
    said = words(flow)
    assert "OPENS_FROM: there is no workflow 'caess'." in said
    assert "OPENS_FROM: define may_open_from()." in said
    assert "TAKES_OVER: no flow declares the limit 'cases.non'." in said


def test_a_reaction_to_a_step_that_there_is_not(monkeypatch):
    monkeypatch.setattr(relating, "awaited", lambda: {"cases.close", "cases.colse"})
    assert list(relating.reactions_await_known_steps()) == ["@after('cases.colse'): there is no such step."]


def test_an_app_of_the_list_without_a_matter(monkeypatch, settings):
    settings.WORKFLOWS = ["cases", "referrals"]
    monkeypatch.setattr(relating, "matters_of", lambda label: [SimpleNamespace(KIND="referrals", NUMBER_MARK="移")])
    others = [app for app in settings.WORKFLOWS if app != "referrals"]
    assert list(relating.each_app_has_the_workflow_of_its_name()) == [
        *(f"{app}: an app of WORKFLOWS has a matter whose KIND is {app!r}." for app in others),
        "two workflows begin their numbers with '移'.",
    ]


def test_a_kernel_that_knows_a_workflow(tmp_path, monkeypatch):
    file = tmp_path / "coordination" / "kernel" / "steps.py"
    file.parent.mkdir(parents=True)
    file.write_text("from cases.models import Case\n")
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    assert list(relating.the_kernel_knows_no_workflow()) == [
        "coordination/kernel/steps.py imports cases: the kernel knows no workflow."
    ]


def test_every_workflow_of_the_list_is_installed():
    assert {model.KIND for model in relating.installed()} >= set(settings.WORKFLOWS)


def test_what_moves_a_matter_or_asks_for_a_scan_is_never_done_in_bulk():
    assert slip(bulk=True) == []
    assert "never taken in bulk" in slip(bulk=True, target=Stage.SENT)[0]
    assert "asks for a scan" in slip(bulk=True, form=type("SealForm", (ScanForm,), {}))[0]


def test_what_can_be_disputed_must_be_able_to_enter_leave_and_abide():
    class Disputable(GoodFlow):
        DISPUTABLE = True

        @step("进入争议", source=Stage.SENT)
        def enter_dispute(self, actor, **facts):
            """It enters."""

        @step("执行决定", source=Stage.SENT)
        def abide_by(self, actor, **facts):
            """It abides."""

    said = words(Disputable)
    assert any("define the caused step leave_dispute()" in one for one in said)
    assert any("abide_by: its form has no choice 'outcome'" in one for one in said)
    assert not any("enter_dispute()" in one for one in said)
