"""A joint operation and a meeting for the tests that walk over all workflows."""

from jointops.models import Meeting, Operation
from tests.county import organ, upload
from tests.jointops.tale import JointStory

#: What nobody may meet as the one thing to do.
OFF_THE_ROAD: dict[str, set[str]] = {
    "jointops": {"cancel", "decline", "postpone", "refuse_to_act", "report_obstruction"},
    "meetings": {"cancel", "excuse"},
}
DOORS: dict = {}


def matters_to_try() -> dict:
    """Whatever stage a test puts them into: every organ is still awaited and owes something."""
    story = JointStory()
    operation, meeting = story.circulated(), story.called()
    upload(operation, story.initiator, "photo", "现场照片")
    everybody = [organ("shengtai").pk, organ("jianchayuan").pk]
    offices = {"government": organ("zhujian"), "police": organ("gongan")}
    Operation.objects.filter(pk=operation.pk).update(
        participant_ids=everybody,
        awaited_ids=everybody,
        owing_ids=everybody,
        settled_at=operation.opened_at,
        carried_out_at=operation.opened_at,
        **offices,
    )
    Meeting.objects.filter(pk=meeting.pk).update(invited_ids=everybody, awaited_ids=everybody, owing_ids=everybody)
    return {"jointops": Operation.objects.get(pk=operation.pk), "meetings": Meeting.objects.get(pk=meeting.pk)}


def plant(planted) -> None:
    """A plan that one organ alone knows, one that is circulated, and a meeting; each full of canaries."""
    _operation(planted, "plan", circulated=False)
    _operation(planted, "operation", circulated=True)
    story = JointStory()
    words = {name: planted.word("meeting", name.replace("_", "")) for name in ("title", "agenda", "place_text")}
    planted.add("meeting", story.called(**words))
    planted.seen_by["meeting"] = {"ningwu.yangfangkou", "ningwu.shengtai", "ningwu.ziran"}


def _operation(planted, name: str, *, circulated: bool) -> None:
    story = JointStory()
    told = ("title", "content", "subject_name", "area", "division", "procedure", "filing")
    words = {what: planted.word(name, what.replace("_", "")) for what in told}
    plan = story.circulated(**words) if circulated else story.proposed(**words)
    planted.add(name, plan)
    planted.seen_by[name] = {"ningwu.yangfangkou", *(("ningwu.shengtai", "ningwu.ziran") if circulated else ())}
