"""The day's task: every organ gets the matters of the duties that its county's mechanism asks of it in this cycle."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from celery import shared_task
from django.db import transaction

from coordination.kernel.catalogue import Holding, Mode
from coordination.kernel.mechanisms import keeping_rules, kept_rules
from coordination.kernel.now import CST, now
from coordination.kernel.organs import County, Organ, in_force
from coordination.kernel.steps import system_birth
from coordination.kernel.words import law_language
from supervision.duties import words
from supervision.duties.models import PeriodicDuty, cycle_of
from supervision.duties.words import Duty

Pair = tuple[Organ, Organ | None]


def gave_items(county: str, day: date) -> Iterator[Pair]:
    """The departments that have devolved or entrusted items to townships."""
    yield from ((organ, None) for organ in dict.fromkeys(giver for giver, _township in to_townships(county, day)))


def to_townships(county: str, day: date) -> Iterator[Pair]:
    """Each of them with each township that holds something of it."""
    held = Holding.objects.filter(
        in_force(day),
        holder__county=county,
        holder__kind__in=Organ.TOWNSHIPS,
        mode__in=[Mode.DEVOLVED, Mode.ENTRUSTED],
        devolved_from__isnull=False,
    )
    pairs = held.order_by("devolved_from", "holder").values_list("devolved_from", "holder").distinct()
    organs = Organ.objects.select_related("county").in_bulk({pk for pair in pairs for pk in pair})
    yield from ((organs[giver], organs[holder]) for giver, holder in pairs)


def office(county: str, day: date) -> Iterator[Pair]:
    """The coordination office, or where there is none the justice bureau."""
    kinds = (Organ.Kind.COORDINATION_OFFICE, Organ.Kind.JUSTICE_BUREAU)
    found = {one.kind: one for one in Organ.objects.filter(county=county, kind__in=kinds).select_related("county")}
    yield from ((found[kind], None) for kind in [kind for kind in kinds if kind in found][:1])


def bureau(county: str, day: date) -> Iterator[Pair]:
    """The justice bureau for each township."""
    organs = Organ.objects.filter(county=county).select_related("county")
    trains = organs.filter(kind=Organ.Kind.JUSTICE_BUREAU).first()
    yield from ((trains, one) for one in organs.filter(kind__in=Organ.TOWNSHIPS) if trains)


@dataclass(frozen=True)
class Rule:
    """A duty, the option that says how often a county asks for it, and whom."""

    duty: Duty
    option: str
    bearers: Callable[[str, date], Iterator[Pair]]


RULES = (
    Rule(Duty.TRAINING, words.TRAINING, gave_items),
    Rule(Duty.TRAINING, words.BUREAU_TRAINING, bureau),
    Rule(Duty.GUIDANCE, words.GUIDANCE, to_townships),
    Rule(Duty.MEETING, words.MEETING, office),
    Rule(Duty.EVALUATION, words.EVALUATION, office),
    Rule(Duty.DUTY_LIST, words.DUTY_LIST, gave_items),
)


@keeping_rules()
def open_duties() -> int:
    """Give birth to what is owed and not there yet; safe to run twice and side by side. Returns how many."""
    moment = now()
    return sum(_of_county(county, moment) for county in County.objects.order_by("pk"))


@transaction.atomic
@law_language()
def _of_county(county: County, moment: datetime) -> int:
    County.objects.select_for_update(no_key=True).get(pk=county.pk)  # one at a time
    return sum(_of_rule(county, rule, moment) for rule in RULES)


def _of_rule(county: County, rule: Rule, moment: datetime) -> int:
    rules, day = kept_rules(county.pk), moment.astimezone(CST).date()
    often = rules.option(rule.option, moment)
    if often == "off":
        return 0
    first, last = cycle_of(day, often)
    known = PeriodicDuty.objects.filter(county=county, duty=rule.duty)
    known = known if often == "once" else known.filter(cycle_first=first)
    there = set(known.values_list("bearer", "about_organ"))
    hours = rules.option(words.TRAINING_HOURS, moment) if rule.duty == Duty.TRAINING else 0
    facts = {"duty": rule.duty, "cycle_first": first, "cycle_last": last, "hours_needed": hours}
    owing = [(a, b) for a, b in rule.bearers(county.pk, day) if (a.pk, b and b.pk) not in there]
    for bearer, about in owing:
        system_birth(PeriodicDuty, "fall_due", bearer, bearer=bearer, about_organ=about, **facts, **_named(rule, facts))
    return len(owing)


def _named(rule: Rule, facts: dict) -> dict:
    first, last = facts["cycle_first"], facts["cycle_last"]
    half = last and (last.month - first.month) == 5
    span = f"{first.year}年{('上半年' if first.month == 1 else '下半年') if half else '' if last else '起'}"
    return {"title": f"{rule.duty.label}（{span}）"}


@shared_task(name="supervision.open_duties")
def open_duties_daily() -> None:
    """Every day: a cycle begins on whatever day it begins."""
    open_duties()
