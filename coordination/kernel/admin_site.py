"""The Django admin of this product: the common login page, and only pages that say whose duty they are."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _


class Site(admin.AdminSite):
    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """What other packages bring along is left out: it knows nothing of the duties, and some of it shows secrets
        (the keys of second factors, the tokens of programs)."""
        if hasattr(admin_class, "duty"):
            super().register(model_or_iterable, admin_class, **options)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Everybody logs in on one page, with its lock-out and its second factor."""
        if request.user.is_authenticated:
            raise PermissionDenied(_("您的账号没有管理职责。需要时请联系安全管理员。"))
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def password_change(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """One page for that, too."""
        return redirect("password")
