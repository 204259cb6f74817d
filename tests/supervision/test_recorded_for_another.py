"""What an organ off the platform refused is counted for it, and not for whoever recorded it."""

from importlib import import_module

import pytest
from django.apps import apps

from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import County
from supervision.assessment import assess
from supervision.figures import figures, period_of
from supervision.figures.months import MonthCount, count_months
from tests.county import at, organ, person
from tests.referrals.criminal.tale import CriminalStory
from tests.supervision.looking import DESK, SEPTEMBER, client, september, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def declined(ningwu):
    """The police have not filed; an officer of the sender has recorded it from their notice. October has begun."""
    transfer = CriminalStory().declined()
    travel_to(at("2026-10-12 10:00"))
    return transfer


def refusals(organs=None, **how) -> dict:
    moment = now()
    return figures("ningwu", period_of(SEPTEMBER, moment), moment, organs, **how).refusals


@pytest.mark.rules("NW-2.21", "NW-3.70")
def test_the_police_have_refused_and_not_the_bureau_that_wrote_it_down(declined):
    said = {(organ("gongan").pk, "criminal", "decline_to_file"): 1}
    assert refusals() == refusals([organ("gongan").pk]) == said
    assert refusals([organ("shengtai").pk]) == {}
    (line,) = client("sifa.supervisor1").get(DESK + september()).context["refusals"]
    assert line["organ"] == organ("gongan")
    assert shown(line["url"]) == line["count"] == 1
    other = line["url"].replace(f"organ={organ('gongan').pk}", f"organ={organ('shengtai').pk}")
    assert shown(other) == 0


@pytest.mark.rules("NW-2.21", "NW-3.70")
def test_the_report_says_the_same(declined):
    one = assess(County.objects.get(), period_of(SEPTEMBER, now()), person("sifa.supervisor1"), now())
    (table,) = (each for each in one.rows["tables"] if each["title"] == "拒绝、异议和不予办理")
    assert [line[0] for line in table["lines"]] == [organ("gongan").short_name]


@pytest.mark.rules("NW-2.21")
def test_months_that_were_kept_before_are_counted_anew(declined):
    count_months()
    assert refusals() == refusals(anew=True)
    MonthCount.objects.update(refusals=[[organ("shengtai").pk, "criminal", "decline_to_file", 1]])
    import_module("supervision.migrations.0006_refusals_of_whom_they_are").forget(apps, None)
    assert refusals() == refusals(anew=True)
    count_months()
    assert refusals() == refusals(anew=True)
