"""Adding, withdrawing, carrying and keeping materials."""

import hashlib
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from coordination.kernel import journal
from coordination.kernel.materials import (
    Material,
    MaterialAccess,
    Tick,
    carry,
    check_materials,
    record_access,
    shelf,
    store,
    verify_files,
    verify_materials,
    withdraw,
)
from coordination.kernel.verifier import Verifier
from coordination.kernel.words import Refusal
from tests.kernel.fileworld import jpeg, pdf
from tests.kernel.smallworld import MOMENT, small_world


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return small_world()


@pytest.fixture
def matter(world):
    return world.matter()


@pytest.fixture
def add(world, matter):
    def add(content: bytes = b"", name: str = "现场照片.jpg", kind: str = "photo", **more) -> Material:
        upload = SimpleUploadedFile(name, content or jpeg())
        return store(
            more.pop("to", matter), upload, kind=kind, actor=more.pop("actor", world.sender), moment=MOMENT, **more
        )

    return add


@pytest.mark.rules("NW-3.20")
def test_a_material_is_described_as_the_handover_sheet_asks(add, world, matter):
    content = pdf(4)
    material = add(content, "笔录.pdf", "evidence", title="现场检查笔录", reference="云检〔2026〕3号", copies=2,
                   original=False, remark="当事人拒签")  # fmt: skip
    material = Material.objects.get(pk=material.pk)
    assert (material.title, material.reference, material.copies, material.pages) == (
        "现场检查笔录",
        "云检〔2026〕3号",
        2,
        4,
    )
    assert (material.original, material.remark, material.organ) == (False, "当事人拒签", world.township)
    assert material.sha256 == hashlib.sha256(content).hexdigest()
    assert material.path.read_bytes() == content
    assert material.path == shelf.root() / material.sha256[:2] / material.sha256[2:4] / material.sha256


def test_adding_a_material_is_an_entry_of_the_journal(add, matter):
    material = add()
    (entry,) = journal.timeline(matter)
    assert material.added_entry == entry
    assert (entry.step, entry.before, entry.after) == ("add_material", "lead", "lead")
    assert ["SHA-256", material.sha256] in entry.words["facts"]
    assert not list(Verifier(journal.public_keys()).run(journal.records()))


def test_without_a_title_the_file_name_serves(add):
    assert add(name="../../渣土\u202e现场.jpg").title == "渣土现场"


def test_the_same_content_twice_is_one_file_and_two_materials(add):
    content = jpeg()
    first, second = add(content), add(content, name="另一张.jpg")
    assert first.path == second.path
    assert len([path for path in shelf.root().rglob("*") if path.is_file()]) == 1


def test_a_material_needs_a_known_kind(add):
    with pytest.raises(Refusal, match="请选择材料类别"):
        add(kind="secret")


def test_nothing_is_added_to_a_matter_that_is_over(world, add):
    over = world.matter("A9", closed_at=MOMENT)
    with pytest.raises(Refusal, match="已经办结"):
        add(to=over)


def test_a_matter_holds_only_so_much(add, settings):
    content = jpeg()
    settings.MATERIAL_MATTER_MAX_BYTES = int(len(content) * 1.5)
    add(content)
    with pytest.raises(Refusal, match="材料总量将超过"):
        add(content, name="第二张.jpg")


def test_a_full_disk_is_a_refusal_in_words_and_leaves_nothing(add, monkeypatch, matter):
    """/dev/full is the kernel's own full disk."""

    def on_a_full_disk(**where):
        path = where["dir"] / "tmpfull"
        path.touch()
        return os.open("/dev/full", os.O_WRONLY), str(path)

    monkeypatch.setattr("tempfile.mkstemp", on_a_full_disk)
    with pytest.raises(Refusal, match="存储空间不足") as refusal:
        add()
    assert refusal.value.code == "storage"
    assert not [path for path in shelf.root().rglob("*") if path.is_file()]
    assert not Material.objects.exists()
    assert journal.timeline(matter) == []


def test_a_disk_that_fills_at_the_last_moment_leaves_no_row(add, monkeypatch, matter):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(Refusal, match="存储空间不足"):
        add()
    assert not [path for path in shelf.root().rglob("*") if path.is_file()]
    assert not Material.objects.exists()


def test_another_fault_of_the_disk_is_loud(add, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("pathlib.Path.replace", broken)
    with pytest.raises(OSError, match="Input/output"):
        add()


@pytest.mark.parametrize(
    "column", ["sha256 = repeat('0', 64)", "size = 1", "mime = 'text/html'", "organ_id = organ_id + 1"]
)
def test_what_a_material_is_never_changes(add, column):
    add()
    with pytest.raises(DatabaseError, match="is refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE kernel_material SET {column}")


def test_a_material_added_in_error_is_withdrawn_and_stays(add, world, matter):
    material = add()
    withdraw(material, reason="误传其他案件的照片", actor=world.sender, moment=MOMENT)
    assert Material.objects.get(pk=material.pk).withdrawn
    assert not Material.objects.in_force().exists()
    assert journal.timeline(matter)[-1].words["facts"] == [["材料", "现场照片"], ["理由", "误传其他案件的照片"]]
    with pytest.raises(Refusal, match="已经撤回"):
        withdraw(material, reason="再次", actor=world.sender, moment=MOMENT)


def test_a_withdrawal_needs_a_reason_and_its_own_organ(add, world):
    material = add()
    with pytest.raises(Refusal, match="理由"):
        withdraw(material, reason="  ", actor=world.sender, moment=MOMENT)
    with pytest.raises(Refusal, match="请联系云中镇"):
        withdraw(material, reason="误传", actor=world.receiver, moment=MOMENT)


def test_what_the_other_side_has_ticked_is_not_withdrawn(add, world, matter):
    material = add()
    check_materials(matter, [Tick(material.pk, "ok")], actor=world.receiver, moment=MOMENT)
    with pytest.raises(Refusal, match="对方已核对"):
        withdraw(material, reason="误传", actor=world.sender, moment=MOMENT)


@pytest.mark.rules("NW-1.10")
def test_materials_go_along_into_another_matter_with_their_origin(add, world, matter):
    kept, gone = add(pages=2, remark="两页"), add(pdf(), "旧.pdf")
    withdraw(gone, reason="误传", actor=world.sender, moment=MOMENT)
    other = world.matter("A2")
    entry = world.write(other, "draft")
    carried = carry(Material.objects.filter(matter_id=matter.pk), other, world.sender, entry)
    (row,) = Material.objects.filter(matter_id=other.pk)
    assert carried == [row]
    assert (row.carried_from, row.sha256, row.remark, row.added_entry) == (kept, kept.sha256, "两页", entry)
    assert carry([], other, world.sender, entry) == []


def test_only_copies_of_restricted_matters_are_noted(add, world):
    open_one, restricted = add(), add(to=world.matter("A2", secrecy="restricted"))
    for material in (open_one, restricted):
        record_access(material, world.receiver.user, MOMENT)
    (access,) = MaterialAccess.objects.all()
    assert (access.material, access.user, access.at) == (restricted, world.receiver.user, MOMENT)


def test_every_file_is_read_again_and_its_faults_are_named(add, caplog):
    sound, damaged, missing = (add(pdf(n), f"{n}.pdf") for n in (1, 2, 3))
    assert verify_files().sound
    damaged.path.chmod(0o600)
    damaged.path.write_bytes(b"x" + damaged.path.read_bytes()[1:])
    missing.path.unlink()
    report = verify_files()
    assert (report.checked, report.damaged, report.missing) == (3, [damaged.sha256], [missing.sha256])
    assert sound.sha256 not in caplog.text
    verify_materials()
    assert caplog.text.count("materials missing") == 2


def test_a_damaged_file_is_mended_when_its_content_is_brought_again(add):
    content = jpeg()
    material = add(content)
    material.path.chmod(0o600)
    material.path.write_bytes(b"damaged")
    add(content, name="再次.jpg")
    assert verify_files().sound


def test_uploads_cut_short_by_a_crash_are_cleared_after_a_day(add):
    add()
    old, fresh = shelf.incoming() / "old", shelf.incoming() / "fresh"
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert verify_files().left_behind == 1
    assert not old.exists()
    assert fresh.exists()
