"""The journal and its seals, for looking: who, when, which step, and the hash by which it is proved."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from coordination.kernel.admin.bounds import ReadOnly, bounded_by
from coordination.kernel.duties import Duty
from coordination.kernel.journal import Checkpoint, Entry
from coordination.kernel.matters import Matter


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    """Who took which step when, without a word of the matter: of every matter to the audit administrator of its county,
    to another of those that he may see. The readable words stand on the matter's page."""

    list_display = ["page", "seq", "step", "before", "after", "actor", "organ", "on_behalf_of", "at", "fingerprint"]
    list_display_links = ["seq"]
    list_filter = ["step", ("organ", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["matter", "actor", "organ", "on_behalf_of"]
    search_fields = ["=matter__number", "request_id"]
    ordering = ["-pk"]
    fields = ["page", "seq", "step", "before", "after", "actor", "organ", "on_behalf_of", "at", "request_id"]
    readonly_fields = ["page"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        seen = Matter.objects.visible_to(request.user).filter(pk=OuterRef("matter_id"))
        rows = super().get_queryset(request).filter(_audited(request)).annotate(seen=Exists(seen))
        return rows.defer("body")

    @admin.display(description=_("事项"), ordering="matter")
    def page(self, entry: Entry) -> str:
        """The matter's number, which leads to its page where the reader may see it."""
        if not entry.seen:
            return entry.matter.number
        return format_html('<a href="{}">{}</a>', reverse("matter", args=[entry.matter.number]), entry.matter.number)

    @admin.display(description=_("哈希"))
    def fingerprint(self, entry: Entry) -> str:
        return bytes(entry.hash).hex()[:16]


def _audited(request: HttpRequest) -> Q:
    county = bounded_by(request)
    if request.user.duty == Duty.AUDIT:
        return Q(matter__county=county) if county else Q()
    return Q(matter__in=Matter.objects.visible_to(request.user))


@admin.register(Checkpoint)
class CheckpointAdmin(ReadOnly):
    """Counts and codes alone: they tell nothing of any matter, and are printed on every document."""

    list_display = ["number", "sealed_at", "count", "code", "key"]
    search_fields = ["code"]
    ordering = ["-number"]
    fields = ["number", "sealed_at", "first", "last", "count", "code", "key"]
