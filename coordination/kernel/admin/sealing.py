"""How each organ seals, and which of its papers could not be signed."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coordination.kernel.admin.bounds import OwnCounty, ReadOnly
from coordination.kernel.documents import Seal, SealSetting


@admin.register(SealSetting)
class SealSettingAdmin(OwnCounty):
    """Names a file in the folder of certificates; the key itself never comes through a browser."""

    county_path = "organ__county"
    list_display = ["organ", "adapter", "certificate"]
    list_filter = ["adapter"]
    list_select_related = ["organ"]
    autocomplete_fields = ["organ"]

    def get_readonly_fields(self, request: HttpRequest, obj: SealSetting | None = None) -> list[str]:
        return ["organ"] if obj else []


@admin.register(Seal)
class SealAdmin(ReadOnly, OwnCounty):
    """The papers that are signed, or owe a signature and why."""

    county_path = "document__organ__county"
    list_display = ["number", "signer", "sealed_at", "tries", "why"]
    list_filter = ["fault"]
    list_select_related = ["document__organ"]
    search_fields = ["document__number"]
    exclude = ["document", "pdf"]

    @admin.display(description=_("文号"))
    def number(self, seal: Seal) -> str:
        return seal.document.number

    @admin.display(description=_("未签章的原因"))
    def why(self, seal: Seal) -> str:
        return seal.trouble
