"""What information sharing brings to the tests that walk over all workflows."""

from coordination.kernel.matters import Matter
from tests.doors import Door, To, Try
from tests.infosharing.tale import SharingStory
from tests.planted import GUIDE, Planted


def matters_to_try() -> dict[str, Matter]:
    """A restricted record that has been asked for, agreed to, shared and is signed for by one organ."""
    story = SharingStory()
    record = story.shared(story.consented(story.asked(story.reviewed(content_class="basis_change", secret="trade"))))
    return {"infosharing": record}


def plant(found: Planted) -> None:
    """A record that is shared, and one that is kept back: its content is the provider's alone, also from the guide."""
    story = SharingStory()
    told = {"title": found.word("shared", "title"), "content": found.word("shared", "content")}
    record = story.shared(story.reviewed(**told | {"content_class": "dynamic"}))
    found.seen_by["shared"] = {"ningwu.yangfangkou", "ningwu.shengtai", GUIDE}
    found.add("shared", record)
    kept = found.word("kept_back", "content")
    found.canaries[kept] = set(PROVIDERS)
    record = story.formed(title=found.word("kept_back", "title"), content=kept, content_class="other")
    found.seen_by["kept_back"] = {"ningwu.yangfangkou", GUIDE}
    found.add("kept_back", story.take(record, "keep_back", story.provider, reason="另行研究"))


#: Whoever works for the provider, or watches over the county, reads what is kept back.
PROVIDERS = (
    *(f"yangfangkou.{who}" for who in ("officer1", "officer2", "assistant", "approver", "head", "legal", "registry")),
    *("sifa.supervisor1", "xianfu.supervisor"),
)


def records(page: str, *more):
    """A page of each record; whoever sees the matter and may not open it is told that there is none."""

    def tries(planted: Planted):
        for short in ("shared", "kept_back"):
            yield Try(f"/infosharing/records/{planted.matters[short].number}/{page}", short)

    return tries


EITHER = frozenset({200, 404, 422})
DOORS = {
    "record_content": Door(To.SEER, records("content/"), posts=True, answers=EITHER),
    "record_version": Door(To.SEER, records("versions/1/"), posts=True, answers=EITHER),
}
