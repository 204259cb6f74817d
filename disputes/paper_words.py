"""What the words of a dispute's documents draw on."""

from datetime import date, datetime

from cases.documents import contact
from coordination.kernel.documents import Occasion
from coordination.kernel.materials import Material, MaterialKind
from disputes.course import course_of
from disputes.words import Act

#: What minutes of each act are called.
MEETINGS = {Act.MEDIATE: "调解", Act.COORDINATE: "协调"}


def sides(occasion: Occasion) -> dict:
    """Both organs, what they disagree about, and who acts meanwhile: every document names these."""
    dispute = occasion.matter
    return {
        "dispute": dispute,
        "applicant": dispute.applicant,
        "respondent": dispute.respondent,
        "body": dispute.body,
        "kind_words": dispute.get_kind_of_display(),
        "lower": dispute.about,
        "keeper": dispute.keeper,
        "basis_words": basis_words(dispute.ladder[dispute.rung]),
        "asking": dispute.asking,
        "taken_up": dispute.taken_up_from is not None,
        "tried": "、".join(str(Act(rung["act"]).label) for rung in dispute.ladder[: dispute.rung]) or "协商",
    }


def basis_words(rung: dict) -> str:
    """《案件移送制度》四（十）, as it stands in a sentence; nothing for a local arrangement, which is no rule."""
    law, _space, place = rung["basis"].partition(" ")
    return "" if rung["nature"] == "local" else f"《{law}》{place}"


def application(occasion: Occasion) -> dict:
    """From the side that asks, with its own request and reasons, to the body of the rung; and what has been tried."""
    dispute, facts = occasion.matter, occasion.facts
    asking = occasion.organ
    talks, asked = course_of(dispute)
    rung = dispute.rung if dispute.stage == "applied" else dispute.rung + 1
    return (
        sides(occasion)
        | contact(occasion)
        | {
            "began": dispute.applicant,
            "asking": asking,
            "applicant": asking,
            "respondent": dispute.respondent if asking == dispute.applicant else dispute.applicant,
            "receiver": dispute.asked,
            "basis_words": basis_words(dispute.ladder[rung]),
            "first_words": dispute.talks,
            "talks": talks,
            "asked": asked,
            "course": "" if "dispute_facts" in facts else facts.get("talks"),
            "proposal": dispute.outcome_words(facts.get("outcome", ""), facts.get("designated")),
            "request": facts.get("request"),
            "basis": facts.get("basis"),
            "attachments": [one.title for one in _materials(occasion)],
        }
    )


def minutes(occasion: Occasion) -> dict:
    """Of the talks, or of the mediation: signed by both sides, one after the other."""
    dispute = occasion.matter
    return sides(occasion) | {
        "meeting": MEETINGS.get(dispute.rung_act, "协商"),
        "held_at": _moment(dispute.proposal.get("at")),
        "place": dispute.proposal.get("place"),
        "attending": [dispute.proposal.get("participants")],
        "finding": dispute.proposal.get("finding"),
        "agreed": dispute.result(),
        "competent": dispute.organ_of(dispute.outcome, dispute.designated),
        "words": dispute.result_words,
        "signer": occasion.facts.get("signer"),
    }


def recommendation(occasion: Occasion) -> dict:
    """To both sides; who does not accept says so by the day, and the next rung is open."""
    dispute = occasion.matter
    return sides(occasion) | {
        "finding": occasion.facts.get("finding"),
        "words": occasion.facts.get("words"),
        "proposal": dispute.outcome_words(occasion.facts["outcome"], occasion.facts.get("designated")),
        "reply_by": _day(occasion.facts.get("reply_by")),
        "statements": _statements(dispute),
    }


def decision(occasion: Occasion) -> dict:
    """In the name of the organ that has the power: who is competent, how the matter is handed over."""
    dispute = occasion.matter
    return sides(occasion) | {
        "finding": dispute.proposal.get("finding"),
        "words": dispute.result_words or dispute.proposed_words,
        "competent": dispute.organ_of(dispute.proposed_outcome, dispute.proposed_organ),
        "third": dispute.proposed_organ,
        "result": dispute.outcome_words(dispute.proposed_outcome, dispute.proposed_organ),
        "statements": _statements(dispute),
    }


def _statements(dispute) -> list[tuple[str, str]]:
    written = dispute.statements.filter(rung=dispute.rung).select_related("organ", "designated").order_by("at")
    return [(one.organ.name, dispute.outcome_words(one.outcome, one.designated)) for one in written]


def _materials(occasion: Occasion) -> list[Material]:
    here = Material.objects.in_force().filter(matter_id=occasion.matter.pk)
    return list(here.exclude(kind=MaterialKind.SCAN))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(day) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day
