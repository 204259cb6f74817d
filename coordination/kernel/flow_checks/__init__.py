"""What `manage.py check` proves of every flow: that what it declares exists, fits together and leads somewhere.

A proof is a function of a workflow's class that yields sentences for whoever wrote the flow; their order numbers the
messages, so new proofs go last. What the flows and the mechanisms say of each other is proved in checks.py.
"""

from collections.abc import Iterable, Iterator

from django.core import checks
from django.core.checks import CheckMessage

from coordination.kernel.flow_checks import asking, naming, reaching, relating
from coordination.kernel.matters import Matter

PROOFS = (
    naming.every_step_has_a_name_of_its_own,
    naming.every_step_says_what_it_is_for,
    naming.stages_and_sides_exist,
    naming.fields_that_are_named_exist,
    naming.clauses_exist,
    naming.documents_exist,
    asking.limits_bind_a_side_of_this_flow,
    asking.conditions_can_hold,
    asking.forms_give_what_the_step_takes,
    asking.every_field_stands_in_one_group,
    asking.who_may_act_is_somebody,
    asking.what_is_done_in_bulk_decides_nothing,
    reaching.every_stage_is_reached_from_birth,
    reaching.every_stage_leads_to_an_end,
    reaching.what_is_at_its_end_is_closed,
    relating.opens_from_known_workflows,
    relating.offers_itself_where_it_opens_from,
    relating.what_can_be_disputed_can_enter_leave_and_abide,
)


def check_flows(app_configs, models: Iterable[type[Matter]] | None = None, **kwargs) -> list[CheckMessage]:
    """Every proof over every workflow of WORKFLOWS, then what concerns them all. `models` is for tests."""
    found = relating.installed() if models is None else models
    errors = [
        checks.Error(f"{model.KIND}: {words}", id=f"flows.E{number:03}", obj=model)
        for number, proof in enumerate(PROOFS, 1)
        for model in found
        for words in proof(model)
    ]
    return errors + [checks.Error(words, id="flows.E100") for words in _of_all(models)]


def _of_all(models: Iterable[type[Matter]] | None) -> Iterator[str]:
    """What no single flow can answer for; a test of one broken flow leaves it out."""
    if models is None:
        for proof in relating.OF_ALL:
            yield from proof()


checks.register(check_flows)
