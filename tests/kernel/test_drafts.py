"""Drafts: two of the same form side by side, listed, deleted, with their files; nobody else's."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from coordination.kernel.drafts import Draft
from coordination.kernel.materials import DraftFile, verify_files
from coordination.kernel.materials.shelf import place
from tests.county import organ, person, picture

pytestmark = pytest.mark.django_db
NEW = "/cases/new/"


def reader(login: str) -> Client:
    client = Client()
    client.force_login(person(login))
    return client


def save(client: Client, address: str, **fields) -> int:
    return client.post(f"{reverse('draft')}?for={address}", fields).status_code


def test_two_drafts_of_the_same_form_stand_side_by_side(story):
    client = reader(story.officer)
    assert save(client, f"{NEW}?draft=aaaaaaaa", title="倾倒垃圾") == 204
    assert save(client, f"{NEW}?draft=bbbbbbbb", title="违法占地") == 204
    assert 'value="倾倒垃圾"' in client.get(f"{NEW}?draft=aaaaaaaa").text
    listed = client.get(reverse("draft")).text
    assert "倾倒垃圾" in listed
    assert "违法占地" in listed
    assert "登记线索" in listed
    fresh = client.get(NEW)
    assert fresh.context["form"]["title"].value() is None
    assert [kept.title for kept in fresh.context["others"]] == ["违法占地", "倾倒垃圾"]
    assert fresh.context["address"] not in (f"{NEW}?draft=aaaaaaaa", f"{NEW}?draft=bbbbbbbb")


def test_a_draft_out_of_another_matter_is_found_again(story):
    client, case = reader(story.officer), story.found_other(story.case())
    form = client.get(f"/referrals/new/?from={case.number}").context
    address = form["address"]
    assert client.post(form["draft_url"], {"copy_to": "县司法局"}).status_code == 204
    assert 'value="县司法局"' in client.get(address).text


def test_the_desk_says_how_many_drafts_wait_and_a_deleted_one_is_gone(story):
    client = reader(story.officer)
    save(client, f"{NEW}?draft=aaaaaaaa", title="倾倒垃圾")
    tab = next(tab for tab in client.get("/").context["tabs"] if tab["key"] == "drafts")
    assert (tab["url"], tab["count"]) == (reverse("draft"), 1)
    draft = Draft.objects.get()
    assert reader(story.approver).post(reverse("draft-delete", args=[draft.pk])).status_code == 404
    assert client.post(reverse("draft-delete", args=[draft.pk])).status_code == 302
    assert not Draft.objects.exists()


def test_a_file_stays_with_its_draft_and_becomes_material_at_birth(story):
    client, address = reader(story.officer), f"{NEW}?draft=aaaaaaaa"
    client.post(f"{reverse('draft-files')}?for={address}", {"files": picture()})
    file = DraftFile.objects.get()
    shown = reverse("draft-file", args=[file.pk])
    answer = client.get(shown)
    assert answer.getvalue().startswith(b"\xff\xd8")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert reader(story.second).get(shown).status_code == 404
    facts = {
        "urgency": "normal",
        "title": "倾倒垃圾",
        "place": person(story.officer).posts.first().organ_id,
        "place_text": "村东",
        "discovered_at": "2026-09-21T08:00",
        "source": "patrol",
        "basic_facts": "倾倒建筑垃圾",
    }
    client.post(address, facts | {f"file-{file.pk}-title": "现场", f"file-{file.pk}-kind": "evidence"})
    material = Case.objects.get().materials.get()
    assert (material.title, material.kind, material.sha256) == ("现场", "evidence", file.sha256)
    assert not Draft.objects.exists()


def test_what_is_not_a_form_of_the_readers_is_no_draft(story):
    client, case = reader("dongzhai.officer1"), story.case()
    for address in ("//elsewhere/", "/account/", "/nowhere/", f"/m/{case.number}/verify/"):
        assert save(client, address, title="x") == 404
    assert not Draft.objects.exists()


def test_files_of_drafts_are_read_every_night(story):
    client = reader(story.officer)
    client.post(f"{reverse('draft-files')}?for={NEW}?draft=aaaaaaaa", {"files": picture()})
    assert (verify_files().checked, verify_files().sound) == (1, True)
    kept = place(DraftFile.objects.get().sha256)
    kept.chmod(0o640)
    kept.write_bytes(b"x")
    assert verify_files().damaged == [DraftFile.objects.get().sha256]


def test_a_bad_file_is_refused_in_words_and_the_draft_stays(story):
    client, bad = reader(story.officer), picture()
    bad.name = "程序.exe"
    save(client, f"{NEW}?draft=aaaaaaaa", title="倾倒垃圾")
    answer = client.post(f"{reverse('draft-files')}?for={NEW}?draft=aaaaaaaa", {"files": bad})
    assert answer.status_code == 422
    assert "不能接收“程序.exe”" in answer.text
    assert Draft.objects.get().fields["title"] == ["倾倒垃圾"]


def born(client: Client, address: str, story) -> str:
    form = client.get(address).context["form"]
    sent = {
        "title": "倾倒垃圾",
        "place_text": "后窑湾村",
        "basic_facts": "现场有渣土。",
        "item": "",
        "source": "patrol",
    }
    known = {name: field for name in form.fields if (field := form[name].value()) not in (None, False)}
    where = {"place": organ(story.township).pk, "discovered_at": "2026-09-21T08:00"}
    return client.post(address, {**known, **sent, **where})


def test_whoever_goes_back_and_presses_again_has_no_second_matter(story):
    client, address = reader(story.officer), f"{NEW}?draft=aaaaaaaa"
    first = born(client, address, story)
    assert first.status_code == 302, first.text
    case = Case.objects.get()
    again = client.post(address, {"title": "倾倒垃圾"})
    assert again.status_code == 409
    assert f"已经登记为{case.number}" in again.text
    assert Case.objects.count() == 1
    fresh = client.get(address).context
    assert fresh["address"] != address
    assert fresh["form"]["title"].value() is None


@pytest.mark.rules("NW-4.25")
def test_no_file_is_kept_before_it_is_said_that_it_is_no_secret(story):
    client, address = reader(story.officer), "/infosharing/new/?draft=cccccccc"
    upload_to = f"{reverse('draft-files')}?for={address}"
    for answer in ("", "state"):
        refused = client.post(upload_to, {"files": picture(), "secret": answer})
        assert refused.status_code == 422
        assert "请先选择是否涉密" in refused.text
        assert save(client, address, title="机密", secret=answer) == 202
    assert not DraftFile.objects.exists()
    assert not Draft.objects.exists()
    assert client.post(upload_to, {"files": picture(), "secret": "none"}).status_code == 200


@pytest.mark.rules("LAW-22")
def test_a_page_with_a_name_is_kept_by_no_browser(story):
    page = reader(story.officer).get("/complaints/new/")
    assert page["Cache-Control"] == "no-store"
    assert 'autocomplete="off"' in str(page.context["form"]["sealed_name"])
    assert "no-store" not in reader(story.officer).get(NEW).get("Cache-Control", "")
