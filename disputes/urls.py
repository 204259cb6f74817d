"""争议协调: two organs disagree: the county's ladder, rung by rung."""

from django.urls import path

from coordination.kernel.web.urls import workflow_urls
from disputes.models import Dispute
from disputes.waiting import waiting

urlpatterns = [
    path("disputes/waiting/", waiting, name="disputes-waiting"),
    *workflow_urls(Dispute),
]
