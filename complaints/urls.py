"""投诉举报: complaints, reports and petitions, and first responsibility."""

from django.urls import path

from complaints.looking import identity_page, service_copy
from complaints.models import Complaint
from complaints.similar import similar
from coordination.kernel.web.urls import workflow_urls

urlpatterns = [
    path("complaints/similar/", similar, name="complaints-similar"),
    path("complaints/<str:number>/identity/", identity_page, name="complaints-identity"),
    path("complaints/<str:number>/service/<int:pk>/", service_copy, name="complaints-service"),
    *workflow_urls(Complaint),
]
