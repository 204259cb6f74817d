"""文号: how far each series has come, and that no number is missing."""

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coordination.kernel.admin.bounds import OwnCounty, ReadOnly
from coordination.kernel.documents import IssuedDocument, NumberSeries
from coordination.kernel.duties import Duty


@admin.register(NumberSeries)
class NumberSeriesAdmin(ReadOnly, OwnCounty):
    duty = Duty.SYSTEM
    county_path = "organ__county"
    list_display = ["organ", "series", "year", "last", "issued", "gapless"]
    list_filter = ["year", ("organ", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organ"]
    search_fields = ["organ__name", "organ__mark", "series"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[NumberSeries]:
        same = IssuedDocument.objects.filter(organ=OuterRef("organ"), series=OuterRef("series"), year=OuterRef("year"))
        counted = same.order_by().values("organ").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(issued=Coalesce(Subquery(counted), 0))

    @admin.display(description=_("已制发份数"))
    def issued(self, series: NumberSeries) -> int:
        return series.issued

    @admin.display(description=_("没有空号"), boolean=True)
    def gapless(self, series: NumberSeries) -> bool:
        return series.issued == series.last
