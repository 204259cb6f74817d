"""What assistance brings to the tests that walk over all workflows (tests/worlds.py)."""

from assistance.models import Assistance
from coordination.kernel.matters import Matter
from tests.assistance.tale import AssistanceStory
from tests.planted import Planted, material, words_of

DOORS: dict = {}
OFF_THE_ROAD = {"assistance": {"return_draft", "ask_supplement", "extend", "refuse", "withdraw"}}
OFFICERS = {
    "assistance": {
        ("draft", "asker", "assistance.send"): "submit",
        ("awaiting_approval", "asker", "assistance.send"): None,
        ("approved", "asker", "assistance.send"): "send",
        ("sent", "helper", "assistance.answer"): "receive",
        ("sent", "helper", "assistance.dispatch"): "receive",
        ("sent", "asker", ""): None,
        ("received", "helper", "assistance.answer"): "answer",
        ("received", "helper", "assistance.dispatch"): "dispatch",
        ("received", "asker", ""): None,
        ("supplement_asked", "asker", "assistance.supplement"): "supply",
        ("supplement_asked", "helper", "assistance.answer"): "answer",
        ("answered", "asker", ""): "conclude",
        ("refused", "asker", ""): "conclude",
        ("concluded", "asker", ""): None,
        ("withdrawn", "asker", ""): None,
    }
}
#: What a request repeats of its case, as tests/planted.py ends the words.
TOLD = ("TITLE", "SUBJECT_NAME", "PLACE_TEXT")


def matters_to_try() -> dict[str, Matter]:
    """A township has asked a department for an urgent determination; whatever stage a test puts it into, it has come
    there through the ones before."""
    asked = AssistanceStory().received(urgency="urgent", questions="是不是洗煤废水")
    Assistance.objects.filter(pk=asked.pk).update(supplement_asked_at=asked.opened_at)
    return {"assistance": Assistance.objects.get(pk=asked.pk)}


def plant(found: Planted) -> None:
    """A request that the asked department has refused; its case is the township's alone."""
    found.seen_by |= {
        "asking_case": {"ningwu.yangfangkou"},
        "asked": {"ningwu.yangfangkou", "ningwu.shengtai"},
    }
    story = AssistanceStory()
    case = story.case(**words_of(found, "asking_case"))
    found.add("asking_case", case)
    for token, names in found.canaries.items():
        if names == {"asking_case"} and token.endswith(TOLD):
            found.canaries[token] = names | {"asked"}
    given = [material(found, "asked", case, story.officer, "evidence")]
    asked = story.received(
        story.sent(
            story.ask(
                case,
                questions=found.word("asked", "question"),
                basic_facts=f"现场有{found.word('asked', 'facts')}，请协助。",
                contact=found.word("asked", "contact"),
                materials=given,
            )
        )
    )
    found.add("asked", story.refused(asked, refusal_reasons=found.word("asked", "refusal")))
