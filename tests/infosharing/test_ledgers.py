"""The ledgers: the platform's export, acts outside its catalogue, filings, claims and accounts, breaches, publicity."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from coordination.kernel.catalogue import Item
from coordination.kernel.clocks import Clock
from coordination.kernel.notices import deliver
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import User
from coordination.kernel.steps import begin, perform
from coordination.kernel.web.moments import day_words
from coordination.kernel.words import Refusal
from infosharing.chain import chain
from infosharing.filings import duties, without_liaison
from infosharing.masking import of_person
from infosharing.models import Batch, Breach, Claim, Filing, SharedRecord, Subscription
from infosharing.platform import due
from tests.county import at, organ, person, upload
from tests.infosharing.tale import FACTS


def client(login: str) -> Client:
    found = Client()
    found.force_login(person(login))
    return found


def refused(call, *args, **facts) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **facts)
    return caught.value


def sheet_of(response) -> list[tuple]:
    return list(load_workbook(BytesIO(response.content)).active.values)


@pytest.mark.rules("NW-4.1", "NW-4.23", "NW-3.45", "JH-4.10", "QX-6.10", "YY-1.2", "LX-7.3")
def test_what_was_exported_is_not_exported_again_and_a_correction_is(sharing):
    record, browser = sharing.shared(), client(sharing.provider)
    browser.post(reverse("platform_export"))
    told = browser.get(reverse("platform_file", args=[Batch.objects.get().pk, "json"])).json()
    assert told["format"] == "coordination.sharing.1"
    assert [(one["number"], one["version"]) for one in told["records"]] == [(record.number, 1)]
    assert told["records"][0]["facts"]["document_number"] == "宁阳罚〔2026〕3号"
    assert not due(organ("yangfangkou"))
    browser.post(reverse("platform_export"))
    assert Batch.objects.count() == 1
    facts = {"secret": "none", "reason": "金额有误"} | FACTS | {"content": "罚款三万元"}
    sharing.take(record, "correct", sharing.provider, **facts)
    browser.post(reverse("platform_export"))
    told = browser.get(reverse("platform_file", args=[Batch.objects.latest("pk").pk, "json"])).json()
    assert [(one["version"], one["corrects"]) for one in told["records"]] == [(2, True)]


@pytest.mark.rules("NW-4.26", "NW-4.32")
def test_nothing_goes_to_the_platform_before_its_review_or_without_the_consent_that_it_needs(sharing):
    """To report it there is to provide it to others (执法信息共享工作机制 三（四）、三（六）)."""

    def waiting() -> list[int]:
        return [version.record_id for version in due(organ("yangfangkou"))]

    secret = sharing.formed(secret="trade")
    assert waiting() == []
    secret = sharing.asked(sharing.reviewed(secret))
    client(sharing.provider).post(reverse("platform_export"))
    assert (waiting(), Batch.objects.count()) == ([], 0)
    sharing.consented(secret)
    assert waiting() == [secret.pk]
    plain = sharing.formed()
    assert waiting() == [secret.pk]
    sharing.reviewed(plain)
    assert waiting() == [secret.pk, plain.pk]


@pytest.mark.rules("LAW-20", "NW-4.11")
def test_the_ledger_of_an_organ_that_is_accused_has_nothing_of_it(sharing):
    """A record that comes out of a complaint against the justice bureau, which watches over the county's ledgers."""
    shown, kept = sharing.formed("off_catalogue"), sharing.formed("off_catalogue")
    SharedRecord.objects.filter(pk=kept.pk).update(hidden_organ=organ("sifa"))
    browser, address = client("sifa.supervisor1"), reverse("off_catalogue")
    page = browser.get(address).content.decode()
    assert shown.number in page
    assert kept.number not in page
    assert [row[0] for row in sheet_of(browser.get(f"{address}?export=xlsx"))[1:]] == [shown.number]
    assert kept.number in client(sharing.provider).get(address).content.decode()


@pytest.mark.rules("LAW-20", "NW-3.39")
def test_a_subscriber_that_is_accused_is_passed_over_and_the_others_are_told(sharing):
    for key in ("shuili", "linye"):
        clerk = person(f"{key}.officer1")
        Subscription.objects.create(organ=organ(key), content_class="penalty", by=clerk, since=now())
    record = sharing.formed()
    SharedRecord.objects.filter(pk=record.pk).update(hidden_organ=organ("shuili"))
    record = sharing.shared(sharing.reviewed(SharedRecord.objects.get(pk=record.pk)))
    assert set(record.recipients) == {organ("shengtai").pk, organ("linye").pk}


@pytest.mark.rules("NW-4.23")
def test_the_table_says_the_same_as_the_json_and_another_organ_gets_neither(sharing):
    sharing.shared()
    browser = client(sharing.provider)
    browser.post(reverse("platform_export"))
    address = reverse("platform_file", args=[Batch.objects.get().pk, "xlsx"])
    head, row = sheet_of(browser.get(address))
    assert dict(zip(head, row, strict=True))["document_number"] == "宁阳罚〔2026〕3号"
    assert client(sharing.reader).get(address).status_code == 404
    told = load_workbook(BytesIO(browser.get(address).content))["行政处罚信息"]
    labels, words = told.values
    assert dict(zip(labels, words, strict=True))["决定书编号"] == "宁阳罚〔2026〕3号"
    assert dict(zip(labels, words, strict=True))["立案时间"] == day_words(FACTS["filed_on"])


@pytest.mark.rules("NW-4.23", "NW-4.14")
def test_one_receipt_is_written_for_all_that_were_ticked(sharing):
    records = [sharing.shared(sharing.reviewed(document_number=f"宁阳罚〔2026〕{n}号")) for n in (3, 4)]
    facts = {"at": "2026-09-21T09:00", "receipt_number": "HLW-7", "record": [one.number for one in records]}
    client(sharing.provider).post(reverse("platform_mark"), facts)
    assert set(SharedRecord.objects.values_list("receipt_number", flat=True)) == {"HLW-7"}
    assert not Clock.objects.filter(limit="infosharing.report", state="running").exists()


@pytest.mark.rules("NW-4.23", "NW-4.33")
def test_what_was_reported_and_then_corrected_is_due_again_by_a_local_target(sharing):
    record = sharing.shared()
    reported = {"at": now(), "receipt_number": "HLW-7"}
    record = sharing.take(record, "mark_reported", sharing.provider, **reported)
    assert record.closed_at is not None
    travel_to(at("2026-09-22 10:00"))
    record = sharing.corrected(record)
    clock = Clock.objects.get(matter=record, limit="infosharing.report", state="running")
    assert (clock.due_at, clock.nature) == (at("2026-09-29 00:00"), "local")
    assert record.closed_at is None
    assert record.report_open
    record = sharing.take(record, "mark_reported", sharing.provider, at=now(), receipt_number="HLW-8")
    assert record.receipt_number == "HLW-8"
    assert record.closed_at is not None
    said = [entry.words["facts"] for entry in record.entries.filter(step="mark_reported")]
    assert "HLW-7" in str(said[0]), "the journal keeps the first receipt"


@pytest.mark.rules("NW-4.23")
def test_what_is_corrected_before_it_was_reported_goes_out_once_by_the_first_limit(sharing):
    record = sharing.shared()
    first = Clock.objects.get(matter=record, limit="infosharing.report", state="running")
    travel_to(at("2026-09-22 10:00"))
    record = sharing.corrected(record)
    assert Clock.objects.get(matter=record, limit="infosharing.report", state="running") == first


@pytest.mark.rules("NW-4.11", "NW-4.24")
def test_an_act_outside_the_catalogue_is_pushed_by_mail_with_all_its_elements(sharing):
    User.objects.filter(username="shengtai.liaison").update(email="liaison@example.org")
    record = sharing.formed("off_catalogue")
    assert Clock.objects.get(matter=record, limit="infosharing.report").due_at == at("2026-09-25 00:00")
    record = sharing.shared(sharing.reviewed(record))
    travel_to(at("2026-09-21 16:31"))
    deliver()
    (letter,) = mail.outbox
    for words in ("监管对象", "宁武县黑岭洗选有限公司", "监管方式", "现场检查", "监管人员", "张明、李强", "监管结果"):
        assert words in letter.body
    assert Clock.objects.get(matter=record, limit="infosharing.report").state == "met"
    assert record.closed_at is not None
    page = client(sharing.provider).get(reverse("off_catalogue")).content.decode()
    assert "已发送 1 / 1 封" in page


@pytest.mark.rules("NW-4.24")
def test_a_mail_server_that_is_down_costs_time_and_not_the_push(sharing, settings):
    User.objects.filter(username="shengtai.liaison").update(email="liaison@example.org")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    sharing.shared(sharing.reviewed(content_class="off_catalogue"))
    deliver()
    page = client(sharing.provider).get(reverse("off_catalogue")).content.decode()
    assert "已发送 0 / 1 封" in page


@pytest.mark.rules("NW-4.11")
def test_without_a_department_in_charge_it_is_not_taken_down(sharing):
    assert refused(sharing.formed, "off_catalogue", recipients=[]).field == "recipients"


@pytest.mark.rules("NW-4.12", "NW-3.54", "NW-4.14")
def test_a_township_files_its_people_with_each_guiding_department_and_gaps_are_shown(sharing):
    mine = [one for one in duties("ningwu", date(2026, 9, 21)) if one.organ == organ("yangfangkou")]
    assert mine
    assert all(one.gap for one in mine)
    department = mine[0].department
    people = {"responsible": person(sharing.officer).pk, "liaison": person(sharing.second).pk}
    browser = client("yangfangkou.registry")
    browser.post(reverse("file_with", args=[department.key]), people)
    swapped = {"responsible": people["liaison"], "liaison": people["responsible"]}
    browser.post(reverse("file_with", args=[department.key]), swapped)
    assert Filing.objects.count() == 2
    assert Filing.objects.get(ended_at=None).liaison.username == sharing.officer
    filled = [one for one in duties("ningwu", date(2026, 9, 21)) if one.filing]
    assert [(one.department, one.gap) for one in filled] == [(department, "")]
    rows = sheet_of(browser.get(reverse("filings") + "?export=xlsx"))
    assert any(person(sharing.officer).name in row for row in rows)


@pytest.mark.rules("NW-4.12")
def test_people_of_another_organ_are_not_filed(sharing):
    people = {"responsible": person("shengtai.officer1").pk, "liaison": person(sharing.officer).pk}
    page = client("yangfangkou.registry").post(reverse("file_with", args=["ningwu.shengtai"]), people)
    assert page.status_code == 422
    assert not Filing.objects.exists()


@pytest.mark.rules("NW-3.54")
def test_an_organ_without_a_liaison_is_named(sharing):
    assert organ("shuili") not in without_liaison("ningwu", date(2026, 9, 21))
    person("shuili.liaison").posts.update(until=date(2026, 9, 1))
    assert organ("shuili") in without_liaison("ningwu", date(2026, 9, 21))


def claimed(*numbers: int) -> Claim:
    items = list(Item.objects.filter(number__in=numbers))
    return begin(Claim, "claim_items", person(f"{items[0].guide.key.split('.')[1]}.registry"), items=items)


@pytest.mark.rules("NW-4.3", "NW-4.9")
def test_a_department_claims_the_items_it_guides_and_the_townships_are_told_at_once(sharing):
    claim = claimed(44)
    assert organ("yangfangkou").pk in claim.units
    assert Clock.objects.filter(matter=claim, limit="claims.divide", organ=organ("yangfangkou")).exists()
    assert refused(claimed, 44).field == "items"
    strange = Item.objects.exclude(guide=claim.department).first()
    actor = person(f"{claim.department.key.split('.')[1]}.registry")
    assert "不由本单位主管" in refused(begin, Claim, "claim_items", actor, items=[strange]).message


@pytest.mark.rules("NW-4.5", "NW-4.6", "NW-4.7", "NW-4.8", "NW-4.10")
def test_each_township_names_its_people_and_the_department_opens_their_accounts(sharing):
    claim = claimed(44)
    registry = f"{claim.department.key.split('.')[1]}.registry"
    Claim.objects.filter(pk=claim.pk).update(pending=[organ("yangfangkou").pk])
    claim = sharing.take(claim, "urge", registry, words="请于本周内编制检查实施清单")
    strangers = {"administrator": person("shengtai.officer1"), "officers": [person(sharing.officer)]}
    assert refused(sharing.take, claim, "divide", "yangfangkou.registry", **strangers).field == "officers"
    own = {"administrator": person("yangfangkou.registry"), "officers": [person(sharing.officer)]}
    claim = sharing.take(claim, "divide", "yangfangkou.registry", **own)
    assert claim.stage == "divided"
    assert Clock.objects.get(matter=claim, limit="claims.register").organ == claim.department
    claim = sharing.take(claim, "open_accounts", registry, words="已开通")
    assert (claim.stage, claim.closed_at is not None) == ("ready", True)


@pytest.mark.rules("NW-4.4", "NW-4.10")
def test_the_chain_of_accounts_shows_where_it_is_broken(sharing):
    links = {link.organ.key: link for part in chain("ningwu", date(2026, 9, 21)).values() for link in part}
    assert links["ningwu.yangfangkou"].administrators
    person("yangfangkou.registry").posts.filter(role="organ_admin").update(until=date(2026, 9, 1))
    links = {link.organ.key: link for part in chain("ningwu", date(2026, 9, 21)).values() for link in part}
    assert links["ningwu.yangfangkou"].broken
    page = client("yangfangkou.officer1").get(reverse("accounts_chain")).content.decode()
    assert "没有管理员" in page


@pytest.mark.rules("NW-4.28", "NW-4.29", "NW-4.30", "NW-4.31")
@pytest.mark.parametrize("kind", ["not_shared", "leaked", "destroyed", "other"])
def test_a_breach_is_recorded_for_the_authority_and_not_shown_to_the_accused(sharing, kind):
    record = sharing.shared()
    facts = Breach.first_initial(record, now()) | {"breach_kind": kind, "words": "向企业透露检查安排"}
    breach = begin(Breach, "record_breach", person(sharing.reader), **facts)
    assert (breach.accused, breach.authority) == (organ("yangfangkou"), organ("sifa"))
    assert not Breach.objects.visible_to(person(sharing.officer)).exists()
    scan = upload(breach, sharing.reader, "scan", "经查属实的通知")
    with pytest.raises(Refusal, match="不能由您代为记录"):  # whoever accuses proves nothing himself
        perform(breach, "establish", person(sharing.reader), behalf={"scan": scan}, finding="经查属实")
    breach = sharing.take(breach, "establish", "sifa.supervisor1", finding="经查属实")
    assert breach.breach_open, "an order to rectify may open from it"
    breach = sharing.take(breach, "rectify", "sifa.supervisor1", words="已整改并核查")
    assert breach.closed_at is not None


@pytest.mark.rules("NW-4.28")
def test_nobody_looks_into_what_he_is_accused_of(sharing):
    """The justice bureau is the authority for all but itself; as a supervisor of the county it would read of it."""
    facts = {"accused": organ("sifa"), "breach_kind": "leaked", "happened_at": now(), "words": "泄露共享信息"}
    breach = begin(Breach, "record_breach", person(sharing.reader), **facts)
    assert breach.authority == organ("xianfu")
    seen = {
        login: Breach.objects.visible_to(person(login)).exists() for login in ("sifa.supervisor1", "xianfu.supervisor")
    }
    assert seen == {"sifa.supervisor1": False, "xianfu.supervisor": True}
    above = begin(Breach, "record_breach", person(sharing.reader), **facts | {"accused": organ("xianfu")})
    assert above.authority == organ("xianfu").superior


@pytest.mark.rules("NW-4.28")
def test_nobody_accuses_his_own_organ_here(sharing):
    facts = {"accused": organ("shengtai"), "breach_kind": "other", "happened_at": now(), "words": "自查"}
    assert refused(begin, Breach, "record_breach", person(sharing.reader), **facts).field == "accused"


def test_publicity_names_no_natural_person_and_no_number_of_one(sharing):
    sharing.shared(sharing.reviewed(party="白志川", is_person=True, content="对白志川（电话13835001234）罚款二百元"))
    head, row = sheet_of(client(sharing.provider).get(reverse("publicity") + "?export=xlsx"))
    words = json.dumps(row, ensure_ascii=False, default=str)
    assert "白志川" not in words
    assert "13835001234" not in words
    assert "白某某" in words
    assert len(head) == len(row)


def test_the_board_is_narrowed_to_a_class(sharing):
    record = sharing.shared()
    found = {
        wanted: client(sharing.provider).get(reverse("infosharing:list") + f"?content_class={wanted}").content.decode()
        for wanted in (record.content_class, "coercion")
    }
    assert record.number in found[record.content_class]
    assert record.number not in found["coercion"]


def test_a_name_that_looks_like_a_person_s_is_masked_though_nobody_said_so(sharing):
    sharing.shared(sharing.reviewed(party="刘思苗", content="责令刘思苗改正"))
    page = client(sharing.provider).get(reverse("publicity")).content.decode()
    assert "刘思苗" not in page
    assert "刘某某" in page


@pytest.mark.parametrize(
    ("name", "person"),
    [("张明", True), ("欧阳小明", True), ("买买提·艾力", True), ("惠民超市", False), ("宁武县惠邻便民超市", False)],
)
def test_which_names_look_like_a_person_s(name, person):
    assert of_person(name) is person


@pytest.mark.rules("NW-4.23")
def test_a_receipt_for_nothing_is_refused_and_a_batch_says_how_much_went_out(sharing):
    sharing.shared()
    browser = client(sharing.provider)
    browser.post(reverse("platform_export"))
    facts = {"at": "2026-09-21T08:50", "receipt_number": "HLW-7"}
    page = browser.post(reverse("platform_mark"), facts, follow=True)
    assert [str(one) for one in page.context["messages"]][-1] == "请勾选已经上报的信息。"
    assert [batch.size for batch in page.context["batches"]] == [1]
