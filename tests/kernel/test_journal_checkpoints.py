"""Sealing: nothing overlooked, nothing twice, whoever seals and in whatever order entries are committed."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from coordination.kernel import journal
from coordination.kernel.journal import Checkpoint, CheckpointLeaf, checkpoints
from coordination.kernel.verifier import GENESIS, Verifier, digest, merkle_root, short_code
from tests.kernel.smallworld import MOMENT, small_world


@pytest.fixture
def world(db):
    return small_world()


def verified() -> tuple[list[str], Verifier]:
    verifier = Verifier(journal.public_keys())
    return [str(fault) for fault in verifier.run(journal.records())], verifier


def test_a_checkpoint_seals_what_is_new_and_takes_up_the_one_before(world):
    matter = world.matter()
    entries = [world.write(matter) for _n in range(3)]
    (first,) = journal.seal(MOMENT)
    assert (first.number, first.prev_hash, first.count) == (1, GENESIS, 3)
    assert (first.first, first.last) == (entries[0].pk, entries[2].pk)
    world.write(matter)
    (second,) = journal.seal(MOMENT)
    assert (second.number, second.prev_hash, second.count) == (2, first.hash, 1)
    assert journal.seal(MOMENT) == []


def test_the_footer_code_is_that_of_the_last_checkpoint(world, django_assert_num_queries):
    assert journal.last_checkpoint_code() == ""
    world.write(world.matter())
    (checkpoint,) = journal.seal(MOMENT)
    with django_assert_num_queries(1):
        code = journal.last_checkpoint_code()
    assert code == checkpoint.code == short_code(1, checkpoint.hash)
    assert len(code) == len("1-") + 8


def test_a_great_many_entries_are_sealed_in_batches(world, monkeypatch):
    monkeypatch.setattr(checkpoints, "BATCH", 4)
    matter = world.matter()
    for minute in range(10):
        world.write(matter, minutes=minute)
    assert [checkpoint.count for checkpoint in journal.seal(MOMENT)] == [4, 4, 2]
    faults, verifier = verified()
    assert not faults
    assert (verifier.counts.checkpoints, verifier.counts.unsealed) == (3, 0)


def test_sealing_costs_the_same_however_much_there_is(world, django_assert_num_queries):
    matter = world.matter()
    for minute in range(30):
        world.write(matter, minutes=minute)
    with django_assert_num_queries(
        11
    ):  # lock, read, last, insert, update, lock, read; and the savepoints of two rounds
        journal.seal(MOMENT)


def test_a_merkle_root_tells_a_leaf_from_a_node_and_an_odd_leaf_from_a_pair():
    leaves = [(number, digest("sm3", bytes([number]))) for number in range(1, 6)]
    roots = {merkle_root("sm3", leaves[:count]) for count in range(1, 6)}
    assert len(roots) == 5
    assert merkle_root("sm3", [leaves[1], leaves[0]]) != merkle_root("sm3", leaves[:2])
    assert merkle_root("sm3", [*leaves[:3], leaves[2]]) != merkle_root("sm3", leaves[:3])


@pytest.mark.django_db(transaction=True)
def test_an_entry_committed_late_is_sealed_by_the_next_checkpoint():
    """Ids are given when an entry is written, and seen when it is committed: not in the same order."""
    world = small_world()
    early, late = world.matter("A1"), world.matter("A2")
    written, sealed = threading.Event(), threading.Event()

    def slowly() -> int:
        with transaction.atomic():
            entry = world.write(late)
            written.set()
            sealed.wait(10)
        connection.close()
        return entry.pk

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(slowly)
        written.wait(10)
        entry = world.write(early)
        (first,) = journal.seal(MOMENT)
        sealed.set()
        slow = waiting.result()
    (second,) = journal.seal(MOMENT)
    assert slow < entry.pk == first.last
    assert (second.first, second.last) == (slow, slow)
    assert verified()[0] == []


@pytest.mark.django_db(transaction=True)
def test_many_sealers_and_writers_at_once_leave_one_chain():
    world = small_world()
    matters = [world.matter(f"A{n}") for n in range(4)]

    def work(number: int) -> None:
        for minute in range(15):
            with transaction.atomic():
                world.write(matters[number], minutes=minute)
            journal.seal(MOMENT)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    journal.seal(MOMENT)
    faults, verifier = verified()
    assert faults == []
    assert (verifier.counts.entries, verifier.counts.unsealed) == (60, 0)
    assert sum(Checkpoint.objects.values_list("count", flat=True)) == CheckpointLeaf.objects.count() == 60


@pytest.mark.django_db(transaction=True)
def test_the_minutely_task_seals():
    world = small_world()
    world.write(world.matter())
    journal.seal_journal()
    assert Checkpoint.objects.get().count == 1
