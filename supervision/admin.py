"""Who follows up in the government's name, entered by an administrator of the county."""

from django.contrib import admin
from django.http import HttpRequest

from coordination.kernel.admin.bounds import Kept, OwnCounty
from coordination.kernel.organs import Organ
from supervision.authority import Appointment


@admin.register(Appointment)
class AppointmentAdmin(Kept, OwnCounty):
    """An appointment ends by its date; a paper may have been issued under it."""

    list_display = ["organ", "by", "reference", "scope", "since", "until"]
    list_filter = ["by"]
    search_fields = ["reference", "scope"]
    ordering = ["-since"]

    def formfield_for_foreignkey(self, field, request: HttpRequest, **kwargs):
        found = super().formfield_for_foreignkey(field, request, **kwargs)
        if field.name == "by":
            found.queryset = found.queryset.filter(kind=Organ.Kind.GOVERNMENT)
        return found
