"""Matters in the admin: found by number and kind, changed nowhere but on their own pages."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from coordination.kernel.admin.bounds import ReadOnly
from coordination.kernel.matters import Matter
from coordination.kernel.web.workflows import child, with_children, workflow


@admin.register(Matter)
class MatterAdmin(ReadOnly):
    """Those that the administrator may see: one without a post sees none, for administering is no remit to read."""

    list_display = ["page", "kind_label", "title", "stage_label", "holder", "opened_at", "next_due_at", "closed_at"]
    list_display_links = None
    list_filter = ["kind", "urgency", ("holder", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["number", "title"]
    ordering = ["-pk"]
    date_hierarchy = "opened_at"
    fields = ["page", "kind_label", "title", "stage_label", "urgency", "originator", "holder", "opened_at", "closed_at"]
    readonly_fields = ["page", "kind_label", "stage_label"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Matter]:
        return with_children(Matter.objects.visible_to(request.user))

    @admin.display(description=_("编号"), ordering="number")
    def page(self, matter: Matter) -> str:
        return format_html('<a href="{}">{}</a>', reverse("matter", args=[matter.number]), matter.number)

    @admin.display(description=_("类别"))
    def kind_label(self, matter: Matter) -> str:
        return str(workflow(matter.kind)._meta.verbose_name)

    @admin.display(description=_("环节"))
    def stage_label(self, matter: Matter) -> str:
        return child(matter).get_stage_label()
