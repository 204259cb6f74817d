"""The handover sheet's lines, ticked by both sides, and the review of evidence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coordination.kernel import journal
from coordination.kernel.materials import (
    EvidenceReview,
    MaterialCheck,
    Tick,
    check_materials,
    record_reviews,
    sheet,
    store,
    usable,
    withdraw,
)
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
def materials(world, matter):
    files = (
        ("检查记录.pdf", pdf(2), "source_material"),
        ("现场照片.jpg", jpeg(), "photo"),
        ("移送函.pdf", pdf(1), "letter"),
    )
    return [
        store(matter, SimpleUploadedFile(name, content), kind=kind, actor=world.sender, moment=MOMENT)
        for name, content, kind in files
    ]


@pytest.mark.rules("NW-3.20", "NW-3.21")
def test_both_sides_tick_every_line_and_differences_are_recorded(world, matter, materials):
    ids = [material.pk for material in materials]
    check_materials(matter, [Tick(pk, "ok") for pk in ids], actor=world.sender, moment=MOMENT)
    theirs = [Tick(ids[0], "different", "实为 3 页"), Tick(ids[1], "missing", "未附"), Tick(ids[2], "ok")]
    entry = check_materials(matter, theirs, actor=world.receiver, moment=MOMENT)
    lines = sheet(matter)
    assert [line.material for line in lines] == materials
    assert all(line.ticked_by(world.township.pk) and line.ticked_by(world.department.pk) for line in lines)
    assert [line.differs() for line in lines] == [True, True, False]
    assert entry.words["facts"] == [["检查记录", "不符：实为 3 页"], ["现场照片", "缺少：未附"], ["移送函", "相符"]]


def test_a_line_that_one_side_has_not_ticked_is_open(world, matter, materials):
    check_materials(matter, [Tick(materials[0].pk, "ok")], actor=world.sender, moment=MOMENT)
    ticked = [line.ticked_by(world.township.pk) for line in sheet(matter)]
    assert ticked == [True, False, False]
    assert not any(line.ticked_by(world.department.pk) for line in sheet(matter))


def test_the_last_tick_counts_and_the_earlier_ones_stay(world, matter, materials):
    pk = materials[0].pk
    check_materials(matter, [Tick(pk, "missing", "未附")], actor=world.receiver, moment=MOMENT)
    check_materials(matter, [Tick(pk, "ok")], actor=world.receiver, moment=MOMENT)
    assert sheet(matter)[0].checks[world.department.pk].outcome == "ok"
    assert MaterialCheck.objects.filter(material=pk).count() == 2


@pytest.mark.parametrize("outcome", ["different", "missing"])
def test_a_difference_needs_words(world, matter, materials, outcome):
    with pytest.raises(Refusal, match="请说明“检查记录”") as refusal:
        check_materials(matter, [Tick(materials[0].pk, outcome, " ")], actor=world.receiver, moment=MOMENT)
    assert refusal.value.field == f"material-{materials[0].pk}"
    assert not MaterialCheck.objects.exists()


def test_an_unknown_outcome_and_an_empty_list_are_refused(world, matter, materials):
    with pytest.raises(Refusal, match="核对结果"):
        check_materials(matter, [Tick(materials[0].pk, "perhaps")], actor=world.receiver, moment=MOMENT)
    with pytest.raises(Refusal, match="至少选择一份"):
        check_materials(matter, [], actor=world.receiver, moment=MOMENT)


def test_a_list_that_has_changed_meanwhile_is_refused(world, matter, materials):
    withdraw(materials[0], reason="误传", actor=world.sender, moment=MOMENT)
    with pytest.raises(Refusal, match="已有变化"):
        check_materials(matter, [Tick(materials[0].pk, "ok")], actor=world.receiver, moment=MOMENT)
    assert [line.material for line in sheet(matter)] == materials[1:]
    assert [line.material for line in sheet(matter, withdrawn=True)] == materials


def test_the_materials_of_another_matter_are_out_of_reach(world, materials):
    other = world.matter("A2")
    with pytest.raises(Refusal, match="已有变化"):
        check_materials(other, [Tick(materials[0].pk, "ok")], actor=world.receiver, moment=MOMENT)


def test_nothing_is_ticked_on_a_matter_that_is_over(world, matter, materials):
    type(matter).objects.filter(pk=matter.pk).update(closed_at=MOMENT)
    with pytest.raises(Refusal, match="已经办结"):
        check_materials(matter, [Tick(materials[0].pk, "ok")], actor=world.receiver, moment=MOMENT)


@pytest.mark.rules("NW-1.21")
def test_only_evidence_that_passed_the_receivers_review_may_be_used(world, matter, materials):
    record, photo, _letter = materials
    ticks = [Tick(record.pk, "ok"), Tick(photo.pk, "failed", "没有拍摄时间和见证人")]
    entry = record_reviews(matter, ticks, actor=world.receiver, moment=MOMENT)
    assert usable(matter, world.department.pk) == [record]
    assert usable(matter, world.township.pk) == []
    assert entry.words["facts"] == [["检查记录", "符合要求"], ["现场照片", "不符合要求：没有拍摄时间和见证人"]]
    record_reviews(matter, [Tick(photo.pk, "ok", "已补充")], actor=world.receiver, moment=MOMENT)
    assert usable(matter, world.department.pk) == [record, photo]
    assert EvidenceReview.objects.count() == 3


@pytest.mark.rules("NW-1.21")
def test_nobody_reviews_his_own_evidence(world, matter, materials):
    with pytest.raises(Refusal, match="由接收方审查"):
        record_reviews(matter, [Tick(materials[0].pk, "ok")], actor=world.sender, moment=MOMENT)
    lines = sheet(matter)
    assert [line.reviewable_by(world.department.pk) for line in lines] == [True, True, False]
    assert not any(line.reviewable_by(world.township.pk) for line in lines)


def test_a_refusal_of_evidence_needs_words_and_a_finding(world, matter, materials):
    with pytest.raises(Refusal, match="请说明"):
        record_reviews(matter, [Tick(materials[0].pk, "failed")], actor=world.receiver, moment=MOMENT)
    with pytest.raises(Refusal, match="审查结果"):
        record_reviews(matter, [Tick(materials[0].pk, "different", "x")], actor=world.receiver, moment=MOMENT)


def test_ticks_and_findings_are_entries_of_the_journal(world, matter, materials):
    check_materials(matter, [Tick(materials[0].pk, "ok")], actor=world.receiver, moment=MOMENT)
    record_reviews(matter, [Tick(materials[0].pk, "ok")], actor=world.receiver, moment=MOMENT)
    assert [entry.step for entry in journal.timeline(matter)][-2:] == ["check_materials", "review_evidence"]


def test_the_sheet_costs_three_queries_however_long_it_is(world, matter, materials, django_assert_num_queries):
    ids = [material.pk for material in materials]
    check_materials(matter, [Tick(pk, "ok") for pk in ids], actor=world.sender, moment=MOMENT)
    with django_assert_num_queries(3):
        assert [str(line.checks[world.township.pk].organ) for line in sheet(matter)] == ["云中镇"] * 3
