"""What a reader counts, as rows; of what he may not open nothing more than that it is one."""

from collections.abc import Collection, Sequence

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.http import HttpRequest
from django.utils.translation import gettext as _

from coordination.kernel import written
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.organs import User, reader_of
from coordination.kernel.web.addresses import address
from coordination.kernel.web.desk_queries import joining, kinds_among, shown_to
from coordination.kernel.web.rows import rows
from supervision.models import Order
from supervision.readers import Remit

PAGE = 20


def scoped(clocks, remit: Remit, user: User):
    """What the reader may count, and nothing that accuses him or his organ."""
    clocks = clocks.filter(shown_to(user), county=remit.county)
    return clocks if remit.whole else clocks.filter(organ__in=remit.organs)


def told(kinds: dict[int, str], remit: Remit, user: User) -> list[Clock]:
    """The clocks of a page with `opens`: whether the reader may open the matter of a clock that he counts."""
    of = kinds_among(kinds)

    def write() -> QuerySet[Clock]:
        may = Matter.objects.visible_to(user).filter(pk=OuterRef("matter"))
        return joining(of).annotate(opens=Value(True) if remit.supervises else Exists(may))

    key = ("told", of, remit.supervises, reader_of(user))
    return written.objects(key, write, keys=list(kinds)) if kinds else []


def rows_of(request: HttpRequest, clocks: list[Clock], remit: Remit) -> list[dict]:
    """Whose duty, under which rule, since when; of a matter that the reader counts and may not open nothing more."""
    shown = rows(request, [(clock.matter, clock) for clock in clocks])
    for row, clock in zip(shown, clocks, strict=True):
        row["clock"] = clock
        row["nudge"] = remit.supervises and clock.open
        row["order_url"] = _order_url(clock.matter, request)
        if not clock.opens:
            only_counted(row)
    return shown


def only_counted(row: dict) -> None:
    """Take out of a row what the reader may not open."""
    row.update(title=row["kind_label"], number=_("只计数，不在您的查阅范围"), matter_url="", order_url="")


def closed_to(user: User, counted: Collection[int]) -> set[int]:
    """Those of the matters that the reader counts and may not open."""
    return set(counted) - set(Matter.objects.visible_to(user).filter(pk__in=counted).values_list("pk", flat=True))


def _order_url(matter: Matter, request: HttpRequest) -> str:
    """The paper that the reader's organ may issue about it; empty for whoever issues none."""
    if matter.kind not in Order.OPENS_FROM or not Order.may_open_from(matter, request.user):
        return ""
    return f"{address('supervision:new')}?from={matter.number}"


class Leafed(Paginator):
    """As far as people leaf and no further: of what was found with one to spare, `more` says that there is more."""

    FARTHEST = 1000

    def __init__(self, found: Sequence) -> None:
        super().__init__(found[: self.FARTHEST], PAGE)
        self.more = len(found) > self.FARTHEST
