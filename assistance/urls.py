"""执法协助: assistance between organs: one asks, the other answers, both under the clock."""

from assistance.models import Assistance
from coordination.kernel.web.urls import workflow_urls

urlpatterns = workflow_urls(Assistance)
