"""The queries behind one reader's desk: clocks by the time that is left, and matters that have none."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, DateTimeField, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.functional import cached_property

from coordination.kernel import written
from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.drafts import Draft
from coordination.kernel.matters import OVERSEERS, Matter, Participation
from coordination.kernel.now import CST
from coordination.kernel.organs import Role, User, posts_of, reader_of
from coordination.kernel.web.request import calendar_of, moment_of
from coordination.kernel.web.untimed import number_of, stands_at, untimed
from coordination.kernel.web.workflows import with_children, workflow, workflows
from coordination.kernel.written import Later, OneOf, one_of_later

APPROVING = {Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD, Role.LEGAL_REVIEWER}
BY_TIME_LEFT = ("overdue_at", "pk")
#: The tab of what has no clock.
UNTIMED = "untimed"
#: Tabs that are counted by themselves: what they show is not among the clocks of my organs.
APART = ("opened", "taking_part", "county")


class Desk:
    """The queries behind one reader's desk."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, self.moment, self.calendar = request.user, moment_of(request), calendar_of(request)
        self.posts = posts_of(self.user)
        self.organs = {post.organ_id for post in self.posts}
        self.roles = frozenset(post.role for post in self.posts)

    @property
    def drafts(self) -> QuerySet[Draft]:
        return Draft.objects.filter(user=self.user)

    def clocks(self) -> QuerySet[Clock]:
        return Clock.objects.filter(state__in=OPEN)

    @cached_property
    def tabs(self) -> dict[str, Q]:
        mine = Q(organ__in=self.organs)
        partner = Exists(Participation.objects.filter(matter=OuterRef("matter"), organ__in=self.organs))
        found = {
            "mine": mine & Q(stands_at(self.stages["mine"], "matter__")),
            "approve": mine & Q(stands_at(self.stages["approve"], "matter__")),
            "organ": mine,
            "opened": Q(matter__opened_by=self.user) & (mine | Q(partner)),
            "taking_part": ~mine & Q(partner),
        }
        return found | {"county": Q(county__in=self.watched) & shown_to(self.user)} if self.watched else found

    @cached_property
    def watched(self) -> set[str]:
        """The counties that the reader supervises."""
        return {p.organ.county_id for p in self.posts if p.role == Role.SUPERVISOR and p.organ.kind in OVERSEERS}

    @property
    def first_tab(self) -> str:
        """A supervisor begins with what the whole county has to do; everybody else with his own work."""
        return "county" if self.watched else "mine"

    @cached_property
    def stages(self) -> dict[str, dict[str, set[str]]]:
        """The stages, by kind, in which the reader has something to do, or to approve."""
        return {"mine": _stages(self.roles), "approve": _stages(self.roles & APPROVING)}

    @cached_property
    def moments(self) -> dict[str, datetime]:
        """Between which the lamps change, by the names under which the statements ask for them."""
        today = self.moment.date()
        next_day = self.calendar.working_day(today, 1)
        tonight, next_night = (datetime.combine(day + timedelta(days=1), time.min, CST) for day in (today, next_day))
        return {"present": self.moment, "tonight": tonight, "next_night": next_night}

    @cached_property
    def lamps(self) -> dict[str, Q]:
        """The counters as conditions; each open clock falls under exactly one."""
        present, tonight, next_night = (Later(name, DateTimeField()) for name in self.moments)
        running, paused = Q(state=Clock.State.RUNNING), Q(state=Clock.State.PAUSED)
        return {
            "overdue": running & Q(overdue_at__lte=present),
            "today": running & Q(overdue_at__gt=present, overdue_at__lte=tonight),
            "near": running & Q(overdue_at__gt=tonight, overdue_at__lte=next_night),
            "plenty": running & (Q(overdue_at__gt=next_night) | Q(overdue_at__isnull=True)),
            "paused": paused,
        }

    def counts(self, tab: str) -> Counter[str]:
        """How many clocks each tab and each counter holds, and of how many matters of this tab some are due by tonight
        (`must`): a matter that is late with two things is one. One query over my organs' open clocks, in groups."""
        lit = [f"lamp_{key}" for key in self.lamps]
        counts = Counter(dict.fromkeys(("must", *lit, *(f"tab_{key}" for key in ("organ", *self.stages))), 0))
        key = ("counts", reader_of(self.user), tab)
        for row in written.values(key, lambda: self._counted(tab), **self.moments):
            numbers = dict(zip(lit, row, strict=False))
            counts["must"], *stands = row[len(lit) :]
            shown_on = (name for name, some in self.stages.items() if stands and stands[1] in some[stands[0]])
            tabs = {"organ", *shown_on}
            counts.update(dict.fromkeys((f"tab_{key}" for key in tabs), sum(numbers.values())))
            counts.update(numbers if tab in APART or tab in tabs else {})
        return counts

    def _counted(self, tab: str) -> QuerySet:
        """By lamp, and what must be done; of my organs' clocks by the kind and the stage of their matters."""
        within = self.clocks().filter(self.tabs[tab if tab in APART else "organ"])
        # The state, which each has and the index of a county's clocks (clock_county) holds; their keys it does not.
        lit = {f"lamp_{key}": Count("state", filter=condition) for key, condition in self.lamps.items()}
        groups = ("must",) if tab in APART else ("must", "matter__kind", "matter__stage")
        counted = within.annotate(must=self._must(tab)).values(*groups).annotate(**lit).order_by()
        return counted.values_list(*lit, *groups)

    def _must(self, tab: str) -> Subquery:
        """Counted apart, among the few that are due: distinct among all it would sort a county's open clocks."""
        due = self.clocks().filter(self.tabs[tab], self.lamps["overdue"] | self.lamps["today"]).order_by()
        number = Func(F("matter"), template="COUNT(DISTINCT %(expressions)s)", output_field=IntegerField())
        return Subquery(due.annotate(number=number).values("number"))

    @cached_property
    def untimed(self) -> QuerySet[Matter]:
        return untimed(self.user, self.stages["mine"])

    def rows(self, tab: str, lamp: str) -> QuerySet[Clock]:
        chosen = self.clocks().filter(self.tabs[tab])
        if lamp in self.lamps:
            chosen = chosen.filter(self.lamps[lamp])
        return chosen.order_by(*BY_TIME_LEFT)


@lru_cache(maxsize=256)
def _stages(roles: frozenset[str]) -> dict[str, set[str]]:
    """The stages, by kind, in which a holder of `roles` has something to do."""
    return {
        kind: {
            stage
            for one in model.steps().values()
            if roles & set(one.roles) and one.by and not one.aside and (one.primary or one.stops)
            for stage in one.source
        }
        for kind, model in workflows().items()
    }


def shown_to(user: User) -> Q:
    """Clocks of a county without those of what accuses the reader or his organ; seldom anything, so that an array of
    it leaves the county to be counted out of its index."""
    return ~Q(OneOf(F("matter"), ArraySubquery(Matter.objects.hidden_from(user).values("pk"))))


def joined(kinds: dict[int, str]) -> list[Clock]:
    """The clocks of a page, each named with the kind of its matter: only its rows and its kinds are joined. With more
    kinds than PostgreSQL plans at once (join_collapse_limit) it would join every clock before it chose."""
    of = kinds_among(kinds)
    return written.objects(("joined", of), lambda: joining(of), keys=list(kinds)) if kinds else []


def kinds_among(kinds: dict[int, str]) -> tuple[str, ...]:
    return tuple(sorted({*kinds.values()}))


def joining(kinds: Iterable[str]) -> QuerySet[Clock]:
    """The clocks of some `keys`, told later, whose matters are of these kinds."""
    shown = Clock.objects.filter(one_of_later(F("pk"), "keys")).select_related("matter")
    return with_children(shown, "matter__", [workflow(kind) for kind in kinds]).order_by(*BY_TIME_LEFT)


class Beside(NamedTuple):
    """What the reader has beside the clocks of the page: drafts begun and not done, matters without a clock."""

    drafts: int
    untimed: int


def keys(view: Desk, tab: str, lamp: str, page: slice) -> tuple[dict[int, str], Beside]:
    """The clocks of a page with the kinds of their matters, and in the same statement what the reader has beside them;
    a page without clocks has a statement to spare for that."""

    def write() -> QuerySet[Clock]:
        beside = view.rows(tab, lamp).annotate(**_beside(view))
        return beside.values_list("pk", "matter__kind", "drafts", "untimed")[page]

    key = ("desk", reader_of(view.user), tab, lamp, page.start, page.stop)
    found = written.values(key, write, **view.moments)
    beside = found[0][2:] if found else _beside_nothing(view)
    return {pk: kind for pk, kind, *_beside in found}, Beside(*(number or 0 for number in beside))


def _beside(view: Desk) -> dict[str, Subquery]:
    drafts = view.drafts.order_by().values("user").annotate(number=Count("*")).values("number")
    return {"drafts": Subquery(drafts), "untimed": Subquery(number_of(view.untimed))}


def _beside_nothing(view: Desk) -> tuple:
    return User.objects.filter(pk=view.user.pk).values_list(*_beside(view).values()).get()
