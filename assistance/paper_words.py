"""What the words of the documents of an assistance request draw on: the matter, its materials, the step's facts."""

from assistance.words import KindOf, RefusalGround, by_number, lines
from cases.documents import contact
from coordination.kernel.documents import Occasion
from coordination.kernel.materials import Material

#: The opinion paper that is uploaded with the answer itself.
UPLOADED, OPINION = "opinion_paper_upload", "签字盖章的意见书（1份）"
#: What is asked for, inside a sentence.
ASKED = {
    KindOf.TECHNICAL: "作技术认定",
    KindOf.ARCHIVES: "查阅复制档案",
    KindOf.INFORMATION: "提供资料",
    KindOf.ON_SITE: "派员现场处置",
    KindOf.PERSONNEL: "指派人员配合",
    KindOf.OTHER: "办理",
}


def asked(matter) -> str:
    """鉴定, 检验, 检测, 认定 go by their own names."""
    return matter.get_technique_display() or ASKED[KindOf(matter.kind_of)]


def sides(occasion: Occasion) -> dict:
    """Both organs and the case; who writes to whom."""
    matter = occasion.matter
    return {
        "case": matter,
        "asked": asked(matter),
        "asker": matter.asker,
        "helper": matter.helper,
        "receiver": matter.helper if occasion.organ == matter.asker else matter.asker,
        "questions": lines(matter.questions),
        "letter": occasion.paper("assistance_letter"),
        "served_at": matter.served_at,
    }


def attachments(occasion: Occasion) -> list[str]:
    """What goes along with the letter, with copies and pages."""
    going = Material.objects.in_force().filter(matter_id=occasion.matter.pk, organ_id=occasion.matter.asker_id)
    return [f"{one.title}（{one.copies}份{one.pages or 0}页）" for one in going]


def asking(occasion: Occasion) -> dict:
    matter = occasion.matter
    period = matter.answer_period(occasion.moment)
    return (
        sides(occasion)
        | contact(occasion)
        | {
            "period": period.stated.words if period.stated.counted and period.nature != "local" else "",
            "period_basis": period.basis,
            "attachments": attachments(occasion),
        }
    )


def answer(occasion: Occasion) -> dict:
    """A letter from the helper."""
    return sides(occasion) | contact(occasion)


def supplementing(occasion: Occasion) -> dict:
    facts, matter = occasion.facts, occasion.matter
    paused = matter.supplement_paused if matter.supplement_asked_at == occasion.moment else None
    return answer(occasion) | {
        "supplements": lines(facts.get("items") or ""),
        "supplement_reasons": facts.get("why"),
        "supplement_by": facts.get("by_day"),
        "pauses": matter.supplement_would_pause(occasion.moment) if paused is None else paused,
    }


def extending(occasion: Occasion) -> dict:
    """The first limit and the new date, both definite."""
    matter, facts = occasion.matter, occasion.facts
    clock = matter.answer_clock
    return answer(occasion) | {
        "due_day": clock and clock.due_at and matter.last_day_of(clock.due_at),
        "until": facts.get("until"),
        "reasons": facts.get("extension_ground"),
    }


def lending(occasion: Occasion) -> dict:
    facts = occasion.facts
    return answer(occasion) | {
        "archives": occasion.matter.listed_archives,
        "reader": facts.get("reader"),
        "return_by": facts.get("return_by") if occasion.matter.lends_originals else None,
    }


def given(facts: dict) -> list[str]:
    """The opinion paper and the evidence, each once, with copies and pages; what is uploaded and only previewed, by
    name."""
    chosen = [*filter(None, [facts.get("opinion_paper")]), *(facts.get("evidence") or ())]
    materials = [listed_as(one) for one in {one.pk: one for one in chosen}.values()]
    return materials if facts.get("opinion_paper") or not facts.get(UPLOADED) else [OPINION, *materials]


def listed_as(material: Material) -> str:
    amount = f"{material.copies}份{material.pages}页" if material.pages else f"{material.copies}份"
    return f"{material.title}（{amount}）"


def answering(occasion: Occasion) -> dict:
    """Per question its conclusion; evidence; the limits of the opinion; the experts."""
    facts = occasion.facts
    found = by_number(facts.get("conclusions") or "")
    questions = lines(occasion.matter.questions)
    return answer(occasion) | {
        "work_done": facts.get("work_done"),
        "conclusions": [(number, asked, found.get(number, "")) for number, asked in enumerate(questions, 1)],
        "basis": facts.get("answer_basis"),
        "opinion_limits": facts.get("opinion_limits"),
        "experts": lines(facts.get("experts") or ""),
        "evidence": given(facts),
        "handling": occasion.matter.handling,
        "handled_at": occasion.matter.handled_at,
    }


def refusing(occasion: Occasion) -> dict:
    facts = occasion.facts
    suggested = facts.get("suggested")
    return answer(occasion) | {
        "refusal_ground": RefusalGround(facts["refusal_ground"]).label,
        "reasons": facts.get("refusal_reasons"),
        "basis": facts.get("refusal_basis"),
        "suggested": suggested and suggested.name,
    }
