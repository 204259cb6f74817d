from cases.models import Case
from coordination.kernel.web.urls import workflow_urls

app_name = "cases"
urlpatterns = workflow_urls(Case)
