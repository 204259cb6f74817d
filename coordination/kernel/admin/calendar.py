"""Notices of holidays: one person enters a notice and its days, two different ones confirm it, then it is in force."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coordination.kernel.admin.bounds import OwnCounty, Permitted
from coordination.kernel.calendar import CalendarDay, CalendarNotice, confirm
from coordination.kernel.now import CST, now
from coordination.kernel.words import Refusal


class NoticeForm(forms.ModelForm):
    """A notice has been issued, for its own year or the next."""

    def clean(self) -> dict:
        told = super().clean()
        year, issued = told.get("year"), told.get("issued")
        if issued and issued > now().astimezone(CST).date():
            self.add_error("issued", _("发文日期不能晚于今天，请核对。"))
        if year and issued and year not in (issued.year, issued.year + 1):
            self.add_error("year", _("通知安排发文当年或者次年的放假，请核对年份。"))
        return told


class DaysFormSet(forms.BaseInlineFormSet):
    """The days of a notice are of its year, or of the last days of the one before."""

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            day = form.cleaned_data.get("date") if not form.errors else None
            if day and self.instance.year not in (day.year, (day + timedelta(days=7)).year):
                raise ValidationError(_("%(day)s 不在通知的年份之内，请核对。") % {"day": day})


class DayInline(Permitted, admin.TabularInline):
    model = CalendarDay
    formset = DaysFormSet
    extra = 3


@admin.register(CalendarNotice)
class CalendarNoticeAdmin(OwnCounty):
    """As soon as somebody has confirmed a notice it is changed no more: the second person must see what the first saw.
    What was entered wrong is deleted before it is in force, and corrected by a later notice afterwards."""

    form = NoticeForm
    fields = ["year", "county", "title", "reference", "issued", "official"]
    list_display = ["year", "title", "county", "issued", "state", "confirmed_by_first", "confirmed_by_second"]
    list_filter = ["year", ("county", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["county", "confirmed_by_first", "confirmed_by_second"]
    inlines = [DayInline]
    change_form_template = "admin/kernel/calendarnotice/change_form.html"

    @admin.display(description=gettext_lazy("状态"))
    def state(self, notice: CalendarNotice) -> str:
        if notice.in_force:
            return _("已生效")
        return _("待第二人确认") if notice.confirmed_by_first_id else _("待确认")

    def has_change_permission(self, request: HttpRequest, obj: CalendarNotice | None = None) -> bool:
        return _open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: CalendarNotice | None = None) -> bool:
        return obj is not None and not obj.in_force and super().has_delete_permission(request, obj)

    def get_urls(self) -> list:
        confirming = self.admin_site.admin_view(self.confirm)
        return [path("<int:pk>/confirm/", confirming, name="kernel_calendarnotice_confirm"), *super().get_urls()]

    @method_decorator(require_POST)
    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One person's confirmation of what stands on the page."""
        notice = get_object_or_404(self.get_queryset(request), pk=pk)
        if not super().has_change_permission(request, notice):
            raise PermissionDenied
        try:
            self._confirm(request, notice)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        return redirect(reverse("admin:kernel_calendarnotice_change", args=[pk]))

    def _confirm(self, request: HttpRequest, notice: CalendarNotice) -> None:
        if not notice.days.exists():
            raise Refusal(_("通知没有任何放假或者上班日，请先逐日录入。"), code="missing")
        notice = confirm(notice, request.user, now())
        self.log_change(request, notice, _("确认"))
        told = (
            _("通知已经生效，尚未办结的时限将重新计算。") if notice.in_force else _("已确认，请另一人核对后再次确认。")
        )
        messages.success(request, told)


def _open(notice: CalendarNotice | None) -> bool:
    return notice is None or (not notice.in_force and notice.confirmed_by_first_id is None)
