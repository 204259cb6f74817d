from coordination.kernel.web.urls import workflow_urls
from supervision.models import Order

urlpatterns = workflow_urls(Order, at="supervision/orders/")
