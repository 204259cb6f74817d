"""What an administrator reaches: the pages of his duty, in his county; and what nobody changes here at all.

A page says whose `duty` it is, and which others may look (`read_by`): each kind of row is changed by one duty alone.
"""

from django.contrib import admin
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest

from coordination.kernel.duties import Duty
from coordination.kernel.organs import County, Organ
from coordination.kernel.words import law_language, named


class Permitted:
    """Permissions by duty, for a page and for the rows below one."""

    duty = Duty.SYSTEM
    read_by: tuple[Duty, ...] = ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return any(request.user.administers(duty) for duty in (self.duty, *self.read_by))

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return request.user.administers(self.duty)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return request.user.administers(self.duty)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return request.user.administers(self.duty)

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


class Dutied(Permitted, admin.ModelAdmin):
    """A page of one duty; the log says what became of each value."""

    def construct_change_message(self, request: HttpRequest, form, formsets, add: bool = False) -> list:
        told = super().construct_change_message(request, form, formsets, add)
        if add:
            return told
        values = [_became(form, name) for name in form.changed_data]
        below = [one for one in told if any("name" in facts for facts in one.values())]
        return [*([{"changed": {"fields": values}}] if values else []), *below]


@law_language()
def _became(form, name: str) -> str:
    """`有效期至：2026-09-20 → 2027-09-20`."""
    return named(form.fields[name].label, f"{_shown(form.initial.get(name))} → {_shown(form.cleaned_data.get(name))}")


def _shown(value) -> str:
    return "—" if value in (None, "") else str(value)


def bounded_by(request: HttpRequest) -> County | None:
    """The one county that the administrator administers; None: the whole installation."""
    return None if request.user.is_superuser else request.user.duty_county


class OwnCounty(Dutied):
    """Rows of the administrator's county, and organs of no other to choose from."""

    county_path = "county"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows, county = super().get_queryset(request), bounded_by(request)
        return rows.filter(**{self.county_path: county.pk}) if county else rows

    def formfield_for_foreignkey(self, field: ForeignKey, request: HttpRequest, **kwargs):
        county, paths = bounded_by(request), {County: "pk", Organ: "county"}
        if county and field.related_model in paths:
            rows = field.related_model._default_manager
            kwargs["queryset"] = rows.filter(**{paths[field.related_model]: county.pk})
        return super().formfield_for_foreignkey(field, request, **kwargs)


class Kept(Dutied):
    """Rows that others point to: ended or switched off, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class ReadOnly(Kept):
    """Rows that the program writes, for the audit administrator to look at."""

    duty = Duty.AUDIT

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
