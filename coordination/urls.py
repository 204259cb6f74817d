"""Every address of the installation, by the app that answers it."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from coordination.kernel.web.language import switch
from coordination.kernel.web.login import Login

urlpatterns = [
    path("admin/", admin.site.urls),
    path("login/", Login.as_view(), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("language/", login_not_required(switch), name="set_language"),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/v1/", include("coordination.kernel.api.urls")),
    *(path("", include(f"{name}.urls")) for name in settings.WORKFLOWS),
    path("", include("coordination.kernel.web.urls")),
]

handler403 = "coordination.kernel.web.system.forbidden"
handler500 = "coordination.kernel.web.system.server_error"
