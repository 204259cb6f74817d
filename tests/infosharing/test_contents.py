"""What a record of each class must say: the facts that the documents list, and nobody's identity."""

from datetime import date

import pytest

from coordination.kernel.steps import begin
from coordination.kernel.words import Refusal
from infosharing.contents import CONTENTS
from infosharing.models import SharedRecord
from tests.county import at, organ, person
from tests.infosharing.tale import FACTS

LISTED = {
    "penalty": {"party", "filed_on", "decided_on", "content", "document_number"},
    "coercion": {"party", "happened_at", "content", "document_number"},
    "inspection": {"content", "happened_at", "where"},
}


def refused(call, *args, **facts) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **facts)
    return caught.value


@pytest.mark.rules("NW-4.15", "NW-4.16", "NW-4.17")
@pytest.mark.parametrize("content_class", LISTED)
def test_the_facts_that_the_document_lists_are_asked_for_one_by_one(sharing, content_class):
    for name in LISTED[content_class]:
        refusal = refused(sharing.formed, content_class, **{name: None})
        assert (refusal.field, refusal.code) == (name, "missing")
    assert sharing.formed(content_class).version_now.facts.keys() >= LISTED[content_class]


@pytest.mark.rules("NW-3.9", "NW-3.37", "NW-3.38", "NW-3.39", "NW-3.40", "NW-3.41", "NW-3.42", "NW-3.43", "NW-3.44")
@pytest.mark.rules("NW-3.1", "NW-4.18", "NW-4.19", "NW-4.20", "NW-4.21", "LX-7.1", "LX-7.2")
@pytest.mark.rules("JH-4.2", "JH-4.3", "JH-4.4", "JH-4.5", "JH-4.6", "JH-4.7", "JH-4.8", "JH-4.9", "JH-4.1")
@pytest.mark.rules("QX-6.2", "QX-6.3", "QX-6.4", "QX-6.5", "QX-6.6", "QX-6.7", "QX-6.8", "QX-6.9", "QX-6.1")
@pytest.mark.rules("YY-1.3", "YY-1.4", "YY-1.5", "YY-1.6", "YY-1.7", "YY-1.8", "YY-1.9", "YY-1.10")
@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.key)
def test_every_class_is_recorded_with_its_own_facts_and_no_others(sharing, content):
    record = sharing.formed(content.key)
    assert record.version_now.facts.keys() <= {fact.name for fact in content.facts}
    assert {fact.name for fact in content.facts if fact.required} <= record.version_now.facts.keys()
    assert record.title.startswith(str(content.title))


@pytest.mark.rules("NW-3.43", "NW-4.20", "YY-1.9")
def test_who_complained_is_not_shared(sharing):
    for words in ("投诉人电话13835001234", "身份证14092519800101123X"):
        for name in ("content", "handling", "title", "purpose", "scope"):
            assert refused(sharing.formed, "complaints", **{name: words}).field == name


@pytest.mark.rules("NW-3.43", "NW-4.20", "YY-1.9")
def test_nor_is_he_named_where_the_record_is_shared_corrected_or_asked_about(sharing):
    number = "投诉人电话13835001234"
    record = sharing.reviewed(content_class="complaints")
    assert refused(sharing.shared, record, scope=number).field == "scope"
    record = sharing.shared(record)
    assert refused(sharing.corrected, record, reason=number).field == "reason"
    secret = sharing.reviewed(content_class="complaints", secret="privacy")
    assert refused(sharing.asked, secret, purpose=number).field == "purpose"


@pytest.mark.rules("NW-4.15", "NW-4.33")
def test_no_case_is_decided_before_it_is_filed_and_nothing_happens_tomorrow(sharing):
    tomorrow = date(2026, 9, 22)
    for name in ("filed_on", "decided_on"):
        assert refused(sharing.formed, "penalty", **{name: tomorrow}).field == name
    assert (
        refused(sharing.formed, "penalty", filed_on=date(2026, 9, 21), decided_on=date(2026, 9, 20)).field == "filed_on"
    )
    assert sharing.formed("penalty", filed_on=date(2026, 9, 21), decided_on=date(2026, 9, 21))
    record = sharing.shared()
    assert refused(sharing.corrected, record, decided_on=tomorrow).field == "decided_on"


@pytest.mark.rules("NW-4.16", "NW-4.17", "NW-4.33")
@pytest.mark.parametrize("content_class", ["coercion", "inspection", "dynamic", "off_catalogue"])
def test_what_has_yet_to_happen_is_not_told_as_a_fact(sharing, content_class):
    assert refused(sharing.formed, content_class, happened_at=at("2026-09-21 10:00")).field == "happened_at"


def test_a_law_may_come_into_force_later(sharing):
    assert sharing.formed("basis_change", effective_on=date(2027, 1, 1))


@pytest.mark.rules("YY-1.13", "NW-3.39", "LX-7.2")
def test_a_decided_case_is_shared_without_typing_anything_twice(sharing):
    sharing.item, sharing.receiver = 44, sharing.officer
    case = sharing.case()
    case = sharing.take(case, "verify", sharing.officer, words="核实")
    case = sharing.take(case, "file_case", sharing.officer, words="符合立案条件")
    case = sharing.decided(case, "yangfangkou.legal")
    assert SharedRecord.may_open_from(case, person(sharing.officer))
    known = SharedRecord.first_initial(case, at("2026-09-21 09:00"))
    assert (known["party"], known["document_number"]) == ("宁武县黑岭洗选有限公司", "宁环罚〔2026〕1号")
    assert known["decided_on"] == date(2026, 9, 21)
    record = begin(SharedRecord, "record", person(sharing.officer), **known, recipients=[organ("shengtai")])
    assert record.version_now.facts["content"] == "罚款二万元"
    again = refused(begin, SharedRecord, "record", person(sharing.officer), **known, recipients=[organ("shengtai")])
    assert record.number in again.message


@pytest.mark.rules("NW-4.13")
def test_only_the_organ_that_handles_a_case_shares_it(sharing):
    case = sharing.case()
    refusal = refused(begin, SharedRecord, "record", person("shengtai.officer1"), **(shared_facts() | {"case": case}))
    assert refusal.field == "case"


def shared_facts() -> dict:
    return FACTS | {"content_class": "penalty", "secret": "none", "formed_at": at("2026-09-21 08:30"), "recipients": []}
