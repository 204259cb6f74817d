"""Counties and organs in the admin."""

from django.contrib import admin
from django.http import HttpRequest

from coordination.kernel.admin.bounds import Kept, OwnCounty
from coordination.kernel.duties import Duty
from coordination.kernel.organs import County, Organ


@admin.register(County)
class CountyAdmin(Kept, OwnCounty):
    county_path = "pk"
    list_display = ["code", "name", "mechanism"]

    def get_readonly_fields(self, request: HttpRequest, obj: County | None = None) -> list[str]:
        """The code stands in every address and key; the rules in force are not swapped under running clocks."""
        return ["code", "mechanism"] if obj else []


@admin.register(Organ)
class OrganAdmin(Kept, OwnCounty):
    """An organ that is dissolved keeps its row: its letters and matters name it."""

    read_by = (Duty.SECURITY,)  # who chooses one for a post
    list_display = ["name", "short_name", "kind", "mark", "superior", "parent", "off_platform", "phone"]
    list_filter = [("county", admin.RelatedOnlyFieldListFilter), "kind", "off_platform"]
    list_select_related = ["superior", "parent"]
    search_fields = ["name", "short_name", "key", "sort_key"]
    autocomplete_fields = ["superior", "parent"]

    def get_readonly_fields(self, request: HttpRequest, obj: Organ | None = None) -> list[str]:
        return ["county", "key"] if obj else []
