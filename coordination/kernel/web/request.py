"""What a request knows: its moment, its calendar, the matter it names."""

from datetime import datetime

from django.http import Http404, HttpRequest

from coordination.kernel.calendar import WorkCalendar, work_calendar
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.organs import posts_of


def moment_of(request: HttpRequest) -> datetime:
    """The moment of this request: asked of the database once, so that a page agrees with itself."""
    if not hasattr(request, "moment"):
        request.moment = now()
        posts_of(request.user, request.moment.date())
    return request.moment


def calendar_of(request: HttpRequest) -> WorkCalendar:
    """The calendar of the reader's county, read once a request."""
    if not hasattr(request, "work_calendar"):
        posts = posts_of(request.user)
        request.work_calendar = work_calendar(posts[0].organ.county_id if posts else None)
    return request.work_calendar


def matter_or_404(request: HttpRequest, number: str) -> Matter:
    """The child instance of a matter that the reader may see; 404 for any other, whether or not it exists."""
    moment_of(request)
    found = Matter.objects.visible_to(request.user).filter(number=number).values_list("pk", "kind").first()
    if found is None:
        raise Http404
    return Matter(pk=found[0], id=found[0], kind=found[1]).as_child()
