from django.urls import include, path

from coordination.kernel.web.urls import workflow_urls
from supervision.assessment_pages import as_pdf, as_sheets, assessments, make
from supervision.desk import desk
from supervision.due_list import duties, urge
from supervision.models import Order, Patrol, PeriodicDuty
from supervision.occasions import occasions
from supervision.orders import new_order, orders
from supervision.register_lists import ledger_list, periodic_list
from supervision.registers import accountability, ledger, periodic

ORDERS = [path("", orders, name="list"), path("new/", new_order, name="new")]
urlpatterns = [
    path("supervision/", desk, name="supervision"),
    path("supervision/due/", duties, name="supervision_duties"),
    path("supervision/occasions/", occasions, name="supervision_occasions"),
    path("supervision/urge/<int:pk>/", urge, name="supervision_urge"),
    path("supervision/accountability/", accountability, name="supervision_accountability"),
    path("supervision/periodic/", periodic, name="supervision_periodic"),
    path("supervision/periodic/list/", periodic_list, name="supervision_periodic_list"),
    path("supervision/ledger/", ledger, name="supervision_ledger"),
    path("supervision/ledger/list/", ledger_list, name="supervision_ledger_list"),
    path("supervision/assessments/", assessments, name="supervision_assessments"),
    path("supervision/assessments/new/", make, name="supervision_assess"),
    path("supervision/assessments/<int:pk>.pdf", as_pdf, name="supervision_assessment_pdf"),
    path("supervision/assessments/<int:pk>.xlsx", as_sheets, name="supervision_assessment_xlsx"),
    path("supervision/orders/", include((ORDERS, Order.KIND))),
    *workflow_urls(PeriodicDuty, Patrol),
]
