"""Every stage of every workflow on its page, and every step as a form, in English."""

from collections.abc import Iterator

import pytest

from coordination.kernel.flow_checks import relating
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.organs import Role
from coordination.kernel.steps import Step, open_steps
from coordination.kernel.steps.declare import Kind, Option
from tests.english_pages import Browser, read_step
from tests.everyone import Everyone, everyone
from tests.undone import in_ningwu

pytestmark = pytest.mark.django_db
MODELS = {model.KIND: model for model in relating.installed()}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[Everyone]:
    with in_ningwu(django_db_blocker):
        yield everyone()


@pytest.fixture
def conditions_hold(monkeypatch) -> None:
    """Steps that are open only under a condition are shown as well."""
    for condition in (Kind, Option):
        monkeypatch.setattr(condition, "holds", lambda self, matter, moment: True)


def standing(matter: Matter, stage: str) -> Matter:
    Matter.objects.filter(pk=matter.pk).update(stage=stage)
    return type(matter).fetch(matter.pk)


def readers(world: Everyone, matter: Matter) -> list[Browser]:
    """One of each role of each organ that takes part."""
    organs = set(matter.participations.values_list("organ", flat=True))
    return [Browser(user) for (organ, _role), user in world.people.items() if organ in organs]


def offered(step: Step, matter: Matter) -> bool:
    """Whether it is taken by somebody on the platform, or recorded for an organ that is not."""
    organs = [side.organ(matter) for side in step.by]
    return not (step.first or step.caused) and (step.behalf or any(one and not one.off_platform for one in organs))


@pytest.mark.parametrize("kind", MODELS)
@pytest.mark.usefixtures("conditions_hold")
def test_every_stage_and_every_step_is_english(world, kind):
    matter = world.matters[kind]
    people, read = readers(world, matter), set()
    for stage in MODELS[kind].Stage.values:
        matter = standing(matter, stage)
        for reader in people:
            if reader.user.posts.get().role == Role.OFFICER:
                reader.open(f"/m/{matter.number}/")
            for one in open_steps(matter, reader.user, now()):
                if (one.step.name, one.behalf) not in read:
                    read.add((one.step.name, one.behalf))
                    read_step(reader, matter, one)
    shown = {name for name, _behalf in read}
    assert shown >= {name for name, step in MODELS[kind].steps().items() if offered(step, matter)}
    assert {address: left for reader in people for address, left in reader.left.items()} == {}
