"""Three papers, three authorities: each answered, verified, closed, on a clock that the paper itself sets."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.clocks import Clock, explain
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.flow_checks import relating
from coordination.kernel.matters import Link, Matter
from coordination.kernel.mechanisms import MechanismOverride
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import Actor, Organ, Post, User
from coordination.kernel.steps import perform
from coordination.kernel.sweep import sweep
from coordination.kernel.words import Refusal
from supervision.authority import Appointment
from supervision.forms import DraftForm
from supervision.models import Accountability, Order
from tests.county import at, organ, person
from tests.infosharing.tale import SharingStory
from tests.supervision.tale import OrderStory

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(ningwu) -> OrderStory:
    return OrderStory()


def refused(call, *args, **facts) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **facts)
    return caught.value


def appoint(key: str) -> Appointment:
    facts = {"reference": "宁政办发〔2026〕5号", "scope": "县乡行政执法协作事项"}
    by, organ_ = organ("xianfu"), organ(key)
    return Appointment.objects.create(county=by.county, by=by, organ=organ_, since=date(2026, 1, 1), **facts)


def test_who_signs_is_told_that_a_draft_waits(story):
    order = story.order()
    told = Notice.objects.filter(matter=order, organ=organ("sifa"))
    assert set(told.values_list("role", flat=True)) == {"approver", "leader_in_charge", "principal_head"}


@pytest.mark.rules("LAW-23", "LAW-24", "NW-4.27")
@pytest.mark.parametrize(
    ("by", "paper"),
    [("xianfu.supervisor", "follow_up"), ("sifa.supervisor1", "opinion"), ("zhujian.officer1", "rectification")],
)
def test_each_authority_has_a_paper_of_its_own_and_none_of_the_others(story, by, paper):
    assert story.order(by, paper=paper).paper == paper
    for other in {"follow_up", "opinion", "rectification", "raised_review"} - {paper}:
        assert refused(story.order, by, paper=other).field == "paper"


@pytest.mark.rules("LAW-24")
def test_the_justice_bureau_follows_up_only_under_an_appointment_of_the_government_which_the_paper_names(story):
    assert "指定" in refused(story.order, paper="follow_up").message
    appointment = appoint("sifa")
    order = story.issued(story.order(paper="follow_up"))
    assert order.appointment == appointment
    paper = IssuedDocument.objects.get(matter=order)
    assert (paper.key, paper.organ) == ("follow_up_order", organ("sifa"))
    assert "受宁武县人民政府指定（宁政办发〔2026〕5号" in paper.html


@pytest.mark.rules("LAW-24")
def test_an_appointment_that_has_ended_gives_nothing(story):
    appointment = appoint("sifa")
    order = story.order(paper="follow_up")
    Appointment.objects.filter(pk=appointment.pk).update(until=date(2026, 9, 20))
    assert refused(perform, order, "issue", person("sifa.approver")).field == "paper"


@pytest.mark.rules("NW-3.5")
def test_a_township_orders_nobody(story):
    assert refused(story.order, "yangfangkou.officer1", paper="rectification").field == "paper"


@pytest.mark.rules("LAW-24")
def test_the_rule_missed_is_named_with_the_computed_trace(story):
    referral = story.sent()
    travel_to(at("2026-09-28 09:00"))
    suggested = Order.first_initial(referral, now())
    assert suggested["clock"].overdue(now())
    assert suggested["clock"].organ == suggested["supervised"]
    clock = Clock.objects.get(matter=referral, limit="referrals.answer")
    known = {"about": referral, "supervised": clock.organ, "clock": clock, "title": referral.title}
    order = story.issued(story.order(**known, rule_missed="", answer_by=date(2026, 10, 9)))
    assert order.rule_missed == clock.basis
    assert "起算：2026-09-21（周一）09:00" in order.trace
    paper = IssuedDocument.objects.get(matter=order)
    assert all(line in paper.html for line in order.trace.splitlines())
    assert Link.objects.filter(source=referral, target=order, kind="order").exists()


@pytest.mark.rules("NW-3.71")
def test_an_order_opens_from_every_kind_of_matter_and_stays_linked_with_it(story):
    """Also from the kinds that are not installed yet: the list is that of the installation."""
    own = {Order.KIND, "duties", "patrols"}
    assert {model.KIND for model in relating.installed()} - own <= set(Order.OPENS_FROM)
    referral = story.sent()
    assert Order.may_open_from(referral, person("sifa.supervisor1"))
    assert not Order.may_open_from(referral, person("yangfangkou.officer1"))
    order = story.issued(story.order(about=referral))
    assert Link.objects.get(kind="order").source_id == referral.pk == order.about_id


def test_a_limit_of_another_matter_is_no_ground(story):
    story.found_other(story.case())
    clock = Clock.objects.get(limit="referrals.send")
    assert refused(story.order, clock=clock).field == "clock"
    assert refused(story.order, clock=clock, about=story.case(), supervised=organ("yangfangkou")).field == "clock"


def test_without_a_limit_or_a_clause_nothing_is_ordered(story):
    assert refused(story.order, rule_missed=" ").field == "rule_missed"


@pytest.mark.rules("NW-3.5")
def test_of_a_matter_only_those_who_take_part_are_told(story):
    case = story.case()
    assert refused(story.order, about=case, supervised=organ("shengtai")).field == "supervised"
    assert story.order(about=case, supervised=organ("yangfangkou")).about_id == case.pk


@pytest.mark.rules("NW-4.27", "NW-3.70")
def test_only_the_department_that_guides_the_item_orders_that_it_be_put_right(story):
    record = SharingStory().shared()
    guide = record.item.guide
    other = organ("zhujian")
    assert guide not in (None, other)
    facts = {"paper": "rectification", "about": record, "supervised": organ("yangfangkou")}
    assert str(guide) in refused(story.order, "zhujian.officer1", **facts).message
    user = Post.objects.filter(organ=guide, role="officer").first().user
    assert story.order(user.username, **facts).issuer == guide


@pytest.mark.rules("NW-4.27")
def test_the_paper_sets_the_day_and_the_explanation_says_so(story):
    order = story.issued()
    clock = Clock.objects.get(matter=order)
    assert (clock.organ, clock.due_at) == (organ("shengtai"), at("2026-09-29 00:00"))
    assert explain(clock).due.due_at == clock.due_at
    assert "期限由文书逐件写明，以文书为准。" in explain(clock).due.explanations
    assert clock.rungs[0]["key"] == "remind"


@pytest.mark.rules("NW-4.27")
def test_an_answer_that_does_not_come_is_overdue_and_rings(story):
    order = story.issued()
    travel_to(at("2026-09-29 09:00"))
    sweep()
    assert Clock.objects.get(matter=order).overdue(now())
    assert order.entries.filter(step="rung.overdue").exists()


@pytest.mark.rules("NW-4.27")
def test_the_main_road_ends_with_the_close(story):
    order = story.verified()
    assert order.grade == "good"
    order = story.take(order, "close", "sifa.supervisor1", words="结案")
    assert (order.stage, order.closed_at is None) == ("closed", False)
    assert not Clock.objects.filter(matter=order, state="running").exists()


@pytest.mark.rules("NW-4.27")
def test_what_is_not_done_goes_back_with_another_day(story):
    order = story.answered()
    order = story.take(order, "ask_more", "sifa.supervisor1", words="缺送达回证", answer_by=date(2026, 10, 9))
    assert (order.stage, order.returned) == ("returned", 1)
    assert Clock.objects.get(matter=order, state="running").due_at == at("2026-10-10 00:00")
    order = story.verified(story.answered(order, answer="已补送达回证"))
    assert order.stage == "verified"


def test_time_is_granted_before_it_has_run_out_and_not_after(story):
    order = story.issued()
    early = {"reason": "需要现场核查", "answer_by": date(2026, 9, 25)}
    assert refused(perform, order, "grant_time", person("sifa.supervisor1"), **early).field == "answer_by"
    order = story.take(order, "grant_time", "sifa.supervisor1", reason="需要核查", answer_by=date(2026, 9, 30))
    assert Clock.objects.get(matter=order).due_at == at("2026-10-01 00:00")
    travel_to(at("2026-10-01 09:00"))
    late = {"reason": "需要现场核查", "answer_by": date(2026, 10, 15)}
    assert refused(perform, order, "grant_time", person("sifa.supervisor1"), **late).code == "clock"


def test_nobody_signs_what_he_drafted_and_a_draft_is_seen_by_its_own_organ_alone(story):
    order = story.order()
    assert not Matter.objects.visible_to(person("shengtai.officer1")).filter(pk=order.pk).exists()
    Post.objects.create(user=person("sifa.supervisor1"), organ=organ("sifa"), role="approver", since=date(2026, 1, 1))
    assert "自己起草" in refused(perform, order, "issue", person("sifa.supervisor1")).message
    story.issued(order)
    assert Matter.objects.visible_to(person("shengtai.officer1")).filter(pk=order.pk).exists()


def test_a_draft_that_is_given_up_is_told_to_nobody_else(story):
    order = story.take(story.order(), "revoke", "sifa.supervisor1", words="重复")
    assert order.closed_at is not None
    assert not order.entries.filter(notices__organ=organ("shengtai")).exists()
    sent = story.take(story.issued(), "revoke", "sifa.supervisor1", words="有误")
    assert sent.entries.filter(step="revoke", notices__organ=organ("shengtai")).exists()


@pytest.mark.rules("NW-2.20", "NW-3.70")
def test_who_led_is_held_responsible_on_the_record(story):
    order = story.issued()
    facts = {"facts_found": "连续两次超期", "outcome": "talk", "basis": "执法线索相互告知工作机制 三（三）"}
    stranger = person("yangfangkou.head")
    assert refused(perform, order, "hold_to_account", person("sifa.supervisor1"), leader=stranger, **facts).field
    story.take(order, "hold_to_account", "sifa.supervisor1", leader=person("shengtai.head"), **facts)
    row = Accountability.objects.get()
    assert (row.leader, row.by, row.order) == (person("shengtai.head"), person("sifa.supervisor1"), order)
    assert "约谈提醒" in row.words()


@pytest.mark.rules("LX-3.6", "LX-3.7", "LX-3.8")
def test_raised_level_review_is_a_copy_notice_of_the_guidance_office_where_the_county_has_it(story):
    """Off in Ningwu; a county that has it names the office and the option."""
    office = Organ.objects.create(
        county=organ("sifa").county, key="ningwu.zhidao", kind="coordination_office", name="综合执法指导办公室",
        short_name="指导办", mark="宁综执", sort_key="zz",
    )  # fmt: skip
    for login, role in (("zhidao.liaison", "liaison"), ("zhidao.head", "principal_head")):
        user = User.objects.create(username=login, name=login)
        Post.objects.create(user=user, organ=office, role=role, since=date(2026, 1, 1))
    assert refused(story.order, "zhidao.liaison", paper="raised_review").field == "paper"
    MechanismOverride.objects.create(
        county=office.county, kind="option", key="supervision.raised_review", value=True, basis="市文件",
        since=date(2026, 9, 1), made_by=person("sifa.head"),
    )  # fmt: skip
    order = story.issued(story.order("zhidao.liaison", paper="raised_review"), "zhidao.head")
    assert "提级审查" in IssuedDocument.objects.get(matter=order).html
    assert story.answered(order).stage == "answered"


def form_of(login: str, order: Order, step: str) -> str:
    client = Client()
    client.force_login(person(login))
    return client.get(reverse("step", args=[order.number, step])).content.decode()


@pytest.mark.rules("NW-4.27")
def test_who_answers_has_the_requirement_before_him_and_who_verifies_the_answer(story):
    issued = story.issued()
    asked = form_of(story.receiver, issued, "reply")
    assert "立即受理并出具送达回证。" in asked
    assert "2026-09-28（周一）" in asked
    answered = story.answered(issued, answer="已受理，回证已寄出")
    for step in ("confirm", "ask_more"):
        assert "已受理，回证已寄出" in form_of("sifa.supervisor1", answered, step), step


def test_a_new_day_is_proposed_that_is_later(story):
    issued = story.issued()
    assert issued.step_initial("grant_time", now())["answer_by"] == date(2026, 10, 5)
    answered = story.answered(issued)
    assert answered.step_initial("ask_more", now())["answer_by"] == now().date() + timedelta(days=7)


def test_to_close_what_is_done_is_no_danger(story):
    page = form_of("sifa.supervisor1", story.verified(), "close")
    assert "结案意见" in page
    assert "btn-danger" not in page
    assert "btn-danger" in form_of("sifa.supervisor1", story.issued(), "revoke")


def test_where_nobody_else_takes_part_the_form_says_why_it_offers_nobody(story):
    finder = person(story.officer)
    actor = Actor(finder, Post.objects.filter(user=finder).first())
    known = {"matter": Order(), "actor": actor, "moment": now(), "initial": {"about": story.case()}}
    assert "没有可以发文的对象" in DraftForm(**known).fields["supervised"].help_text
    known["initial"] = {"about": story.sent()}
    assert "没有可以发文的对象" not in DraftForm(**known).fields["supervised"].help_text
