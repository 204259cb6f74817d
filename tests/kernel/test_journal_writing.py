"""Writing and reading the journal."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.utils.translation import gettext_lazy
from hypothesis import given as whatever
from hypothesis import strategies as st
from structlog.contextvars import bound_contextvars

from coordination.kernel import journal
from coordination.kernel.journal.writing import as_bytes, plain
from coordination.kernel.organs import SYSTEM, Actor
from coordination.kernel.steps.forms import readable
from coordination.kernel.verifier import GENESIS, Verifier, canonical, digest
from coordination.kernel.words import Refusal
from tests.county import at
from tests.kernel.smallworld import MOMENT, small_world


@pytest.fixture
def world(db):
    return small_world()


def faults() -> list[str]:
    return [str(fault) for fault in Verifier(journal.public_keys()).run(journal.records())]


def test_each_entry_takes_up_the_hash_of_the_one_before(world):
    matter = world.matter()
    first, second = world.write(matter), world.write(matter, "dissuade")
    assert (first.seq, first.prev_hash) == (1, GENESIS)
    assert (second.seq, second.prev_hash) == (2, first.hash)
    assert second.hash == digest("sm3", first.hash, second.body)
    assert not faults()


def test_each_matter_has_a_chain_of_its_own(world):
    entries = [world.write(world.matter(number)) for number in ("A1", "A2")]
    assert [entry.seq for entry in entries] == [1, 1]


def test_an_entry_costs_three_statements(world, django_assert_num_queries):
    matter = world.matter()
    world.write(matter)
    with django_assert_num_queries(3):
        world.write(matter)


def test_many_entries_cost_two_statements(world, django_assert_num_queries):
    rows = [{"matter_id": world.matter(f"A{n}").pk, "step": "rung.remind", "stage": "lead", "words": {"label": "提醒"},
             "organ_id": world.township.pk} for n in range(40)]  # fmt: skip
    journal.append_many(rows[:20], MOMENT)
    with django_assert_num_queries(2):
        entries = journal.append_many(rows + rows, MOMENT)
    assert [entry.matter_id for entry in entries] == [row["matter_id"] for row in rows + rows]
    assert [entry.seq for entry in entries][::20] == [2, 1, 3, 2]
    assert not faults()


def test_nothing_is_written_for_no_rows(world):
    assert journal.append_many([], MOMENT) == []


def test_the_system_signs_as_itself(world):
    entry = world.write(world.matter(), cause=None)
    (automatic,) = journal.append_many(
        [{"matter_id": entry.matter_id, "step": "rung.overdue", "stage": "lead", "words": {}, "cause_id": entry.pk}],
        MOMENT,
    )
    assert (automatic.actor, automatic.organ, automatic.cause) == (None, None, entry)
    assert automatic.words["who"] == SYSTEM.label


def test_an_act_recorded_for_another_organ_names_both(world):
    recorder = Actor(world.sender.user, world.sender.post, on_behalf_of=world.department)
    entry = journal.append(
        world.matter(), step="accept", before="a", after="b", actor=recorder, moment=MOMENT, words={}
    )
    assert (entry.organ, entry.on_behalf_of) == (world.township, world.department)
    assert not faults()


def test_no_name_and_no_word_stands_in_the_hashed_body(world):
    entry = world.write(world.matter())
    assert entry.words["who"] == "赵春雨（云中镇 执法人员）"
    assert all(name not in bytes(entry.body).decode() for name in ("赵春雨", "云中镇", "核实"))


def test_the_request_in_whose_course_it_was_written_is_kept(world):
    with bound_contextvars(request_id="0b5c"):
        assert world.write(world.matter()).request_id == "0b5c"


def test_two_entries_never_share_a_place_in_a_chain(world):
    entry = world.write(world.matter())
    entry.pk = None
    with pytest.raises(IntegrityError):
        entry.save(force_insert=True)


def test_the_timeline_is_one_query_with_its_words(world, django_assert_num_queries):
    matter = world.matter()
    first = world.write(matter)
    world.write(matter, "dissuade", cause=first)
    with django_assert_num_queries(1):
        told = [(e.seq, e.words["label"], e.cause and e.cause.step) for e in journal.timeline(matter)]
    assert told == [(1, "verify", None), (2, "dissuade", "verify")]


def test_the_last_words_tell_the_second_person_who_was_first(world):
    matter = world.matter()
    assert journal.last_words(matter) == {}
    world.write(matter, minutes=65)
    last = journal.last_words(matter)
    assert (last["who"], last["label"], f"{last['at']:%H:%M}") == ("赵春雨（云中镇 执法人员）", "verify", "10:05")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (date(2026, 9, 21), "2026-09-21"),
        (Decimal("12.50"), "12.50"),
        (1e22, 10**22),
        (0.1, 0.1),
        (-0.0, 0),
        ("渣\x00土\ud800𬭚", "渣土?𬭚"),
        (gettext_lazy("核实"), "核实"),
        ({1: ("a", None, True)}, {"1": ["a", None, True]}),
    ],
)
def test_words_come_back_from_the_database_as_they_were_committed(world, given, kept):
    entry = world.write(world.matter())
    entry = journal.append(entry.matter, step="x", before="", after="", actor=SYSTEM, moment=MOMENT, words={"v": given})
    again = journal.Entry.objects.get(pk=entry.pk)
    assert again.words["v"] == kept
    assert canonical(again.words) == canonical(plain(entry.words))
    assert not faults()


@pytest.mark.parametrize("odd", [object(), float("nan"), b"bytes"])
def test_what_is_no_words_is_refused(odd):
    with pytest.raises(TypeError, match="give words"):
        plain(odd)


def test_erased_words_are_gone_and_the_chain_still_verifies(world):
    matter = world.matter()
    entry, later = world.write(matter), world.write(matter)
    journal.seal(MOMENT)
    erasure = journal.erase_words(
        entry, reason="当事人要求，个人信息保护法第四十七条", actor=world.sender, moment=MOMENT
    )
    entry, later = journal.Entry.objects.get(pk=entry.pk), journal.Entry.objects.get(pk=later.pk)
    assert entry.erased
    assert not later.erased
    assert erasure.cause == entry
    assert erasure.words["facts"][0] == ["记录序号", 1]
    assert not faults()


def test_words_are_erased_once_and_never_without_a_reason(world):
    entry = world.write(world.matter())
    with pytest.raises(Refusal, match="理由"):
        journal.erase_words(entry, reason=" ", actor=world.sender, moment=MOMENT)
    journal.erase_words(entry, reason="法院裁定", actor=world.sender, moment=MOMENT)
    with pytest.raises(Refusal, match="已经删除"):
        journal.erase_words(entry, reason="法院裁定", actor=world.sender, moment=MOMENT)


def test_a_change_of_the_hash_algorithm_breaks_no_chain(world, settings):
    matter = world.matter()
    world.write(matter)
    settings.JOURNAL_HASH = "sha256"
    entry = world.write(matter)
    journal.seal(MOMENT)
    assert entry.hash == digest("sha256", entry.prev_hash, entry.body)
    assert not faults()


WORDS = st.text(st.characters(codec="utf-8"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
)


@whatever(JSON)
def test_the_quick_hand_writes_the_bytes_that_the_verifier_computes(value):
    assert as_bytes(value) == canonical(value)


def test_a_day_is_written_in_the_journal_as_a_moment_is():
    written = readable(date(2026, 11, 26)), readable(at("2026-11-26 17:30"))
    assert written == ("2026-11-26", "2026-11-26 17:30")
