"""A complaint against an organ or its people: with the one above it, and nothing of it reaches whom it accuses."""

import pytest
from django.test import Client
from django.urls import reverse

from complaints.forms import IntakeForm
from complaints.models import Complaint
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter, Participation
from coordination.kernel.notices import Delivery, Notice, fan_out
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import Organ, User
from coordination.kernel.sweep import run
from coordination.kernel.words import Refusal
from tests.complaints.test_identity import page_of
from tests.county import at, organ, person


@pytest.mark.rules("LAW-20")
def test_what_accuses_the_organ_that_was_asked_goes_to_the_one_above_and_is_gone_from_here(told):
    complaint = told.complaint(accused=organ("yangfangkou"))
    assert complaint.asked == complaint.holder == complaint.first_responsible == organ("xianfu")
    assert complaint.handler is None
    for login in ("yangfangkou.officer1", "yangfangkou.head", "yangfangkou.registry"):
        assert not told.seen_by(login, complaint), login
    assert told.seen_by("xianfu.supervisor", complaint)
    assert not Participation.objects.filter(matter=complaint, organ=organ("yangfangkou")).exists()
    assert not Notice.objects.filter(matter=complaint, organ=organ("yangfangkou")).exists()
    assert told.take(complaint, "accept", "xianfu.supervisor").stage == "verifying"


@pytest.mark.rules("LAW-20", "NW-3.24")
def test_the_form_promises_no_other_way_than_it_goes(told):
    """Whoever was asked first answers for it, unless he is accused himself: then the one above him."""
    assert "是本单位的，由上一级机关办理" in IntakeForm.base_fields["accused"].help_text
    assert told.complaint(accused=organ("zhujian")).asked == organ("yangfangkou")
    assert told.complaint(accused=organ("yangfangkou")).asked == organ("xianfu")


@pytest.mark.rules("LAW-20")
def test_the_one_who_wrote_it_down_is_told_where_it_is_and_led_to_the_list(told):
    client = Client()
    client.force_login(person("yangfangkou.officer1"), backend="django.contrib.auth.backends.ModelBackend")
    facts = {"channel": "complaint", "medium": "visit", "received_at": "2026-09-21T08:50", "sector": "general"}
    facts |= {
        "title": "执法人员态度粗暴",
        "place": organ("yangfangkou").pk,
        "place_text": "镇政府",
        "urgency": "normal",
    }
    facts |= {"reported": "执法人员检查时辱骂店主。", "accused": organ("yangfangkou").pk, "sealed_name": "贺兰生"}
    answer = client.post("/complaints/new/", facts, follow=True)
    complaint = Complaint.objects.get()
    assert answer.redirect_chain[-1][0] == "/complaints/"
    page = answer.content.decode()
    assert complaint.number in page
    assert "县人民政府" in page
    assert complaint.title not in page
    assert client.get(f"/m/{complaint.number}/").status_code == 404


@pytest.mark.rules("LAW-20")
def test_whoever_accuses_a_person_accuses_him_in_his_post(told):
    accused = person("zhujian.officer1")
    complaint = told.complaint(accused_person=accused)
    assert complaint.hidden_organ == organ("zhujian")
    assert complaint.hidden_person == accused
    assert complaint.asked == organ("yangfangkou")
    accused.posts.create(organ=organ("yangfangkou"), role="officer", since=at("2026-09-21 00:00").date())
    assert not told.seen_by("zhujian.officer1", complaint)  # not by his other post either
    assert told.seen_by("yangfangkou.officer2", complaint)


@pytest.mark.rules("LAW-20")
def test_who_is_accused_by_words_alone_is_accused_in_an_organ_which_is_asked_for(told):
    """Somebody without an account: without his organ nobody would know from whom to keep it."""
    with pytest.raises(Refusal, match="所在的行政机关") as caught:
        told.complaint(accused_words="镇执法队队员张某")
    assert caught.value.field == "accused"
    complaint = told.complaint(accused_words="镇执法队队员张某", accused=organ("yangfangkou"))
    assert complaint.hidden_organ == organ("yangfangkou")
    with pytest.raises(Refusal, match="不在.*任职"):
        told.complaint(accused=organ("yangfangkou"), accused_person=person("zhujian.officer1"))
    both = told.complaint(accused=organ("zhujian"), accused_person=person("zhujian.officer1"))
    assert (both.hidden_organ, both.hidden_person) == (organ("zhujian"), person("zhujian.officer1"))


@pytest.mark.rules("LAW-20")
def test_the_accused_person_is_told_nothing_through_another_post(told):
    """His other organ handles it: its inbox and its mails are his own there, too, but for this."""
    accused = person("zhujian.officer1")
    accused.posts.create(organ=organ("yangfangkou"), role="officer", since=at("2026-09-01 00:00").date())
    accused.posts.filter(organ=organ("zhujian")).update(since=at("2026-09-02 00:00").date())
    complaint = told.complaint(accused_person=accused)
    assert complaint.asked == organ("yangfangkou")
    told_of_it = Notice.objects.filter(matter=complaint, organ=organ("yangfangkou"))
    assert told_of_it.visible_to(person("yangfangkou.officer2")).exists()
    assert not told_of_it.visible_to(accused).exists()
    client = Client()
    client.force_login(accused, backend="django.contrib.auth.backends.ModelBackend")
    assert complaint.title not in client.get("/notices/").content.decode()
    assert client.get(f"/notices/{told_of_it.first().pk}/").status_code == 404
    User.objects.update(email="somebody@example.com")
    fan_out()
    mails = Delivery.objects.filter(notice__matter=complaint)
    assert mails.filter(user=person("yangfangkou.officer2")).exists()
    assert not mails.filter(user=accused).exists()


@pytest.mark.rules("LAW-20")
def test_nor_does_a_unit_of_the_accused_that_acts_in_its_own_name_learn_of_it(told):
    unit = organ("yangfangkou-zhifadui")
    Organ.objects.filter(pk=unit.pk).update(own_name_basis="某法第一条")
    complaint = told.verifying("zhujian.officer1", accused=organ("yangfangkou"))
    with pytest.raises(Refusal, match="被反映的单位"):
        facts = {"about": told.item_of(complaint), "competent": unit, "found_at": now(), "choice_reason": "就近"}
        told.take(complaint, "transfer", "zhujian.officer1", words="已核实", **facts)
    complaint = told.verifying(accused=organ("shengtai"))
    case = told.item_of(told.transferred(complaint, competent=organ("linye"), choice_reason="生态环境部门被反映")).case
    Organ.objects.filter(pk=unit.pk).update(parent=organ("shengtai"))
    facts = {"notified": Organ.objects.get(pk=unit.pk), "at": now(), "person": "值班员", "words": "请到场"}
    with pytest.raises(Refusal, match="被反映的单位"):
        told.take(case, "tell_ongoing", told.officer, **facts)


@pytest.mark.rules("LAW-20")
def test_a_unit_is_accused_as_its_organ(told):
    complaint = told.complaint(accused=organ("yangfangkou-zhifadui"))
    assert complaint.hidden_organ == organ("yangfangkou")
    assert complaint.asked == organ("xianfu")


@pytest.mark.rules("LAW-20")
def test_the_unit_that_was_named_is_shown_and_neither_it_nor_its_organ_sees_anything(told):
    complaint = told.complaint("zhujian.officer1", accused=organ("yangfangkou-zhifadui"))
    assert complaint.accused == organ("yangfangkou-zhifadui")
    assert organ("yangfangkou-zhifadui").short_name in page_of("zhujian.officer1", complaint)
    person("fenghuang.officer1").posts.update(organ=organ("yangfangkou-zhifadui"))
    for login in (told.officer, "fenghuang.officer1"):
        assert not told.seen_by(login, complaint), login


@pytest.mark.rules("LAW-20")
def test_whoever_records_for_the_one_above_is_told_and_finds_what_to_do(told):
    complaint = told.complaint("shengtai.officer1", accused=organ("shengtai"))
    recorder = complaint.recorder
    notice = Notice.objects.get(matter=complaint, organ=recorder)
    assert ["代为记录单位", recorder.name] in notice.entry.words["facts"]
    login = "sifa.supervisor1" if recorder == organ("sifa") else "xianfu.supervisor"
    page = page_of(login, complaint)
    assert f"不在本平台：请{recorder.name}与其联系" in page
    assert reverse("step", args=[complaint.number, "accept"]) + "?behalf=1" in page
    told.take(complaint, "accept", login, behalf={"scan": "市局受理单", "words": "电话核实"})
    complaint = told.take(
        complaint, "answer", login, about=told.item_of(complaint), result="属实", finding="handled",
        behalf={"scan": "答复", "words": "电话核实"},
    )  # fmt: skip
    complaint = told.take(
        complaint, "tell_complainant", login, about=told.item_of(complaint), way="telephone", at=now(),
        behalf={"scan": "记录", "words": "电话核实"},
    )  # fmt: skip
    assert Notice.objects.filter(matter=complaint, organ=recorder).count() == 2


@pytest.mark.rules("LAW-20")
def test_where_the_one_above_is_off_the_platform_an_overseer_records_for_it(told):
    complaint = told.complaint("shengtai.officer1", accused=organ("shengtai"))
    assert complaint.asked == organ("shishengtai")
    assert complaint.recorder in (organ("sifa"), organ("xianfu"))
    login = "sifa.supervisor1" if complaint.recorder == organ("sifa") else "xianfu.supervisor"
    with pytest.raises(Refusal, match="市生态环境局"):
        told.take(complaint, "accept", login)
    complaint = told.take(complaint, "accept", login, behalf={"scan": "市局受理单", "words": "电话核实"})
    assert complaint.stage == "verifying"
    assert not told.seen_by("shengtai.officer1", complaint)


@pytest.mark.rules("LAW-20")
def test_against_the_justice_bureau_its_supervisors_see_nothing_and_are_warned_of_nothing(told):
    complaint = told.complaint(accused=organ("sifa"))
    assert not told.seen_by("sifa.supervisor1", complaint)
    assert told.seen_by("xianfu.supervisor", complaint)
    client = Client()
    client.force_login(person("sifa.supervisor1"), backend="django.contrib.auth.backends.ModelBackend")
    for path in ("/", "/?tab=county", "/complaints/", "/search/?q=洗煤点", "/notices/", f"/m/{complaint.number}/"):
        assert complaint.title not in client.get(path).content.decode(), path
    travel_to(at("2026-10-20 09:00"))
    while run().claimed:
        pass
    told_of_it = Notice.objects.filter(matter=complaint)
    assert told_of_it.exists()
    assert not told_of_it.filter(organ=organ("sifa")).exists()


def test_a_supervisor_counts_on_his_desk_only_what_he_may_see(told):
    client = Client()
    client.force_login(person("sifa.supervisor1"), backend="django.contrib.auth.backends.ModelBackend")
    told.complaint()
    before = client.get("/?tab=county").context["counters"]
    told.complaint(accused=organ("sifa"))
    assert client.get("/?tab=county").context["counters"] == before


@pytest.mark.rules("LAW-20")
def test_nothing_that_comes_out_of_it_reaches_the_accused(told):
    """The catalogue says that shengtai is competent, but shengtai is accused."""
    complaint = told.verifying(accused=organ("shengtai"))
    with pytest.raises(Refusal, match="被反映的单位"):
        told.transferred(complaint)
    complaint = told.transferred(complaint, competent=organ("linye"), choice_reason="生态环境部门被反映，报请指定")
    case = told.item_of(complaint).case
    assert case.hidden_organ == organ("shengtai")
    assert not told.seen_by("shengtai.officer1", case)  # which guides the item
    referral = told.draft(case, receiver=organ("linye"), choice_reason="生态环境部门被反映")
    assert referral.hidden_organ == organ("shengtai")
    facts = {"notified": organ("shengtai"), "at": now(), "person": "值班员", "words": "请到场"}
    with pytest.raises(Refusal, match="被反映的单位"):
        told.take(case, "tell_ongoing", told.officer, **facts)
    assert not Participation.objects.filter(organ=organ("shengtai"), matter__in=[complaint, case, referral]).exists()


def test_complaints_that_may_be_the_same_are_looked_for_among_those_that_one_may_see(told):
    seen, hidden = told.complaint(), told.complaint(accused=organ("shengtai"))
    client = Client()
    client.force_login(person("shengtai.officer1"), backend="django.contrib.auth.backends.ModelBackend")
    like = {"title": "洗煤点排放废水", "place": organ("yangfangkou").pk, "subject_name": "宁武县黑岭洗选有限公司"}
    page = client.get(reverse("complaints-similar"), like).content.decode()
    assert seen.number in page
    assert hidden.number not in page
    assert "贺兰生" not in page
    assert seen.number not in client.get(reverse("complaints-similar"), {"title": "超限运输"}).content.decode()


def test_the_clocks_of_what_is_hidden_run_like_any_other(told):
    complaint = told.complaint(accused=organ("yangfangkou"))
    assert Clock.objects.get(matter=complaint, limit="complaints.accept").organ == organ("xianfu")
    assert Matter.objects.hidden_from(person("yangfangkou.officer1")).get().pk == complaint.pk
