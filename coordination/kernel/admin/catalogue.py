"""The catalogue in the admin: items from and to xlsx, holdings that are ended and not deleted, entrustment letters."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from import_export.widgets import BooleanWidget, IntegerWidget

from coordination.kernel.admin.bounds import Kept, OwnCounty
from coordination.kernel.admin.entrusting import printed
from coordination.kernel.admin.sheets import DAY, Known, SheetAdmin, SheetResource, column
from coordination.kernel.catalogue import Entrustment, Holding, Item
from coordination.kernel.now import now
from coordination.kernel.organs import County, Organ
from coordination.kernel.words import Refusal


class ItemResource(SheetResource):
    """One row an item, known by county and number; a row that would not pass the form does not pass here."""

    county = column("县代码", "county", Known(County, "code"))
    number = column("序号", "number", IntegerWidget())
    code = column("事项编码", "code")
    title = column("事项名称", "title")
    conduct = column("违法行为", "conduct")
    law = column("违反的法律法规", "law")
    article = column("违反条款", "article")
    penalty_law = column("处罚依据", "penalty_law")
    penalty_article = column("处罚条款", "penalty_article")
    law_version = column("文本版本", "law_version")
    checked = column("核对说明", "checked")
    field = column("领域", "field")
    guide = column("县级主管部门标识", "guide", Known(Organ, "key"))
    needs_legal_review = column("须法制审核", "needs_legal_review", BooleanWidget())
    stays_with_county = column("决定在县级", "stays_with_county", BooleanWidget())
    since = column("列入目录之日", "since", DAY)
    until = column("移出目录之日", "until", DAY)

    class Meta:
        model = Item
        import_id_fields = ["county", "number"]
        exclude = ["id", "pinyin", "initials"]
        clean_model_instances = True
        skip_unchanged = True

    def before_save_instance(self, instance: Item, row, **kwargs) -> None:
        instance.index()


class HoldingResource(SheetResource):
    """One row a holding, known by item, place and first day; overlapping holders are refused with the other's name."""

    item = column("事项编码", "item", Known(Item, "code"))
    holder = column("承担机关标识", "holder", Known(Organ, "key"))
    place = column("适用乡镇标识", "place", Known(Organ, "key"))
    mode = column("方式", "mode")
    since = column("自", "since", DAY)
    until = column("至", "until", DAY)
    decision_number = column("省级赋权决定文号", "decision_number")
    decision_date = column("省级赋权决定日期", "decision_date", DAY)
    devolved_from = column("原承担部门标识", "devolved_from", Known(Organ, "key"))
    entrustment = column("委托书编号", "entrustment", Known(Entrustment, "number"))

    class Meta:
        model = Holding
        import_id_fields = ["item", "place", "since"]
        exclude = ["id"]
        clean_model_instances = True
        skip_unchanged = True


@admin.register(Item)
class ItemAdmin(Kept, OwnCounty, SheetAdmin):
    """An item that leaves the list keeps its row: matters stand under it."""

    resource_classes = [ItemResource]
    list_display = ["number", "title", "field", "guide", "penalty_article", "since", "until"]
    list_display_links = ["title"]
    list_filter = [
        ("county", admin.RelatedOnlyFieldListFilter),
        "field",
        "needs_legal_review",
        "stays_with_county",
        "guide",
    ]
    list_select_related = ["guide"]
    search_fields = ["=number", "code", "title", "law", "pinyin", "initials"]


@admin.register(Holding)
class HoldingAdmin(OwnCounty, SheetAdmin):
    """A holding that has begun is history: it is ended by its last day, never deleted (NW-3.11)."""

    county_path = "item__county"
    resource_classes = [HoldingResource]
    list_display = ["item", "place", "holder", "mode", "since", "until", "decision_number"]
    list_filter = ["mode", ("place", admin.RelatedOnlyFieldListFilter), "item__field"]
    list_select_related = ["item", "place", "holder"]
    search_fields = ["=item__number", "item__title", "holder__name", "decision_number"]
    autocomplete_fields = ["item", "entrustment"]

    def has_delete_permission(self, request, obj: Holding | None = None) -> bool:
        return obj is not None and obj.since > now().date() and super().has_delete_permission(request, obj)


@admin.register(Entrustment)
class EntrustmentAdmin(OwnCounty):
    county_path = "from_organ__county"
    list_display = ["number", "from_organ", "to_organ", "since", "until", "published_at", "defect"]
    list_filter = [("from_organ", admin.RelatedOnlyFieldListFilter), ("to_organ", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["from_organ", "to_organ"]
    search_fields = ["number", "from_organ__name", "to_organ__name"]

    @admin.display(description=_("今日效力"))
    def defect(self, letter: Entrustment) -> str:
        return letter.defect_on(now().date()) or _("有效")

    def get_urls(self) -> list:
        printing = self.admin_site.admin_view(self.print_letter)
        return [path("<int:pk>/letter/", printing, name="kernel_entrustment_letter"), *super().get_urls()]

    @method_decorator(require_safe)
    def print_letter(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The paper to be signed and sealed by both organs."""
        letter = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, letter):
            raise PermissionDenied
        try:
            content = printed(letter)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("admin:kernel_entrustment_change", pk)
        headers = {"Content-Disposition": f'inline; filename="entrustment-{pk}.pdf"'}
        return HttpResponse(content, content_type="application/pdf", headers=headers)

    def has_delete_permission(self, request, obj: Entrustment | None = None) -> bool:
        return obj is not None and obj.since > now().date() and super().has_delete_permission(request, obj)
