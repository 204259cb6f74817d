"""What the audit administrator reads: what administrators did, who logged in, who failed to. Nobody changes it here;
the log of administrators nobody changes in the database either."""

from axes.models import AccessBase
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coordination.kernel.accounts import FailedLogin, Login
from coordination.kernel.admin.bounds import ReadOnly, bounded_by
from coordination.kernel.materials import MaterialAccess
from coordination.kernel.organs import User
from coordination.kernel.web.moments import moment_words


class Trail(ReadOnly):
    """Of the people of the auditor's county; `whose`: the field that names them."""

    whose = "user"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows, county = super().get_queryset(request), bounded_by(request)
        if county is None:
            return rows
        people = User.objects.filter(Q(posts__organ__county=county) | Q(duty_county=county))
        return rows.filter(**{f"{self.whose}__in": people.values("username" if self.whose == "username" else "pk")})


@admin.register(LogEntry)
class LogAdmin(Trail):
    list_display = ["action_time", "user", "content_type", "object_repr", "action_flag", "what"]
    list_display_links = ["action_time"]
    list_filter = ["action_flag", ("content_type", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "content_type"]
    search_fields = ["user__username", "user__name", "object_repr", "change_message"]
    fields = ["action_time", "user", "content_type", "object_id", "object_repr", "action_flag", "what"]
    readonly_fields = ["what"]
    date_hierarchy = "action_time"

    @admin.display(description=_("内容"))
    def what(self, entry: LogEntry) -> str:
        return entry.get_change_message()


class LoginsAdmin(Trail):
    """Passwords are in none of these rows: only who, when and from where."""

    whose = "username"
    search_fields = ["=username", "=ip_address"]
    date_hierarchy = "attempt_time"
    ordering = ["-attempt_time"]
    list_display = fields = readonly_fields = ["at", "login", "address", "agent"]

    @admin.display(description=_("时间"), ordering="attempt_time")
    def at(self, row: AccessBase) -> str:
        return moment_words(row.attempt_time)

    @admin.display(description=_("登录名"), ordering="username")
    def login(self, row: AccessBase) -> str:
        return row.username or ""

    @admin.display(description=_("地址"), ordering="ip_address")
    def address(self, row: AccessBase) -> str:
        return row.ip_address or ""

    @admin.display(description=_("浏览器"))
    def agent(self, row: AccessBase) -> str:
        return row.user_agent


@admin.register(Login)
class LoginAdmin(LoginsAdmin):
    list_display = fields = readonly_fields = ["at", "login", "address", "left", "agent"]

    @admin.display(description=_("退出时间"))
    def left(self, row: Login) -> str:
        return moment_words(row.logout_time) if row.logout_time else ""


@admin.register(FailedLogin)
class FailedLoginAdmin(LoginsAdmin):
    list_display = fields = readonly_fields = ["at", "login", "address", "shut", "agent"]

    @admin.display(description=_("已锁定"), boolean=True)
    def shut(self, row: FailedLogin) -> bool:
        return row.locked_out


@admin.register(MaterialAccess)
class MaterialAccessAdmin(Trail):
    """Of which matter, not which words: auditing is no remit to read."""

    list_display = ["at", "user", "number"]
    list_select_related = ["user", "material__matter"]
    fields = ["at", "user", "number"]
    readonly_fields = ["number"]
    ordering = ["-at"]

    @admin.display(description=_("事项"))
    def number(self, access: MaterialAccess) -> str:
        return access.material.matter.number
