"""发现并移送: one form, typed once, from the violation to the letter that waits for approval; nothing is lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.models import Case
from coordination.kernel.drafts import Draft
from coordination.kernel.materials import DraftFile, Material
from referrals.models import Referral
from tests.county import organ, person, picture

pytestmark = pytest.mark.django_db
START = "/referrals/start/"
AT = f"{START}?draft=0123abcd"


@pytest.fixture
def officer(story) -> Client:
    client = Client()
    client.force_login(person(story.officer))
    return client


def filled(**changed) -> dict:
    item = Case._meta.get_field("item").related_model.objects.get(number=53)
    officers = [person("yangfangkou.officer1").pk, person("yangfangkou.officer2").pk]
    return {
        "urgency": "normal",
        "discovered_at": "2026-09-21T08:30",
        "title": "洗煤点未取得排污许可证排污",
        "item": item.pk,
        "place": organ("yangfangkou").pk,
        "place_text": "后窑湾村东",
        "basic_facts": "巡查发现该洗煤点废水经明渠排入土坑，负责人不能出示排污许可证。",
        "source": "patrol",
        "decision": "suggested",
        "property_declared": "none",
        "officers": officers,
        **changed,
    }


def bring(client: Client, *names: str) -> list[DraftFile]:
    for name in names:
        photo = picture()
        photo.name = name
        answer = client.post(f"{reverse('draft-files')}?for={AT}", {"files": photo})
        assert answer.status_code == 200, answer.text
    return list(DraftFile.objects.all())


@pytest.mark.rules("NW-1.1", "NW-1.3", "NW-1.8", "NW-1.10")
def test_what_was_found_is_typed_once_and_waits_for_approval(officer):
    record, photo = bring(officer, "现场检查记录.jpg", "现场照片.jpg")
    kinds = {f"file-{record.pk}-kind": "source_material", f"file-{photo.pk}-title": "排污口"}
    answer = officer.post(AT, filled(**kinds))
    case, referral = Case.objects.get(), Referral.objects.get()
    assert answer.url == reverse("referral-started", args=[referral.number])
    assert (case.competent_organ, referral.stage) == (organ("shengtai"), "awaiting_approval")
    carried = Material.objects.filter(matter_id=referral.pk).values_list("title", "kind")
    assert list(carried) == [("现场检查记录", "source_material"), ("排污口", "photo")]
    assert not Draft.objects.exists()
    page = officer.get(answer.url).text
    assert "已登记并提交审批" in page
    assert "宁武县生态环境局" in page or organ("shengtai").name in page
    assert "受理并出具送达回证" in page


def test_what_was_typed_beside_a_file_that_is_too_large_is_shown_again(officer, settings):
    settings.MATERIAL_REQUEST_MAX_BYTES = 10_000
    large = SimpleUploadedFile("大.jpg", bytes(300_000))
    answer = officer.post(AT, filled(files=large))
    assert answer.status_code == 413
    assert "本次上传超过" in answer.text
    assert "洗煤点未取得排污许可证排污" in answer.text
    assert "请填写案由" not in answer.text
    assert not DraftFile.objects.exists()


def test_all_of_it_is_taken_or_nothing_and_the_draft_stays(officer):
    bring(officer, "现场照片.jpg")
    answer = officer.post(AT, filled())
    assert answer.status_code == 422
    assert "请添加案源材料" in answer.text.split('id="files"')[1]  # beside the files, so that the page opens there
    assert Draft.objects.get().fields["place_text"] == ["后窑湾村东"]
    assert not Case.objects.exists()
    assert DraftFile.objects.count() == 1


@pytest.mark.rules("LAW-3", "NW-3.4")
def test_another_receiver_needs_a_reason(officer):
    answer = officer.post(AT, filled(decision="other", receiver=organ("shuili").pk))
    assert answer.status_code == 422
    assert "选择其他单位请说明理由" in answer.text


def test_what_is_our_own_is_registered_and_not_sent(officer):
    item = Case._meta.get_field("item").related_model.objects.get(number=44)
    answer = officer.post(AT, filled(item=item.pk))
    assert "本单位应自办" in answer.text
    bring(officer, "现场照片.jpg")
    answer = officer.post(AT, filled(item=item.pk, decision="own", officers=[]))
    case = Case.objects.get()
    assert answer.url == reverse("referral-started", args=[case.number])
    assert not Referral.objects.exists()
    assert Material.objects.get(matter_id=case.pk).title == "现场照片"


def test_a_letter_may_stay_a_draft_until_its_file_is_complete(officer):
    officer.post(AT, filled(_only_draft="yes"))
    referral = Referral.objects.get()
    assert referral.stage == "draft"
    assert "移送函已起草" in officer.get(reverse("referral-started", args=[referral.number])).text


@pytest.mark.rules("NW-1.2", "NW-2.2", "NW-2.3")
def test_the_deadline_of_each_urgency_is_said_at_once(officer):
    told = officer.get(reverse("referral-start-limits") + "?urgency=urgent&discovered_at=2026-09-21T08:30").text
    assert "应于 2026-09-22（周二）08:30 前" in told
    assert "应于 2026-09-24（周四）24:00 前" in told
    assert re.search(r'class="chosen"[^>]*>\s*<th scope="row">紧急', told)


def test_the_card_says_whose_it_is_and_why(officer):
    item = Case._meta.get_field("item").related_model.objects.get(number=53)
    address = f"{reverse('referral-start-competence')}?item={item.pk}&place={organ('yangfangkou').pk}"
    told = officer.get(address).text
    assert f"清单建议：移送{organ('shengtai').name}" in told
    assert item.title in told


def test_without_script_files_come_with_the_form_and_the_buttons_move_them(officer):
    one, two = picture(), picture("red")
    two.name = "第二张.jpg"
    answer = officer.post(AT, filled(files=[one, two], _upload="yes"))
    assert answer.url == f"{AT}#files"
    assert [file.name for file in DraftFile.objects.all()] == ["现场照片.jpg", "第二张.jpg"]
    last = DraftFile.objects.last()
    officer.post(AT, filled(_up=str(last.pk)))
    assert [file.name for file in DraftFile.objects.all()] == ["第二张.jpg", "现场照片.jpg"]
    officer.post(AT, filled(_remove=str(last.pk)))
    assert [file.name for file in DraftFile.objects.all()] == ["现场照片.jpg"]
    assert "后窑湾村东" in officer.get(AT).text


def test_only_an_officer_finds_and_sends(story):
    client = Client()
    client.force_login(person(story.approver))
    assert client.get(START).status_code == 403
