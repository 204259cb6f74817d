"""What an administrator reaches: his own county; and what nobody changes here at all."""

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest

from coordination.kernel.organs import County, Organ, posts_of


def counties_of(request: HttpRequest) -> set[str]:
    return {post.organ.county_id for post in posts_of(request.user)}


class OwnCounty(admin.ModelAdmin):
    """Rows of the counties in which the administrator has a post, and organs of no other to choose from. A superuser
    administers the installation, and with it every county."""

    county_path = "county"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(**{f"{self.county_path}__in": counties_of(request)})

    def formfield_for_foreignkey(self, field: ForeignKey, request: HttpRequest, **kwargs):
        paths = {County: "pk", Organ: "county"}
        if field.related_model in paths and not request.user.is_superuser:
            rows = field.related_model._default_manager
            kwargs["queryset"] = rows.filter(**{f"{paths[field.related_model]}__in": counties_of(request)})
        return super().formfield_for_foreignkey(field, request, **kwargs)


class Kept(admin.ModelAdmin):
    """Rows that others point to: ended or switched off, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class ReadOnly(Kept):
    """Rows that the program writes, for looking only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
