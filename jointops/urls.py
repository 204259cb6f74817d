from coordination.kernel.web.urls import workflow_urls
from jointops.models import Meeting, Operation

urlpatterns = workflow_urls(Operation, Meeting)
