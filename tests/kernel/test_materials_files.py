"""What may be a material and what may not: by name, by first bytes, by structure."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from coordination.kernel.materials import receive, shelf
from coordination.kernel.materials.fitness import EXPECTED, TYPES, Unfit
from coordination.kernel.materials.fitness.pictures import check_jpeg
from coordination.kernel.materials.names import clean_name
from coordination.kernel.words import Refusal
from tests.files.hostile import HOSTILE, content
from tests.kernel import fileworld
from tests.kernel.fileworld import BAD, GOOD, jpeg, pdf


@pytest.fixture(autouse=True)
def shelf_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def bring(name: str, content: bytes):
    return receive(SimpleUploadedFile(name, content))


def on_the_shelf() -> list[str]:
    return [path.name for path in shelf.root().rglob("*") if path.is_file()] if shelf.root().exists() else []


@pytest.mark.parametrize("name", GOOD)
def test_a_file_as_people_bring_it_is_kept_bit_by_bit(name):
    received = bring(name, GOOD[name])
    assert shelf.place(received.sha256).read_bytes() == GOOD[name]
    assert received.size == len(GOOD[name])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_nothing_of_it_stays(name):
    with pytest.raises(Refusal) as refusal:
        bring(name, content(name))
    assert refusal.value.field == "files"
    assert on_the_shelf() == []


BATTERY = """
import resource, sys, django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from coordination.kernel.materials import receive
from coordination.kernel.words import Refusal
from pathlib import Path
from tests.files.hostile import write
files = list(write(Path(sys.argv[1])))
before, refused = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 0
for name, path in files:
    upload = SimpleUploadedFile(name, b"")
    upload.file, upload.size = path.open("rb"), path.stat().st_size
    try:
        receive(upload)
    except Refusal:
        refused += 1
    upload.file.close()
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(refused, own // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def test_at_least_sixty_hostile_files_are_refused_in_little_memory(tmp_path):
    """In a process of its own, so that the memory of other tests does not count; megabytes, own and of a child."""
    environment = {**os.environ, "CSX_MODE": "test", "CSX_VAR": str(tmp_path), "PYTHONPATH": str(settings.BASE_DIR),
                   "DJANGO_SETTINGS_MODULE": "coordination.settings"}  # fmt: skip
    command = [sys.executable, "-c", BATTERY, str(tmp_path / "hostile")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    refused, own, child = map(int, done.stdout.split())
    assert refused == len(HOSTILE) >= 60
    assert own <= 300
    assert child <= 400


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("旧文档.doc", "请另存为 docx"),
        ("照片.heic", "请转换为 jpg"),
        ("压缩.zip", "请解压后逐个上传"),
        ("程序.exe", str(EXPECTED)),
        ("程序改名.jpg", "不能作为 JPG 文件接收"),
        ("密码.pdf", "文件设有密码"),
        ("脚本.pdf", "宏、脚本或嵌入的程序"),
        ("尾随压缩包.jpg", "夹带了其他文件或脚本"),
        ("像素炸弹.png", "展开后过大"),
        ("压缩炸弹.docx", "展开后过大"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_is_expected(name, words):
    content = BAD[name]() if callable(BAD[name]) else BAD[name]
    with pytest.raises(Refusal, match=words):
        bring(name, content)


def test_pages_are_counted_where_a_file_can_tell():
    assert [bring(name, GOOD[name]).pages for name in ("文书.pdf", "照片.jpg", "录音.wav")] == [3, 1, None]


def test_an_empty_file_and_one_too_large_are_refused_by_size(settings):
    with pytest.raises(Refusal, match="空文件"):
        bring("空.pdf", b"")
    settings.MATERIAL_MAX_BYTES = 1000
    with pytest.raises(Refusal, match="超过单个文件上限 1000"):
        bring("大.pdf", pdf(60))
    assert on_the_shelf() == []


def test_an_upload_that_lies_about_its_size_is_stopped_while_it_is_read(settings):
    settings.MATERIAL_MAX_BYTES = 1000
    upload = SimpleUploadedFile("大.jpg", jpeg((640, 480)))
    upload.size = 10
    with pytest.raises(Refusal, match="超过单个文件上限"):
        receive(upload)
    assert on_the_shelf() == []


def test_every_accepted_ending_has_a_good_and_a_bad_example():
    tried = {name.rpartition(".")[2].lower() for name in GOOD}
    refused = {name.rpartition(".")[2].lower() for name in BAD}
    assert set(TYPES) <= tried
    assert set(TYPES) - refused <= {"jpeg", "mov", "m4a"}  # examined as jpg and mp4


def test_a_photograph_of_a_new_telephone_with_two_hundred_megapixels_is_too_large_to_be_shown(tmp_path, monkeypatch):
    monkeypatch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 100)
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg())
    with pytest.raises(Unfit, match="展开后过大"):
        check_jpeg(path)


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr("coordination.kernel.materials.fitness.pdf.SECONDS", 0.001)
    with pytest.raises(Refusal, match="展开后过大"):
        bring("慢.pdf", pdf())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\a\\照片.jpg", "照片.jpg"),
        ("照\u202e片\x00\n.jpg", "照片.jpg"),
        ('a<b>:"c"|?*.jpg', "a_b_c_.jpg"),
        ("...", "file"),
        ("", "file"),
        ("𬭚" * 300 + ".jpg", "𬭚" * 109 + ".jpg"),
        ("无扩展名", "无扩展名"),
    ],
)
def test_a_name_is_words_and_never_a_path(given, kept):
    assert clean_name(given) == kept


def scanner(path) -> str:
    return "EICAR" if b"EICAR" in path.read_bytes() else ""


def broken_scanner(path) -> str:
    raise ConnectionRefusedError


def test_the_installations_scanner_is_asked(settings):
    settings.MATERIAL_SCANNER = f"{__name__}.scanner"
    assert bring("照片.jpg", jpeg()).pages == 1
    with pytest.raises(Refusal, match="未通过病毒查杀"):
        bring("照片.jpg", fileworld.jpeg()[:2] + b"\xff\xfe\x00\x07EICAR" + fileworld.jpeg()[2:])


def test_a_scanner_that_fails_lets_nothing_through(settings):
    settings.MATERIAL_SCANNER = f"{__name__}.broken_scanner"
    with pytest.raises(Refusal, match="病毒查杀服务暂不可用"):
        bring("照片.jpg", jpeg())
    assert on_the_shelf() == []
