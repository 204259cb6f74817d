"""The installation's addresses with the calculator's page and API, for their tests."""

from django.urls import include, path

from coordination.kernel.api.due import urlpatterns as api
from coordination.kernel.web.calculator import urlpatterns as page
from coordination.urls import urlpatterns as installed

urlpatterns = [*page, path("api/v1/", include(api)), *installed]
