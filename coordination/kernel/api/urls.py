"""The addresses of the API: the calculator, and the schema that describes it."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from coordination.kernel.api.due import urlpatterns as due

urlpatterns = [*due, path("schema/", SpectacularAPIView.as_view(), name="schema")]
