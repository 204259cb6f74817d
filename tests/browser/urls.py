"""The installation's addresses and the gallery of components."""

from coordination.kernel.web import components
from coordination.urls import urlpatterns as installed

urlpatterns = [*components.urlpatterns, *installed]
