from django.urls import path

from coordination.kernel.web.urls import workflow_urls
from supervision.desk import desk, duties, urge
from supervision.models import Order, Patrol, PeriodicDuty

urlpatterns = [
    path("supervision/", desk, name="supervision"),
    path("supervision/due/", duties, name="supervision_duties"),
    path("supervision/urge/<int:pk>/", urge, name="supervision_urge"),
    *workflow_urls(Order, at="supervision/orders/"),
    *workflow_urls(PeriodicDuty, Patrol),
]
