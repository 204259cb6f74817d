from cases.models import Case
from coordination.kernel.web.urls import workflow_urls

urlpatterns = workflow_urls(Case)
