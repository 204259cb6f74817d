"""What the steps of a claim ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms import text
from coordination.kernel.catalogue import Item
from coordination.kernel.organs import Role, User
from coordination.kernel.steps import StepForm
from infosharing.claims.gates import working


class ClaimForm(StepForm):
    items = forms.ModelMultipleChoiceField(
        Item.objects.all(),
        label=_("认领的执法事项"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("监管层级为县级、由本部门主管的事项；承接的乡镇会立即收到通知"),
    )
    words = text(_("对乡镇的工作要求"), rows=2, required=False)

    def prepare(self) -> None:
        guided = Item.objects.filter(guide=self.actor.organ).active_on(self.moment.date())
        standing = guided.filter(claims__isnull=False).exclude(claims__stage="released")
        self.fields["items"].queryset = guided.exclude(pk__in=standing.values("pk"))


class DivideForm(StepForm):
    administrator = forms.ModelChoiceField(User.objects.all(), label=_("系统管理员"))
    officers = forms.ModelMultipleChoiceField(
        User.objects.all(),
        label=_("使用系统的执法人员"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("每人用自己的账号登录，不得共用"),
    )

    def prepare(self) -> None:
        for name, role in (("administrator", Role.ORGAN_ADMIN), ("officers", Role.OFFICER)):
            here = working(self.actor.organ, self.moment.date(), role)
            self.fields[name].queryset = here.order_by("username")


class UrgeForm(StepForm):
    words = text(_("督促和指导的内容"))


class OpenedForm(StepForm):
    words = text(_("开通情况"), rows=2)


class ReleaseForm(StepForm):
    reason = text(_("取消认领的理由"))
