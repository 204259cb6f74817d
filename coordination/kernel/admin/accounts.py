"""Accounts: opened and closed, their duty, first password, second factor and lock: the security administrator's.

His own account is another's to change: nobody gives himself a right.
"""

from axes.models import AccessAttempt
from axes.utils import reset
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.accounts import (
    Account,
    Phone,
    appoint,
    end_access,
    give_initial_password,
    note,
    reset_second_factor,
    void_token,
)
from coordination.kernel.admin.people import People
from coordination.kernel.admin.posts import PostInline
from coordination.kernel.duties import Duty

ACTIONS = ["issue_password", "open_accounts", "close_accounts", "renew_factor", "unlock", "void_tokens"]


@admin.register(Account)
class AccountAdmin(People):
    duty = Duty.SECURITY
    list_display = ["username", "name", "is_active", "duty", "factor", "locked", "must_change_password", "last_login"]
    list_filter = ["is_active", "duty", "must_change_password", "posts__role"]
    fields = ["username", "name", "is_active", "duty", "duty_county", "factor", "initial_password_until", "last_login"]
    inlines = [PostInline]
    actions = ACTIONS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        phones = Phone.objects.filter(user=OuterRef("pk"), confirmed=True)
        tries = AccessAttempt.objects.filter(username=OuterRef("username")).order_by().values("username")
        wrong = tries.annotate(n=Sum("failures_since_start")).values("n")
        return super().get_queryset(request).annotate(enrolled=Exists(phones), wrong=Subquery(wrong))

    @admin.display(description=gettext_lazy("二次验证"), boolean=True)
    def factor(self, account: Account) -> bool:
        return account.enrolled

    @admin.display(description=gettext_lazy("输错密码次数"))
    def locked(self, account: Account) -> int:
        return account.wrong or 0

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.pk != request.user.pk)

    def get_readonly_fields(self, request: HttpRequest, obj: Account | None = None) -> list[str]:
        return [name for name in self.fields if name not in ("duty", "duty_county")]

    def get_actions(self, request: HttpRequest) -> dict:
        return super().get_actions(request) if request.user.administers(self.duty) else {}

    def save_model(self, request: HttpRequest, obj: Account, form, change: bool) -> None:
        appoint(obj, obj.duty, obj.duty_county)

    def each(self, request: HttpRequest, accounts: QuerySet[Account], act, words) -> list:
        """`act` on each account but one's own, and a line in the log for each; what `act` gave back."""
        others = list(accounts.exclude(pk=request.user.pk).order_by("pk"))
        done = []
        for account in others:
            done.append((account, act(account)))
            note(request.user, account, words)
        if len(others) < accounts.count():
            messages.warning(request, _("您自己的账号须由另一名安全管理员办理。"))
        if others:
            messages.success(request, _("已办理 %(n)s 个账号。") % {"n": len(others)})
        return done

    @admin.action(description=gettext_lazy("发放初始密码（同时启用账号）"))
    def issue_password(self, request: HttpRequest, accounts: QuerySet[Account]) -> HttpResponse:
        given = self.each(request, accounts, give_initial_password, gettext_lazy("发放初始密码"))
        context = {**self.admin_site.each_context(request), "given": given, "title": _("初始密码")}
        return render(request, "admin/kernel/account/initial_passwords.html", context)

    @admin.action(description=gettext_lazy("启用账号"))
    def open_accounts(self, request: HttpRequest, accounts: QuerySet[Account]) -> None:
        self.each(request, accounts, lambda account: _switch(account, True), gettext_lazy("启用账号"))

    @admin.action(description=gettext_lazy("停用账号"))
    def close_accounts(self, request: HttpRequest, accounts: QuerySet[Account]) -> None:
        self.each(request, accounts, lambda account: _switch(account, False), gettext_lazy("停用账号"))

    @admin.action(description=gettext_lazy("重置二次验证（手机丢失或者更换）"))
    def renew_factor(self, request: HttpRequest, accounts: QuerySet[Account]) -> None:
        self.each(request, accounts, reset_second_factor, gettext_lazy("重置二次验证"))

    @admin.action(description=gettext_lazy("解除登录锁定"))
    def unlock(self, request: HttpRequest, accounts: QuerySet[Account]) -> None:
        self.each(request, accounts, lambda one: reset(username=one.username), gettext_lazy("解除登录锁定"))

    @admin.action(description=gettext_lazy("作废接口令牌"))
    def void_tokens(self, request: HttpRequest, accounts: QuerySet[Account]) -> None:
        voided = gettext_lazy("作废接口令牌")
        self.each(request, accounts, void_token, voided)


def _switch(account: Account, on: bool) -> None:
    """Whoever is switched off is out at once, and has no token when he comes back."""
    account.is_active = on
    account.save(update_fields=["is_active"])
    if not on:
        end_access(account)
