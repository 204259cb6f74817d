"""People and their certificates: the base data that the system administrator keeps. An account that is entered here
opens nothing until the security administrator gives it a password and a post."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coordination.kernel.admin.bounds import Kept, bounded_by
from coordination.kernel.duties import Duty
from coordination.kernel.now import now
from coordination.kernel.organs import User


class People(Kept):
    """Accounts are switched off, never deleted: the journal names them."""

    search_fields = ["username", "name", "certificate_number", "posts__organ__name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        people, county = super().get_queryset(request), bounded_by(request)
        if request.user.is_superuser:
            return people
        own = Q(posts__organ__county=county) | Q(posts__isnull=True) if county else Q()
        return people.filter(own, is_superuser=False).distinct()


@admin.register(User)
class PersonAdmin(People):
    read_by = (Duty.SECURITY,)  # who chooses one for a post
    list_display = ["username", "name", "certificate_number", "certificate_today", "certificate_until", "is_active"]
    list_filter = ["certificate_state", "is_active", "posts__role"]
    fieldsets = [
        (None, {"fields": ["username", "name", "phone", "email"]}),
        (_("执法证"), {"fields": ["certificate_number", "certificate_state", "certificate_until"]}),
    ]

    @admin.display(description=_("执法证今日状态"))
    def certificate_today(self, user: User) -> str:
        return user.certificate_on(now().date()).label

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return ["username"] if obj else []

    def save_model(self, request: HttpRequest, obj: User, form, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
            obj.is_active = False
        super().save_model(request, obj, form, change)
