"""Who was shown a complainant's identity: for the audit administrator, who learns of no identity here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from complaints.identity import Reveal
from coordination.kernel.admin.bounds import ReadOnly, bounded_by
from coordination.kernel.matters import Matter
from coordination.kernel.organs import User
from coordination.kernel.web.moments import moment_words


@admin.register(Reveal)
class RevealAdmin(ReadOnly):
    """Who, from when until when, why, at which complaint of the auditor's county (LAW-22). What accuses the auditor or
    an organ of his is not told to him here either (LAW-20)."""

    list_display = fields = readonly_fields = ["shown", "who", "number", "why", "hidden"]
    list_filter = [("user", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "complaint"]
    search_fields = ["user__username", "user__name", "=complaint__number", "reason"]
    date_hierarchy = "at"
    ordering = ["-at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reveal]:
        rows, county = super().get_queryset(request), bounded_by(request)
        rows = rows.exclude(complaint__in=Matter.objects.hidden_from(request.user).values("pk"))
        return rows.filter(complaint__county=county) if county else rows

    @admin.display(description=_("查看时间"), ordering="at")
    def shown(self, reveal: Reveal) -> str:
        return moment_words(reveal.at)

    @admin.display(description=_("查看人"), ordering="user")
    def who(self, reveal: Reveal) -> User:
        return reveal.user

    @admin.display(description=_("投诉举报编号"), ordering="complaint__number")
    def number(self, reveal: Reveal) -> str:
        return reveal.complaint.number

    @admin.display(description=_("查看理由"))
    def why(self, reveal: Reveal) -> str:
        return reveal.reason

    @admin.display(description=_("显示至"), ordering="until")
    def hidden(self, reveal: Reveal) -> str:
        return moment_words(reveal.until)
