"""Who complained: sealed, masked, shown to whoever handles it for ten minutes with reason and password, on record."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from complaints.identity import Identity, Reveal, may_reveal
from complaints.models import Complaint
from coordination.kernel import sealed
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.drafts import Draft
from coordination.kernel.journal import Entry, EntryWords
from coordination.kernel.materials import Material
from coordination.kernel.matters import Matter
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.web.moments import moment_words
from coordination.kernel.words import Refusal
from tests.complaints.tale import NAME, PHONE
from tests.county import at, person, upload

REASON = {"reason": "电话告知处理结果", "password": "right horse"}


def at_the_window(login: str) -> Client:
    user = person(login)
    user.set_password("right horse")
    user.save()
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def identity(complaint: Matter) -> str:
    return reverse("complaints-identity", args=[complaint.number])


def page_of(login: str, complaint: Matter) -> str:
    return at_the_window(login).get(reverse("matter", args=[complaint.number])).content.decode()


@pytest.mark.rules("LAW-22", "LAW-21")
def test_nothing_in_the_database_says_who_complained_but_the_sealed_row(told):
    complaint = told.verifying(sealed_address="阳方口镇后窑湾村17号")
    told.transferred(complaint)
    told.referral_of(complaint)
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if not name.startswith("pg_")]
        for table in tables:
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s OR t::text LIKE %s", [f"%{NAME}%", f"%{PHONE}%"]
            )
            assert cursor.fetchone()[0] == 0, table
    assert Identity.objects.get(pk=complaint.pk).open()["sealed_name"] == NAME


@pytest.mark.rules("LAW-20", "LAW-21", "LAW-22")
@pytest.mark.parametrize("word", [NAME, PHONE])
def test_who_complained_is_typed_neither_at_the_window_nor_into_a_step_nor_into_a_letter(told, word):
    with pytest.raises(Refusal, match="身份信息") as refused:
        told.complaint(reported=f"{word}反映：洗煤点排放废水")
    assert refused.value.field == "reported"
    complaint = told.verifying()
    with pytest.raises(Refusal, match="身份信息") as refused:
        told.transferred(complaint, words=f"经向{word}核实，反映的情况存在。")
    assert refused.value.field == "words"
    case = told.item_of(told.transferred(complaint)).case
    with pytest.raises(Refusal, match="身份信息"):
        told.draft(case, suggestion=f"可向{word}了解情况")
    told.draft(case)


@pytest.mark.rules("LAW-22")
def test_who_complained_stands_in_no_title_and_no_name_of_a_material(told):
    complaint = told.verifying()
    for title in (f"{NAME}举报信", f"{PHONE}来信"):
        with pytest.raises(Refusal, match="身份信息"):
            upload(complaint, told.officer, "other", title)
    assert not Material.objects.filter(matter_id=complaint.pk).exists()


@pytest.mark.rules("LAW-22")
def test_a_word_is_refused_to_nobody_who_could_learn_by_it_who_complained(told):
    complaint = told.passed_on(told.verifying("zhujian.officer1", asks_secrecy=True), "zhujian.officer1")
    facts = {"about": told.item_of(complaint), "words": f"可能是{NAME}反映的"}
    complaint = told.take(complaint, "take_up", told.officer, **facts)
    assert complaint.items.get().handler == person(told.officer)


def test_a_sealed_row_opens_for_its_own_complaint_alone_and_notices_a_changed_byte(told):
    one, other = told.complaint(), told.complaint(sealed_name="另一人")
    row = Identity.objects.get(pk=one.pk)
    moved = Identity(complaint_id=other.pk, key_id=row.key_id, sealed=row.sealed)
    with pytest.raises(Refusal, match="损坏"):
        moved.open()
    spoilt = bytearray(row.sealed)
    spoilt[-1] ^= 1
    with pytest.raises(Refusal, match="损坏"):
        Identity(complaint_id=one.pk, key_id=row.key_id, sealed=bytes(spoilt)).open()
    assert sealed.seal({"a": "b"}, "x")[1] != sealed.seal({"a": "b"}, "x")[1]


def test_a_new_key_seals_everything_anew_and_the_old_one_may_go(told, settings):
    complaint = told.complaint()
    old = settings.IDENTITY_KEY
    settings.IDENTITY_KEY, settings.IDENTITY_OLD_KEYS = "another long secret", [old]
    assert Identity.objects.get(pk=complaint.pk).open()["sealed_name"] == NAME
    said = StringIO()
    call_command("rotate_identity_key", stdout=said)
    assert "identities: 1" in said.getvalue()
    settings.IDENTITY_OLD_KEYS = []
    row = Identity.objects.get(pk=complaint.pk)
    assert row.key_id == sealed.present_key()
    assert row.open()["sealed_phone"] == PHONE


def test_without_the_key_it_is_said_whom_to_ask(told, settings):
    complaint = told.complaint()
    settings.IDENTITY_KEY = "another long secret"
    with pytest.raises(Refusal, match="系统管理员"):
        Identity.objects.get(pk=complaint.pk).open()


@pytest.mark.rules("LAW-22")
def test_the_handler_gives_reason_and_password_and_sees_it_for_ten_minutes(told):
    complaint = told.verifying()
    client = at_the_window(told.officer)
    assert NAME not in client.get(identity(complaint)).content.decode()
    wrong = client.post(identity(complaint), REASON | {"password": "wrong horse"})
    assert wrong.status_code == 422
    assert "密码不正确" in wrong.content.decode()
    assert client.post(identity(complaint), REASON | {"reason": ""}).status_code == 422
    assert not Reveal.objects.exists()
    shown = client.post(identity(complaint), REASON, follow=True).content.decode()
    assert NAME in shown
    assert PHONE in shown
    travel_to(at("2026-09-21 09:08"))
    assert NAME in client.get(identity(complaint)).content.decode()
    travel_to(at("2026-09-21 09:12"))
    assert NAME not in client.get(identity(complaint)).content.decode()


@pytest.mark.rules("LAW-22")
def test_a_page_left_open_loses_the_name_when_the_ten_minutes_are_over(told):
    complaint = told.verifying()
    client = at_the_window(told.officer)
    assert "Refresh" not in client.get(identity(complaint))
    client.post(identity(complaint), REASON)
    travel_to(at("2026-09-21 09:04"))
    shown = client.get(identity(complaint))
    left = int(shown["Refresh"])
    over = Reveal.objects.get().until - at("2026-09-21 09:04")
    assert over.total_seconds() <= left <= over.total_seconds() + 2


@pytest.mark.rules("LAW-22")
def test_that_it_was_looked_up_stands_in_the_journal_with_the_reason_and_without_the_name(told):
    complaint = told.verifying()
    at_the_window(told.officer).post(identity(complaint), REASON)
    entry = Entry.objects.get(matter=complaint, step="reveal_identity")
    assert entry.actor.username == told.officer
    assert "电话告知处理结果" in json.dumps(entry.words, ensure_ascii=False)
    assert not EntryWords.objects.filter(words__icontains=NAME).exists()
    assert Complaint.objects.get(pk=complaint.pk).version == complaint.version  # nobody's page grows old by it


@pytest.mark.rules("LAW-22")
def test_of_somebody_without_a_name_no_copy_with_a_name_is_offered(told):
    nameless = told.take(told.complaint(anonymous=True, sealed_name=""), "accept", told.officer)
    told.transferred(nameless)
    told.referral_of(nameless)
    nameless = Complaint.objects.get(pk=nameless.pk)
    told.take(nameless, "tell_transfer", told.officer, way="telephone", at=now())
    shown = at_the_window(told.officer).post(identity(nameless), REASON, follow=True).content.decode()
    assert PHONE in shown
    assert "打印送达件" not in shown


def test_another_browser_of_the_same_person_asks_again(told):
    complaint = told.verifying()
    at_the_window(told.officer).post(identity(complaint), REASON)
    other = Client()
    other.force_login(person(told.officer), backend="django.contrib.auth.backends.ModelBackend")
    assert NAME not in other.get(identity(complaint)).content.decode()


@pytest.mark.rules("LAW-22", "LAW-21")
def test_colleagues_supervisors_and_strangers_may_not_and_are_told_whom_to_ask(told):
    complaint = told.verifying()
    asked = at_the_window("yangfangkou.officer2").get(identity(complaint)).content.decode()
    assert person(told.officer).name in asked
    for login, status in (("yangfangkou.officer2", 403), ("sifa.supervisor1", 403), ("zhujian.officer1", 404)):
        answer = at_the_window(login).post(identity(complaint), REASON)
        assert answer.status_code == status, login
        assert NAME not in answer.content.decode()
        assert identity(complaint) not in page_of(login, complaint)
    assert identity(complaint) in page_of(told.officer, complaint)
    assert not Reveal.objects.exists()


@pytest.mark.rules("NW-2.15", "JH-3.12", "QX-2.12")
def test_after_the_handover_the_receivers_handler_may_and_before_it_nobody_there(told):
    complaint = told.transferred()
    referral = told.referral_of(complaint)
    assert not may_reveal(complaint, person("shengtai.officer1"))
    told.accepted(referral)
    told.learn()
    assert may_reveal(complaint, person("shengtai.officer1"))
    assert not may_reveal(complaint, person("shengtai.officer2"))
    shown = at_the_window("shengtai.officer1").post(identity(complaint), REASON, follow=True)
    assert NAME in shown.content.decode()


def test_where_secrecy_was_asked_for_the_receiver_never_may(told):
    complaint = told.transferred(told.verifying(asks_secrecy=True))
    told.accepted(told.referral_of(complaint))
    told.learn()
    assert not may_reveal(complaint, person("shengtai.officer1"))
    assert may_reveal(complaint, person(told.officer))


def test_who_no_longer_handles_it_may_no_longer_look(told):
    complaint = told.verifying()
    facts = {"handler": person("yangfangkou.officer2"), "words": "轮岗"}
    complaint = told.take(complaint, "assign", told.officer, **facts)
    assert not may_reveal(complaint, person(told.officer))
    assert may_reveal(complaint, person("yangfangkou.officer2"))
    with pytest.raises(Refusal, match="本单位人员"):
        told.take(complaint, "assign", told.officer, handler=person("zhujian.officer1"), words="x")


@pytest.mark.rules("LAW-22")
def test_a_draft_keeps_what_was_typed_but_not_who_complains(told):
    client = at_the_window(told.officer)
    typed = {"title": "黑水", "sealed_name": NAME, "sealed_phone": PHONE}
    client.post(f"{reverse('draft')}?for=/complaints/new/", typed)
    kept = Draft.objects.get().fields
    assert kept == {"title": ["黑水"]}


@pytest.mark.rules("LAW-20", "LAW-21")
def test_a_name_among_the_facts_is_refused_where_it_stands(told):
    with pytest.raises(Refusal, match="身份信息") as refused:
        told.complaint(reported=f"{NAME}反映洗煤点排放废水")
    assert refused.value.field == "reported"
    assert not Complaint.objects.exists()


def test_anonymous_means_no_name_and_a_name_means_not_anonymous(told):
    for facts in ({"anonymous": True}, {"sealed_name": ""}):
        with pytest.raises(Refusal) as refused:
            told.complaint(**facts)
        assert refused.value.field == "sealed_name"
    nameless = told.complaint(anonymous=True, sealed_name="")
    assert nameless.has_contact
    unknown = told.complaint(anonymous=True, sealed_name="", sealed_phone="")
    assert not Identity.objects.filter(pk=unknown.pk).exists()


@pytest.mark.rules("NW-2.15", "LAW-22")
def test_the_letter_in_the_file_names_nobody_and_the_copy_for_service_does_while_it_is_revealed(told, monkeypatch):
    complaint = told.told(told.answered(), told.officer)
    letter = IssuedDocument.objects.get(key="complaint_result_notice")
    assert NAME not in letter.html
    copy = reverse("complaints-service", args=[complaint.number, letter.pk])
    client = at_the_window(told.officer)
    assert client.get(copy).status_code == 403
    client.post(identity(complaint), REASON)
    rendered = []
    monkeypatch.setattr("complaints.serving.pdf.render", lambda html: rendered.append(html) or b"%PDF-1.7")
    assert client.get(copy).status_code == 200
    assert f"{NAME}：" in rendered[0]
    assert at_the_window("yangfangkou.officer2").get(copy).status_code == 403
    travel_to(at("2026-09-21 09:30"))
    assert client.get(copy).status_code == 403


def test_notices_lists_searches_and_exports_name_nobody(told):
    complaint = told.transferred(told.verifying())
    told.referral_of(complaint)
    assert not Notice.objects.filter(title__contains=NAME).exists()
    client = at_the_window(told.officer)
    number = complaint.number
    for path in (
        "/complaints/",
        f"/search/?q={NAME}",
        f"/m/{number}/",
        f"/api/v1/complaints/{number}/",
        f"/complaints/?q={PHONE}",
    ):
        body = client.get(path).content.decode().replace(f'value="{NAME}"', "").replace(f'value="{PHONE}"', "")
        assert NAME not in body.replace(f"“{NAME}”", ""), path
    upload(complaint, told.officer, "source_material", "遮盖后的来信")


# For the audit administrator

LOG = "admin:complaints_reveal_changelist"


def auditing(login: str = "admin.audit") -> Client:
    client = Client()
    client.force_login(person(login), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.rules("LAW-22")
def test_the_auditor_reads_who_was_shown_an_identity_when_why_and_at_which_complaint(told):
    complaint = told.verifying()
    at_the_window(told.officer).post(identity(complaint), REASON)
    auditor = auditing()
    log = auditor.get(reverse(LOG)).content.decode()
    shown = moment_words(Reveal.objects.get().at)
    for words in (person(told.officer).name, "电话告知处理结果", complaint.number, shown):
        assert words in log, words
    one = auditor.get(reverse("admin:complaints_reveal_change", args=[Reveal.objects.get().pk])).content.decode()
    for page in (log, one):
        assert NAME not in page
        assert PHONE not in page
        assert complaint.title not in page
    for login in ("admin.system", "admin.security", told.officer):
        assert auditing(login).get(reverse(LOG)).status_code in (302, 403), login


@pytest.mark.rules("LAW-22")
def test_nobody_changes_or_deletes_a_line_of_that_log(told):
    at_the_window(told.officer).post(identity(told.verifying()), REASON)
    row = Reveal.objects.get()
    for login in ("admin.audit", "admin"):
        for what in ("change", "delete"):
            address = reverse(f"admin:complaints_reveal_{what}", args=[row.pk])
            assert auditing(login).post(address, {"reason": "改", "post": "yes"}).status_code == 403
    assert Reveal.objects.get().reason == row.reason


@pytest.mark.rules("LAW-20")
def test_an_auditor_learns_nothing_of_a_complaint_against_himself(told):
    complaint = told.verifying()
    at_the_window(told.officer).post(identity(complaint), REASON)
    Matter.objects.filter(pk=complaint.pk).update(hidden_person=person("admin.audit"))
    assert complaint.number not in auditing().get(reverse(LOG)).content.decode()
