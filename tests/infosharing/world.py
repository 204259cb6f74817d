"""What information sharing brings to the tests that walk over all workflows."""

from coordination.kernel.matters import Matter
from tests.infosharing.tale import SharingStory


def matters_to_try() -> dict[str, Matter]:
    """A restricted record between the two organs, with everything that any of its stages has passed through."""
    story = SharingStory()
    record = story.shared(story.consented(story.asked(story.reviewed(content_class="basis_change", secret="trade"))))
    return {"infosharing": record}
