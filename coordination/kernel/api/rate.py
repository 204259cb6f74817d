"""How often one person may ask: counted in the database, so that no stopped Redis and no second process lifts it."""

from django.conf import settings
from rest_framework.throttling import BaseThrottle

from coordination.kernel.calls import ApiUse
from coordination.kernel.web.request import moment_of


class Rate(BaseThrottle):
    """settings.API_RATE calls in each minute of the clock."""

    def allow_request(self, request, view) -> bool:
        self.moment = moment_of(request)
        return ApiUse.note(request.user, self.moment) <= settings.API_RATE

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return 60.0 - self.moment.second
