"""What a request knows: its moment, its calendar, the matter it names."""

from datetime import datetime

from django.db.models import F, QuerySet, TextField
from django.http import Http404, HttpRequest

from coordination.kernel import written
from coordination.kernel.calendar import WorkCalendar, work_calendar
from coordination.kernel.matters import Matter
from coordination.kernel.mechanisms import kept_rules
from coordination.kernel.organs import Organ, posts_of, present_posts_of


def moment_of(request: HttpRequest) -> datetime:
    """The moment of this request: asked of the database once, so that a page agrees with itself; with it come the
    reader's posts."""
    if not hasattr(request, "moment"):
        request.moment = present_posts_of(request.user)
    return request.moment


def calendar_of(request: HttpRequest) -> WorkCalendar:
    """The calendar of the reader's county, read once a request."""
    if not hasattr(request, "work_calendar"):
        posts = posts_of(request.user)
        county = posts[0].organ.county_id if posts else None
        version = kept_rules(county).calendar_version if county else None
        request.work_calendar = work_calendar(county, version)
    return request.work_calendar


def organs_of(request: HttpRequest) -> dict[int, Organ]:
    """Every organ of the reader's counties by id, in the order of their names: some fifty a county, read once a
    request."""
    if not hasattr(request, "organs"):
        counties = {post.organ.county_id for post in posts_of(request.user)}
        found = written.objects("organs", _organs, counties=sorted(counties))
        request.organs = {organ.pk: organ for organ in found}
    return request.organs


def _organs() -> QuerySet[Organ]:
    return Organ.objects.filter(written.one_of_later(F("county"), "counties", TextField()))


def matter_or_404(request: HttpRequest, number: str) -> Matter:
    """The child instance of a matter that the reader may see; 404 for any other, whether or not it exists."""
    moment_of(request)
    found = Matter.objects.visible_to(request.user).filter(number=number).values_list("pk", "kind").first()
    if found is None:
        raise Http404
    return Matter(pk=found[0], id=found[0], kind=found[1]).as_child()


def openable_or_404(request: HttpRequest, matter: Matter) -> Matter:
    """The child instance of a matter whose papers and materials the reader may open; 404 for any other."""
    found = matter if matter.KIND else matter.as_child()
    if not found.may_open(request.user):
        raise Http404
    return found
