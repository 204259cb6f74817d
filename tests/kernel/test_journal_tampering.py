"""Twelve kinds of tampering by one who owns the database: each is found; where nothing was done, nothing is found."""

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command
from django.db import connection, transaction

from coordination.kernel import journal, verifier
from coordination.kernel.journal import Checkpoint, Entry
from coordination.kernel.journal.entries import facts_of
from coordination.kernel.verifier import GENESIS, Verifier, canonical, digest
from tests.kernel.smallworld import MOMENT, World, small_world

TABLES = ("entry", "entrywords", "checkpoint", "checkpointleaf")


@pytest.fixture
def world(db) -> World:
    """Two matters of four entries, sealed by three checkpoints; two entries more that are not sealed yet."""
    world = small_world()
    matters = [world.matter("A1"), world.matter("A2")]
    for minute in range(3):
        for matter in matters:
            world.write(matter, minutes=minute)
        journal.seal(MOMENT)
    for matter in matters:
        world.write(matter, minutes=9)
    return world


def kinds(code: str = "", keys: list[str] | None = None) -> set[str]:
    """The kinds of faults that a whole verification finds."""
    return {fault.kind for fault in Verifier(keys or journal.public_keys(), code).run(journal.records())}


def as_owner(statement: str, *values) -> None:
    """What the owner of the tables can do once he has switched the guards off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE kernel_{table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        assert cursor.rowcount


def entry(number: int, matter: int = 1) -> Entry:
    return Entry.objects.select_related("readable", "leaf").get(matter__number=f"A{matter}", seq=number)


def rewrite(row: Entry, prev: bytes) -> bytes:
    """Give an entry the body, the previous hash and the hash that its columns ask for; the hash."""
    body = canonical({"v": 1, "hash": "sm3", **facts_of(row)})
    row.hash = digest("sm3", prev, body)
    as_owner("UPDATE kernel_entry SET body = %s, prev_hash = %s, hash = %s WHERE id = %s", body, prev, row.hash, row.pk)
    return row.hash


def recompute_chain(number: int = 1) -> None:
    prev = GENESIS
    for row in Entry.objects.filter(matter__number=f"A{number}").order_by("seq"):
        prev = rewrite(row, prev)


def delete(row: Entry) -> None:
    for table in ("entrywords", "checkpointleaf"):
        as_owner(f"DELETE FROM kernel_{table} WHERE entry_id = %s", row.pk)
    as_owner("DELETE FROM kernel_entry WHERE id = %s", row.pk)


def changed_body(world):
    """1. The stored bytes say something else."""
    body = bytes(entry(2).body).replace(b'"step":"verify"', b'"step":"archive"')
    as_owner("UPDATE kernel_entry SET body = %s WHERE id = %s", body, entry(2).pk)
    return {"hash", "facts"}


def changed_column(world):
    """1b. The bytes are left alone, the column that people see is not."""
    as_owner("UPDATE kernel_entry SET actor_id = %s WHERE id = %s", world.receiver.user.pk, entry(2).pk)
    return {"facts"}


def changed_words(world):
    """2. The readable words say something else."""
    as_owner('UPDATE kernel_entrywords SET words = words || \'{"label": "已劝阻"}\' WHERE entry_id = %s', entry(2).pk)
    return {"words"}


def changed_salt(world):
    """3. The salt is exchanged, so that no words can be proved any more."""
    as_owner("UPDATE kernel_entrywords SET salt = %s WHERE entry_id = %s", b"0" * 16, entry(4).pk)
    return {"words"}


def lost_words(world):
    """3b. Words are deleted without the entry that a lawful erasure writes."""
    as_owner("DELETE FROM kernel_entrywords WHERE entry_id = %s", entry(2).pk)
    return {"words_missing"}


def deleted_middle_entry(world):
    """4. An entry in the middle is gone."""
    delete(entry(2))
    return {"gap", "link", "root"}


def deleted_middle_entry_and_mended_chain(world):
    """4b. … and the rest of the chain is written anew."""
    delete(entry(2))
    as_owner("UPDATE kernel_entry SET seq = seq - 1 WHERE id = %s", entry(3).pk)
    as_owner("UPDATE kernel_entry SET seq = seq - 1 WHERE id = %s", entry(4).pk)
    recompute_chain()
    return {"root"}


def deleted_last_entry(world):
    """5. The last sealed entry is gone: the chain itself cannot know."""
    delete(entry(4))
    delete(entry(3))
    return {"root"}


def reordered(world):
    """6. Two entries of a matter change places."""
    first, second = entry(2).pk, entry(3).pk
    for place, row in ((99, first), (2, second), (3, first)):
        as_owner("UPDATE kernel_entry SET seq = %s WHERE id = %s", place, row)
    return {"link", "facts"}


def swapped_between_matters(world):
    """7. Entries of two matters change places."""
    mine, other = entry(2), entry(2, matter=2)
    as_owner("UPDATE kernel_entry SET seq = 99 WHERE id = %s", mine.pk)
    as_owner("UPDATE kernel_entry SET matter_id = %s WHERE id = %s", mine.matter_id, other.pk)
    as_owner("UPDATE kernel_entry SET matter_id = %s, seq = 2 WHERE id = %s", other.matter_id, mine.pk)
    return {"link", "facts"}


def inserted(world):
    """8. An entry that never was stands between two others."""
    for number in (4, 3):
        as_owner("UPDATE kernel_entry SET seq = seq + 1 WHERE id = %s", entry(number).pk)
    insert_at(3)
    return {"hash", "facts"}


def inserted_and_mended_chain(world):
    """8b. … and the rest of the chain is written anew."""
    for number in (4, 3):
        as_owner("UPDATE kernel_entry SET seq = seq + 1 WHERE id = %s", entry(number).pk)
    insert_at(3)
    recompute_chain()
    return {"root"}


def insert_at(number: int) -> None:
    copy = entry(2)
    as_owner(
        "INSERT INTO kernel_entry (matter_id, seq, step, before, after, at, request_id, body, commitment, prev_hash, "
        "hash) VALUES (%s, %s, 'tell', '', '', %s, '', %s, %s, %s, %s)",
        copy.matter_id, number, MOMENT, canonical({}), verifier.commit("sm3", b"s", {}), copy.hash, copy.hash,
    )  # fmt: skip
    as_owner("INSERT INTO kernel_entrywords (entry_id, salt, words) VALUES (%s, 's', '{}')", entry(number).pk)


def changed_and_recomputed_chain(world):
    """9. A step is changed and the whole chain of the matter is computed anew, perfectly."""
    as_owner("UPDATE kernel_entry SET at = at - interval '3 days' WHERE id = %s", entry(1).pk)
    recompute_chain()
    return {"root"}


def changed_root(world):
    """10. A checkpoint's root is exchanged for that of a forged chain."""
    changed_and_recomputed_chain(world)
    for checkpoint in Checkpoint.objects.order_by("number"):
        leaves = checkpoint.leaves.order_by("entry_id").values_list("entry_id", "entry__hash")
        root = verifier.merkle_root("sm3", [(leaf, bytes(hashed)) for leaf, hashed in leaves])
        as_owner("UPDATE kernel_checkpoint SET root = %s WHERE id = %s", root, checkpoint.pk)
    return {"checkpoint_hash"}


def deleted_checkpoint(world):
    """11. A checkpoint in the middle is gone, its entries wait to be sealed again."""
    second = Checkpoint.objects.get(number=2)
    as_owner("UPDATE kernel_checkpointleaf SET checkpoint_id = NULL WHERE checkpoint_id = %s", second.pk)
    as_owner("DELETE FROM kernel_checkpoint WHERE id = %s", second.pk)
    return {"checkpoint_link"}


def deleted_last_checkpoint(world):
    """11b. The last checkpoint is gone without a trace but on paper: the code in a document's footer."""
    code, last = journal.last_checkpoint_code(), Checkpoint.objects.get(number=3)
    as_owner("UPDATE kernel_checkpointleaf SET checkpoint_id = NULL WHERE checkpoint_id = %s", last.pk)
    as_owner("DELETE FROM kernel_checkpoint WHERE id = %s", last.pk)
    world.code = code
    return {"code"}


def checkpoint_row_made_away_with(world):
    """11c. Only the row is gone; the entries still say by which checkpoint they were sealed."""
    last = Checkpoint.objects.get(number=3)
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'kernel_checkpointleaf'::regclass "
                       "AND confrelid = 'kernel_checkpoint'::regclass")  # fmt: skip
        (name,) = cursor.fetchone()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE kernel_checkpointleaf DROP CONSTRAINT {name}")
    as_owner("DELETE FROM kernel_checkpoint WHERE id = %s", last.pk)
    return {"checkpoint_missing"}


def forged_signature(world):
    """12. A wholly forged chain with forged checkpoints, signed with a key of the forger's own."""
    changed_and_recomputed_chain(world)
    key, prev = Ed25519PrivateKey.generate(), GENESIS
    for checkpoint in Checkpoint.objects.order_by("number"):
        prev = forge(checkpoint, key, prev)
    return {"signature"}


def forge(checkpoint: Checkpoint, key: Ed25519PrivateKey, prev: bytes) -> bytes:
    leaves = checkpoint.leaves.order_by("entry_id").values_list("entry_id", "entry__hash")
    checkpoint.root = verifier.merkle_root("sm3", [(leaf, bytes(hashed)) for leaf, hashed in leaves])
    checkpoint.prev_hash = prev
    payload = canonical({"v": 1, "hash": "sm3", **journal.checkpoints.facts_of(checkpoint)})
    hashed = digest("sm3", payload)
    as_owner(
        "UPDATE kernel_checkpoint SET root = %s, prev_hash = %s, payload = %s, hash = %s, signature = %s, code = %s, "
        "key = %s WHERE id = %s",
        checkpoint.root, prev, payload, hashed, key.sign(hashed), verifier.short_code(checkpoint.number, hashed),
        verifier.fingerprint(key.public_key().public_bytes_raw().hex()), checkpoint.pk,
    )  # fmt: skip
    return hashed


TAMPERINGS: list[Callable[[World], set[str]]] = [
    changed_body, changed_column, changed_words, changed_salt, lost_words, deleted_middle_entry,
    deleted_middle_entry_and_mended_chain, deleted_last_entry, reordered, swapped_between_matters, inserted,
    inserted_and_mended_chain, changed_and_recomputed_chain, changed_root, deleted_checkpoint, deleted_last_checkpoint,
    checkpoint_row_made_away_with, forged_signature,
]  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_tampering_is_found_for_what_it_is(world, tamper):
    world.code = ""
    expected = tamper(world)
    assert kinds(world.code) == expected


def test_nothing_is_found_where_nothing_was_done(world):
    assert kinds(journal.last_checkpoint_code()) == set()


def test_a_former_signing_key_stays_valid_once_it_is_named(world, settings):
    former = journal.public_keys()[0]
    settings.JOURNAL_SIGNING_KEY = "another secret of enough entropy"
    journal.seal(MOMENT)
    assert kinds() == {"signature"}
    settings.JOURNAL_PUBLIC_KEYS = [former]
    assert kinds() == set()


def test_a_signature_moved_to_another_checkpoint_is_found(world):
    signature = bytes(Checkpoint.objects.get(number=1).signature)
    as_owner("UPDATE kernel_checkpoint SET signature = %s WHERE number = 2", signature)
    assert kinds() == {"signature"}


def test_one_matter_is_verified_by_itself_with_its_seals(world):
    matter = entry(1).matter_id
    assert [str(f) for f in Verifier(journal.public_keys()).run(journal.records(matter))] == []
    delete(entry(3))
    found = {fault.kind for fault in Verifier(journal.public_keys()).run(journal.records(matter))}
    assert found >= {"gap"}


@pytest.mark.django_db(transaction=True)
def test_writing_and_sealing_during_a_verification_raise_no_false_alarm(capsys):
    world = small_world()
    matters = [world.matter(f"A{n}") for n in range(3)]

    def write(number: int) -> None:
        for minute in range(25):
            with transaction.atomic():
                world.write(matters[number], minutes=minute)
            journal.seal(MOMENT)
        connection.close()

    with ThreadPoolExecutor(3) as pool:
        writers = [pool.submit(write, number) for number in range(3)]
        rounds = 0
        while rounds < 5 or not all(writer.done() for writer in writers):
            call_command("verify_journal", "--json")
            rounds += 1
    assert all(json.loads(line)["faults"] == 0 for line in capsys.readouterr().out.splitlines())
    assert rounds >= 5


def test_the_command_tells_each_fault_in_words_and_ends_with_one(world, capsys):
    call_command("verify_journal")
    assert "问题 0 个" in capsys.readouterr().out
    changed_words(world)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_journal")
    assert ended.value.code == 1
    matter = entry(2).matter_id
    assert f"事项 {matter} 第 2 条：可读内容或其随机数被改动" in capsys.readouterr().out


def test_the_json_report_counts_and_lists(world, capsys):
    delete(entry(4))
    delete(entry(3))
    with pytest.raises(SystemExit):
        call_command("verify_journal", "--json")
    report = json.loads(capsys.readouterr().out)
    assert (report["matters"], report["entries"], report["checkpoints"], report["unsealed"]) == (2, 6, 3, 1)
    assert report["list"] == [{"kind": "root", "where": "检查点 3", "words": "检查点 3：封存的记录有增减或改动"}]


@pytest.fixture
def export(world, tmp_path) -> Path:
    path = tmp_path / "journal.jsonl"
    call_command("verify_journal", "--export", str(path), "--json")
    return path


def alone(*arguments: str) -> subprocess.CompletedProcess:
    """The verifier as an auditor runs it: from its own file, without the product."""
    command = [sys.executable, "-I", verifier.__file__, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_export_is_verified_without_the_product(export):
    assert export.stat().st_mode & 0o777 == 0o600
    code, key = journal.last_checkpoint_code(), journal.public_keys()[0]
    done = alone(str(export), "--key", key, "--code", code)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["entries"] == 8
    assert "django" not in Path(verifier.__file__).read_text().replace("Django", "").lower()


def test_the_verifier_runs_by_its_plain_path_beside_modules_that_bear_standard_names(export):
    done = subprocess.run(
        [sys.executable, verifier.__file__, str(export)], capture_output=True, text=True, check=False, cwd="/"
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda text: text.replace('\\"step\\":\\"verify\\"', '\\"step\\":\\"decide\\"', 1), "内容与摘要不符"),
        (lambda text: "".join(text.splitlines(keepends=True)[:2] + text.splitlines(keepends=True)[3:]), "缺少或插入"),
        (lambda text: text.replace("{", "[", 1), "格式无法识别"),
        (lambda text: text + '{"is": "entry", "matter": 1}\n', "格式无法识别"),
        (lambda text: text + '{"is": "unheard-of"}\n', "格式无法识别"),
    ],
)
def test_an_export_that_was_changed_is_found_out(export, change, kind):
    export.write_text(change(export.read_text()))
    done = alone(str(export), "--key", journal.public_keys()[0])
    assert done.returncode == 1
    assert kind in done.stdout


def test_an_export_signed_by_another_key_than_the_known_one_is_found_out(export):
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    done = alone(str(export), "--key", other)
    assert done.returncode == 1
    assert "不是由已知密钥签署" in done.stdout


def test_a_code_that_no_checkpoint_bears_is_found_out(export):
    assert "找不到对应的检查点" in alone(str(export), "--code", "3-00000000").stdout
