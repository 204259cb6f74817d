"""A complaint between the organs that tests/everyone.py settles, and complaints with canaries for the access walk."""

from collections.abc import Iterator

from django.urls import reverse

from complaints.models import Complaint, ComplaintItem
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.matters import Matter, Participation
from tests.complaints.tale import ComplaintStory
from tests.county import organ
from tests.door import Door, To, Try, of_matters, plain
from tests.planted import Planted

#: What somebody types into the form is compared with: nothing of a complaint that one may not see comes back.
LIKE = "?title=ZQ&place_text=ZQ&subject_name=ZQ"


def matters_to_try() -> dict[str, Matter]:
    """A complaint that has been passed on, its sides in four organs: nobody of them is off the platform for the test
    of who may, so that the recorder is put in by hand."""
    told = ComplaintStory()
    told.item = 44
    complaint = told.passed_on(told.verifying("zhujian.officer1"), "zhujian.officer1")
    marks = ["pass_on:passed_on", "pass_on:taken", "pass_on:told:owed"]
    sides = {"asked": organ("yangfangkou"), "recorder": organ("gongan"), "tellers": [organ("yangfangkou").pk]}
    Complaint.objects.filter(pk=complaint.pk).update(receivers=[organ("shengtai").pk], marks=marks, **sides)
    ComplaintItem.objects.filter(complaint=complaint).update(competent=organ("shengtai"))
    let_in = {"kind": complaint.KIND, "side": "receivers", "since": complaint.opened_at}
    Participation.objects.create(matter=complaint, organ=organ("shengtai"), **let_in)
    return {"complaints": Complaint.objects.get(pk=complaint.pk)}


def words_of(planted: Planted, name: str) -> dict:
    """The facts of a complaint, each a canary; those of the complainant no answer may bear, whoever asks."""
    told = {what: planted.word(name, what) for what in ("title", "subject_name", "place_text", "reported")}
    return told | {f"sealed_{what}": sealed(planted, name, what) for what in ("name", "phone", "address", "number")}


def sealed(planted: Planted, name: str, what: str) -> str:
    token = f"ZQ{name.upper()}SEALED{what.upper()}"
    planted.canaries[token] = set()
    return token


def plant(planted: Planted) -> None:
    """A township's own; one against the department that guides its item; one against the justice bureau, which watches
    over the county; and the lead that came out of a complaint, hidden from the same."""
    told = ComplaintStory()
    complaint = told.complaint(**words_of(planted, "complaint"), item=None)
    planted.add("complaint", told.take(complaint, "accept", told.officer, words=planted.word("complaint", "words")))
    planted.seen_by["complaint"] = {"ningwu.yangfangkou"}
    _against_the_guide(planted, told)
    _against_the_overseer(planted, told)


def _against_the_guide(planted: Planted, told: ComplaintStory) -> None:
    """fagai guides item 53 and sees every matter under it, but not what accuses it, nor the case that comes of it."""
    who = planted.word("accusing", "who")
    complaint = told.complaint(**words_of(planted, "accusing"), accused=organ("fagai"), accused_words=who)
    complaint = told.take(complaint, "accept", told.officer)
    complaint = told.transferred(complaint, words=planted.word("accusing", "verified"))
    planted.add("accusing", complaint)
    planted.seen_by["accusing"] = {"ningwu.yangfangkou"}
    planted.add("accusing_case", told.item_of(complaint).case)
    planted.seen_by["accusing_case"] = {"ningwu.yangfangkou"}
    for word, names in planted.canaries.items():
        if "accusing" in names and word not in (complaint.number,):
            names.add("accusing_case")


def _against_the_overseer(planted: Planted, told: ComplaintStory) -> None:
    """Made at the window of the justice bureau and against it: the government has it, the bureau sees nothing."""
    facts = words_of(planted, "overseer") | {"accused": organ("sifa"), "item": None}
    complaint = told.complaint("sifa.registry", **facts)
    planted.add("overseer", complaint)
    planted.seen_by["overseer"] = {"ningwu.xianfu"}
    planted.hidden["overseer"] = "ningwu.sifa"
    planted.hidden["accusing"] = planted.hidden["accusing_case"] = "ningwu.fagai"


def copies(planted: Planted) -> Iterator[Try]:
    """Copies for service: of a paper of a complaint, and of one that is none of it."""
    for short, matter in planted.matters.items():
        paper = IssuedDocument.objects.filter(matter=matter).first()
        yield Try(reverse("complaints-service", args=[matter.number, paper.pk if paper else 0]), short)


#: A matter that is no complaint has no complainant (404); one who sees it without handling it is told whom to ask.
LOOKED_UP = frozenset({200, 403, 404})
#: What nobody may meet as the one thing to do.
OFF_THE_ROAD: dict[str, set[str]] = {
    "complaints": {"decline", "return_assigned"},
}
DOORS = {
    "complaints-similar": Door(To.READER, plain("complaints-similar", LIKE)),
    "complaints-identity": Door(To.SEER, of_matters("complaints-identity"), posts=True, answers=LOOKED_UP),
    "complaints-service": Door(To.SEER, copies, answers=LOOKED_UP),
}
