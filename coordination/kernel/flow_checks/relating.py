"""How workflows stand to each other and to the kernel."""

import re
from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings

from coordination.kernel.flow_checks.naming import Model
from coordination.kernel.matters import Matter
from coordination.kernel.steps.after import awaited
from coordination.kernel.steps.reviewing import REVIEW


def matters_of(label: str) -> list[Model]:
    return [model for model in apps.get_app_config(label).get_models() if issubclass(model, Matter)]


def installed() -> list[Model]:
    """The classes of the workflows, the lowest floor first."""
    return [model for label in settings.WORKFLOWS for model in matters_of(label)]


def opens_from_known_workflows(model: Model) -> Iterator[str]:
    known = {one.KIND for one in installed()}
    for kind in getattr(model, "OPENS_FROM", ()):
        if kind not in known:
            yield f"OPENS_FROM: there is no workflow {kind!r}."


def offers_itself_where_it_opens_from(model: Model) -> Iterator[str]:
    """The kernel asks it whether and under which words to offer it on the other matter's page."""
    for name in ("may_open_from", "opening_label"):
        if getattr(model, "OPENS_FROM", ()) and not callable(getattr(model, name, None)):
            yield f"OPENS_FROM: define {name}()."


#: What a dispute does to the matter that it is about, and the facts that it brings.
OF_A_DISPUTE = {"enter_dispute": (), "leave_dispute": (), "show_to_body": (), "abide_by": ("outcome",)}


def what_can_be_disputed_can_enter_leave_and_abide(model: Model) -> Iterator[str]:
    """A dispute moves the matter below by caused steps of these names; `abide_by` chooses among its outcomes."""
    if not model.DISPUTABLE:
        return
    for name, asked in OF_A_DISPUTE.items():
        step = model.steps().get(name)
        if step is None or not step.caused:
            yield f"DISPUTABLE: define the caused step {name}()."
            continue
        fields = step.form.base_fields if step.form else {}
        yield from (f"step {name}: its form has no choice {one!r}." for one in asked if not _chooses(fields.get(one)))


def _chooses(field) -> bool:
    return bool(field and getattr(field, "choices", ()))


def each_app_has_the_workflow_of_its_name() -> Iterator[str]:
    """There may be others beside it in the app, for instance a flow that every county shares."""
    for label in settings.WORKFLOWS:
        kinds = {model.KIND for model in matters_of(label)}
        if label not in kinds:
            yield f"{label}: an app of WORKFLOWS has a matter whose KIND is {label!r}."
    marks = Counter(model.NUMBER_MARK for model in installed())
    yield from (f"two workflows begin their numbers with {mark!r}." for mark, times in marks.items() if times > 1)


def reactions_await_known_steps() -> Iterator[str]:
    known = {f"{model.KIND}.{name}" for model in installed() for name in (*model.steps(), REVIEW)}
    yield from (f"@after({name!r}): there is no such step." for name in sorted(awaited() - known))


def the_kernel_knows_no_workflow() -> Iterator[str]:
    """The floors are held by an import contract; this says it to whoever only starts the program."""
    imported = re.compile(rf"^\s*(?:from|import)\s+({'|'.join(settings.WORKFLOWS)})\b", re.M)
    for path in sorted((settings.BASE_DIR / "coordination" / "kernel").rglob("*.py")):
        for name in imported.findall(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(settings.BASE_DIR)} imports {name}: the kernel knows no workflow."


OF_ALL = (each_app_has_the_workflow_of_its_name, reactions_await_known_steps, the_kernel_knows_no_workflow)
