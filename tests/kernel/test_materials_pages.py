"""Materials in the browser: who sees them, who adds them, and what a wrong upload gets to read."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coordination.kernel import journal
from coordination.kernel.materials import Material, MaterialAccess, Tick, check_materials, sheet, store
from coordination.kernel.now import travel_to
from coordination.kernel.organs import Organ, Post, User
from tests.kernel.fileworld import jpeg, pdf
from tests.kernel.smallworld import MOMENT, small_world


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    travel_to(MOMENT)
    return small_world()


@pytest.fixture
def matter(world):
    return world.matter()


@pytest.fixture
def material(world, matter):
    upload = SimpleUploadedFile("现场照片.jpg", jpeg())
    return store(matter, upload, kind="photo", actor=world.sender, moment=MOMENT)


def browser(user: User, **more) -> Client:
    client = Client(**more)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def sender(world) -> Client:
    return browser(world.sender.user)


@pytest.fixture
def receiver(world) -> Client:
    return browser(world.receiver.user)


@pytest.fixture
def stranger(db) -> Client:
    return browser(User.objects.create(username="stranger", name="孙无关"))


def files(*contents: tuple[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, content) for name, content in contents]


def add_url(matter) -> str:
    return reverse("material-add", args=[matter.number])


def test_several_files_are_added_at_once(sender, matter):
    sent = files(("一.jpg", jpeg()), ("二.pdf", pdf(2)))
    answer = sender.post(
        add_url(matter), {"files": sent, "kind": "evidence", "copies": 1, "original": "on"}, follow=True
    )
    assert "已添加 2 份材料" in answer.text
    assert list(Material.objects.values_list("title", "pages", "original")) == [("一", 1, True), ("二", 2, True)]


@pytest.mark.rules("NW-3.20")
def test_one_file_is_described_in_full(sender, matter):
    told = {
        "kind": "source_material",
        "title": "检查记录",
        "reference": "云检〔2026〕3号",
        "copies": 2,
        "pages": 3,
        "remark": "一",
    }
    sender.post(add_url(matter), {"files": files(("a.pdf", pdf())), **told})
    row = Material.objects.get()
    assert (row.title, row.reference, row.copies, row.pages, row.remark) == ("检查记录", "云检〔2026〕3号", 2, 3, "一")
    assert not row.original


def test_what_can_be_kept_is_kept_and_the_rest_is_named(sender, matter):
    sent = files(("好.jpg", jpeg()), ("坏.jpg", b"MZ"), ("空.pdf", b""), ("旧.doc", b"x"))
    answer = sender.post(add_url(matter), {"files": sent, "kind": "evidence", "copies": 1})
    assert answer.status_code == 422
    for words in ("已添加 1 份材料", "“坏.jpg”不能作为 JPG 文件接收", "“空.pdf”是空文件", "不能接收“旧.doc”"):
        assert words in answer.text
    assert Material.objects.get().name == "好.jpg"


def test_a_form_without_a_file_says_what_is_missing(sender, matter):
    answer = sender.post(add_url(matter), {"kind": "evidence", "copies": 0})
    assert answer.status_code == 422
    assert "请上传文件" in answer.text


def test_two_hundred_megabytes_are_refused_before_they_are_kept(sender, matter, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    settings.MATERIAL_REQUEST_MAX_BYTES = 100_000
    answer = sender.post(add_url(matter), {"files": files(("大.jpg", bytes(300_000))), "kind": "photo", "copies": 1})
    assert answer.status_code == 413
    assert "本次上传超过" in answer.text
    assert "请压缩、拆分或分次上传" in answer.text
    assert not list((tmp_path / "temporary").iterdir())
    assert not Material.objects.exists()


def test_the_refused_body_is_read_to_its_end_so_that_the_browser_shows_the_answer(sender, matter, settings):
    settings.MATERIAL_REQUEST_MAX_BYTES = 1000
    body = io.BytesIO(bytes(5_000_000))
    told = {"wsgi.input": body, "CONTENT_LENGTH": "5000000", "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    assert sender.generic("POST", add_url(matter), **told).status_code == 413
    assert body.read() == b""


def test_one_file_above_the_limit_is_refused_by_its_name(sender, matter, settings):
    settings.MATERIAL_MAX_BYTES = 1000
    sent = files(("大.jpg", jpeg((640, 480))))
    answer = sender.post(add_url(matter), {"files": sent, "kind": "photo", "copies": 1})
    assert "“大.jpg”超过单个文件上限" in answer.text


def test_a_full_disk_while_the_request_is_read_is_told_in_words(sender, matter, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file", full)
    monkeypatch.setattr("django.core.files.uploadhandler.MemoryFileUploadHandler.new_file", full)
    answer = sender.post(add_url(matter), {"files": files(("一.jpg", jpeg())), "kind": "photo", "copies": 1})
    assert answer.status_code == 507
    assert "存储空间不足" in answer.text


def test_an_upload_without_the_forms_token_is_refused(world, matter):
    client = browser(world.sender.user, enforce_csrf_checks=True)
    answer = client.post(add_url(matter), {"files": files(("一.jpg", jpeg())), "kind": "photo", "copies": 1})
    assert answer.status_code == 403
    assert not Material.objects.exists()


def test_the_forms_token_opens_the_door(world, matter):
    client = browser(world.sender.user, enforce_csrf_checks=True)
    page = client.get(reverse("materials", args=[matter.number]))
    token = page.context["csrf_token"]
    sent = {"files": files(("一.jpg", jpeg())), "kind": "photo", "copies": 1, "csrfmiddlewaretoken": str(token)}
    assert client.post(add_url(matter), sent).status_code == 302
    assert Material.objects.count() == 1


def test_who_is_not_logged_in_is_led_to_the_login(matter, material):
    for url in (reverse("materials", args=[matter.number]), reverse("material-file", args=[material.pk])):
        answer = Client().get(url)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("login"))


def test_a_stranger_finds_nothing(stranger, matter, material):
    number, key = matter.number, material.pk
    assert stranger.get(reverse("materials", args=[number])).status_code == 404
    assert stranger.get(reverse("material-file", args=[key])).status_code == 404
    for url in (add_url(matter), reverse("material-check", args=[number]), reverse("material-review", args=[number]),
                reverse("material-withdraw", args=[number, key])):  # fmt: skip
        assert stranger.post(url, {"reason": "x"}).status_code == 404


def test_an_organ_that_has_not_been_let_in_sees_nothing_yet(world, receiver):
    matter = world.matter("A2", sides=("township",))
    assert receiver.get(reverse("materials", args=[matter.number])).status_code == 404


def test_the_file_comes_back_as_it_was_and_only_as_a_download(receiver, material):
    answer = receiver.get(reverse("material-file", args=[material.pk]))
    assert b"".join(answer.streaming_content) == material.path.read_bytes()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%8E%B0")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_file_that_is_gone_is_not_found(receiver, material):
    material.path.unlink()
    assert receiver.get(reverse("material-file", args=[material.pk])).status_code == 404


def test_a_copy_of_a_restricted_matters_material_is_noted(world, receiver):
    matter = world.matter("A2", secrecy="restricted")
    upload = SimpleUploadedFile("一.jpg", jpeg())
    material = store(matter, upload, kind="photo", actor=world.sender, moment=MOMENT)
    answer = receiver.get(reverse("material-file", args=[material.pk]))
    assert b"".join(answer.streaming_content) == material.path.read_bytes()
    assert MaterialAccess.objects.get().user == world.receiver.user


@pytest.mark.rules("NW-3.21")
def test_each_side_ticks_on_its_own_page(world, sender, receiver, matter, material):
    url, key = reverse("material-check", args=[matter.number]), f"check-{material.pk}"
    sender.post(url, {"all": "ok"})
    told = {f"{key}-outcome": "different", f"{key}-words": "实为两张"}
    answer = receiver.post(url, told, follow=True)
    assert "已记录" in answer.text
    assert "县自然资源局：不符" in answer.text
    (line,) = sheet(matter)
    assert [(c.organ.short_name, c.outcome, c.words) for c in line.checks.values()] == [
        ("云中镇", "ok", ""), ("县自然资源局", "different", "实为两张")]  # fmt: skip


def test_a_difference_without_words_comes_back_with_what_was_chosen(receiver, matter, material):
    told = {f"check-{material.pk}-outcome": "missing"}
    answer = receiver.post(reverse("material-check", args=[matter.number]), told)
    assert answer.status_code == 422
    assert "请说明“现场照片”的差异" in answer.text
    assert 'value="missing"' in answer.text
    (field,) = [form for _material, form in answer.context["checks"]]
    assert field["outcome"].value() == "missing"


def test_all_the_rest_agrees_touches_no_earlier_tick(world, receiver, matter, material):
    check_materials(matter, [Tick(material.pk, "missing", "未附")], actor=world.receiver, moment=MOMENT)
    answer = receiver.post(reverse("material-check", args=[matter.number]), {"all": "ok"})
    assert "请至少选择一份材料" in answer.text
    assert sheet(matter)[0].checks[world.department.pk].outcome == "missing"


@pytest.mark.rules("NW-1.21")
def test_the_receiver_reviews_the_evidence_and_the_sender_cannot(world, sender, receiver, matter, material):
    url, key = reverse("material-review", args=[matter.number]), f"review-{material.pk}"
    assert "至少选择" in sender.post(url, {f"{key}-outcome": "ok"}).text
    answer = receiver.post(url, {f"{key}-outcome": "ok"}, follow=True)
    assert "证据符合要求" in answer.text
    assert 'id="review"' not in sender.get(reverse("materials", args=[matter.number])).text


def test_an_error_is_withdrawn_with_its_reason(sender, receiver, matter, material):
    url = reverse("material-withdraw", args=[matter.number, material.pk])
    assert "请填写撤回材料的理由" in sender.post(url, {}).text
    assert receiver.post(url, {"reason": "x"}).status_code == 403
    assert "已撤回“现场照片”" in sender.post(url, {"reason": "误传"}, follow=True).text
    assert journal.timeline(matter)[-1].step == "withdraw_material"


def test_the_material_of_another_matter_is_not_withdrawn_from_here(world, sender, matter, material):
    other = world.matter("A2")
    assert (
        sender.post(reverse("material-withdraw", args=[other.number, material.pk]), {"reason": "x"}).status_code == 404
    )


def test_who_only_reads_is_told_whom_to_ask(world, stranger, matter):
    bureau = Organ.objects.create(
        county=world.county, key="small.justice", name="县司法局", short_name="县司法局", kind=Organ.Kind.JUSTICE_BUREAU
    )
    user = User.objects.create(username="supervisor", name="李监督")
    Post.objects.create(user=user, organ=bureau, role="supervisor", since=MOMENT.date())
    client = browser(user)
    page = client.get(reverse("materials", args=[matter.number]))
    assert page.status_code == 200
    assert 'id="add"' not in page.text
    answer = client.post(add_url(matter), {"files": files(("一.jpg", jpeg())), "kind": "photo", "copies": 1})
    assert answer.status_code == 403
    assert "请联系云中镇、县自然资源局" in answer.text


def test_a_matter_that_is_over_offers_nothing_to_change(world, sender):
    matter = world.matter("A2", closed_at=MOMENT)
    assert 'id="add"' not in sender.get(reverse("materials", args=[matter.number])).text
    answer = sender.post(add_url(matter), {"files": files(("一.jpg", jpeg())), "kind": "photo", "copies": 1})
    assert "已经办结" in answer.text


def test_the_page_costs_few_queries_however_many_materials(world, sender, matter, django_assert_max_num_queries):
    for name in "一二三四五六":
        store(matter, *files((f"{name}.jpg", jpeg())), kind="photo", actor=world.sender, moment=MOMENT)
    with django_assert_max_num_queries(16):
        sender.get(reverse("materials", args=[matter.number]))
