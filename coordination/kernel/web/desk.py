"""工作台: the open clocks of my organs, by the time that is left."""

from collections import Counter
from datetime import datetime, time, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.matters import OVERSEERS, Draft, Matter, Participation
from coordination.kernel.now import CST
from coordination.kernel.organs import Role, User, posts_of
from coordination.kernel.web.certificates import to_renew
from coordination.kernel.web.request import calendar_of, moment_of
from coordination.kernel.web.rows import rows
from coordination.kernel.web.workflows import with_children, workflow, workflows

PAGE = 20
APPROVING = {Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD, Role.LEGAL_REVIEWER}
TABS = {
    "mine": gettext_lazy("待我办理"),
    "approve": gettext_lazy("待我审批"),
    "organ": gettext_lazy("本单位"),
    "opened": gettext_lazy("我发起的"),
    "taking_part": gettext_lazy("参与的"),
    "county": gettext_lazy("全县"),
}
BY_TIME_LEFT = ("overdue_at", "pk")
#: Tabs that are counted by themselves: what they show is not among the clocks of my organs.
APART = ("opened", "taking_part", "county")
COUNTERS = {
    "overdue": gettext_lazy("已超期"),
    "today": gettext_lazy("今日到期"),
    "near": gettext_lazy("剩 1 个工作日"),
    "plenty": gettext_lazy("期限充足"),
    "paused": gettext_lazy("已暂停"),
}


class Desk:
    """The queries behind one reader's desk."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, self.moment, self.calendar = request.user, moment_of(request), calendar_of(request)
        self.posts = posts_of(self.user)
        self.organs = {post.organ_id for post in self.posts}
        self.roles = {post.role for post in self.posts}

    def clocks(self) -> QuerySet[Clock]:
        return Clock.objects.filter(state__in=OPEN)

    @cached_property
    def tabs(self) -> dict[str, Q]:
        mine = Q(organ__in=self.organs)
        partner = Exists(Participation.objects.filter(matter=OuterRef("matter"), organ__in=self.organs))
        found = {
            "mine": mine & _in(self.stages["mine"]),
            "approve": mine & _in(self.stages["approve"]),
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
    def lamps(self) -> dict[str, Q]:
        """The counters as conditions; each open clock falls under exactly one."""
        tomorrow = datetime.combine(self.moment.date() + timedelta(days=1), time.min, CST)
        next_day = self.calendar.working_day(self.moment.date(), 1)
        after_next = datetime.combine(next_day + timedelta(days=1), time.min, CST)
        running, paused = Q(state=Clock.State.RUNNING), Q(state=Clock.State.PAUSED)
        return {
            "overdue": running & Q(overdue_at__lte=self.moment),
            "today": running & Q(overdue_at__gt=self.moment, overdue_at__lte=tomorrow),
            "near": running & Q(overdue_at__gt=tomorrow, overdue_at__lte=after_next),
            "plenty": running & (Q(overdue_at__gt=after_next) | Q(overdue_at__isnull=True)),
            "paused": paused,
        }

    def counts(self, tab: str) -> Counter[str]:
        """How many clocks each tab and each counter holds. One query over my organs' open clocks, in groups."""
        lamp = Case(*(When(condition, then=Value(key)) for key, condition in self.lamps.items()))
        within = self.clocks().filter(self.tabs[tab if tab in APART else "organ"]).annotate(lamp=lamp)
        groups = ("lamp",) if tab in APART else ("lamp", "matter__kind", "matter__stage")
        counts = Counter(
            {f"lamp_{key}": 0 for key in self.lamps} | {f"tab_{key}": 0 for key in ("organ", *self.stages)}
        )
        for shining, *where, number in within.values_list(*groups).annotate(number=Count("*")).order_by():
            tabs = {"organ", *(key for key, stages in self.stages.items() if where and where[1] in stages[where[0]])}
            counts.update({f"tab_{key}": number for key in tabs})
            counts[f"lamp_{shining}"] += number if tab in APART or tab in tabs else 0
        return counts

    def rows(self, tab: str, lamp: str) -> QuerySet[Clock]:
        chosen = self.clocks().filter(self.tabs[tab])
        if lamp in self.lamps:
            chosen = chosen.filter(self.lamps[lamp])
        return chosen.order_by(*BY_TIME_LEFT)


def _stages(roles: set[str]) -> dict[str, set[str]]:
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


def _in(stages: dict[str, set[str]]) -> Q:
    found = Q(pk__in=[])
    for kind, some in stages.items():
        found |= Q(matter__kind=kind, matter__stage__in=some)
    return found


class OneOf(Func):
    """`value = ANY (array)` as a condition."""

    template, arg_joiner, output_field = "(%(expressions)s))", " = ANY (", BooleanField()


def shown_to(user: User) -> Q:
    """Clocks of a county without those of what accuses the reader or his organ; seldom anything, so that an array of
    it leaves the county to be counted out of its index."""
    return ~Q(OneOf(F("matter"), ArraySubquery(Matter.objects.hidden_from(user).values("pk"))))


def whole(clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    """One page of clocks with their matters. Two statements: the page is chosen first."""
    return joined(dict(clocks.values_list("pk", "matter__kind")))


def joined(kinds: dict[int, str]) -> QuerySet[Clock]:
    """The clocks of a page, each named with the kind of its matter: only its rows and its kinds are joined. With more
    kinds than PostgreSQL plans at once (join_collapse_limit) it would join every clock before it chose."""
    shown = Clock.objects.filter(pk__in=kinds)
    models = [workflow(kind) for kind in sorted({*kinds.values()})]
    return with_children(shown.select_related("matter"), "matter__", models).order_by(*BY_TIME_LEFT)


class Counted(Paginator):
    """A paginator that is told its count: the counters have already counted."""

    def __init__(self, rows, count: int) -> None:
        super().__init__(rows, PAGE)
        self.count = count


def desk(request: HttpRequest) -> HttpResponse:
    """The work desk. Filters stand in the address: `?tab=organ&lamp=overdue`."""
    view = Desk(request)
    tab = request.GET.get("tab") if request.GET.get("tab") in view.tabs else view.first_tab
    lamp = request.GET.get("lamp") if request.GET.get("lamp") in COUNTERS else ""
    counts = view.counts(tab)
    total = counts[f"lamp_{lamp}"] if lamp else sum(counts[f"lamp_{key}"] for key in COUNTERS)
    page = Counted(view.rows(tab, lamp), total).get_page(request.GET.get("page"))
    kinds, drafts = keys(request, page.object_list)
    page.object_list = list(joined(kinds))
    return render(
        request,
        "kernel/desk.html",
        {
            "rows": rows(request, ((clock.matter, clock) for clock in page.object_list)),
            "page_obj": page,
            "today": view.moment.date(),
            "tab": tab,
            "must_today": counts["lamp_overdue"] + counts["lamp_today"],
            "tabs": [*_tabs(tab, view.tabs, counts), *_drafts(drafts)],
            "counters": _counters(tab, lamp, counts),
            "whole_county": tab == "county",
            **beginning(view.roles),
            **to_renew(request),
        },
    )


def beginning(roles: set[str]) -> dict:
    """The matter that the reader may begin out of nothing: the lowest workflow's first step, for its roles."""
    for kind, model in workflows().items():
        first = next(one for one in model.steps().values() if one.first)
        if not model.OPENS_FROM and roles & set(first.roles):
            return {"new_url": reverse(f"{kind}:new"), "new_label": first.label, "starts": starts(roles)}
    return {}


def starts(roles: set[str]) -> list[dict]:
    """The screens on which an officer begins a matter together with what it opens from."""
    models = [model for model in workflows().values() if model.STARTS_AT and Role.OFFICER in roles]
    return [{"url": reverse(model.STARTS_AT), "label": model.starting_label()} for model in models]


def _tabs(active: str, shown: dict, counts: dict) -> list[dict]:
    return [
        {
            "key": key,
            "label": label,
            "url": f"?tab={key}",
            "active": key == active,
            "count": counts.get(f"tab_{key}") if active not in APART else None,
        }
        for key, label in TABS.items()
        if key in shown
    ]


def keys(request: HttpRequest, clocks: QuerySet[Clock]) -> tuple[dict[int, str], int]:
    """The clocks of a page with the kinds of their matters, and in the same statement how many drafts the reader has
    begun and not done; a page without clocks has a statement to spare for that."""
    mine = Draft.objects.filter(user=request.user)
    number = mine.order_by().values("user").annotate(number=Count("*")).values("number")
    found = list(clocks.annotate(drafts=Subquery(number)).values_list("pk", "matter__kind", "drafts"))
    drafts = found[0][2] or 0 if found else mine.count()
    return {pk: kind for pk, kind, _drafts in found}, drafts


def _drafts(count: int) -> list[dict]:
    tab = {"key": "drafts", "label": _("草稿"), "url": reverse("draft"), "active": False, "count": count}
    return [tab] if count else []


def _counters(tab: str, active: str, counts: dict) -> list[dict]:
    return [
        {
            "key": key,
            "label": label,
            "count": counts[f"lamp_{key}"],
            "active": key == active,
            "url": f"?tab={tab}" if key == active else f"?tab={tab}&lamp={key}",
        }
        for key, label in COUNTERS.items()
    ]
