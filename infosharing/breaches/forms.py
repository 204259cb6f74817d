"""What the steps of a breach ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms import organs, text
from coordination.kernel.steps import StepForm
from coordination.kernel.steps.fields import LocalDateTimeField
from infosharing.records import SharedRecord

#: 三（五）1–4, in the words of the document.
KINDS = (
    ("not_shared", pgettext_lazy("breach", "不共享或不按要求共享行政执法信息")),
    ("leaked", pgettext_lazy("breach", "违反规定泄露行政执法信息，造成严重后果")),
    ("destroyed", pgettext_lazy("breach", "故意毁损，随意删除、修改行政执法共享信息")),
    ("other", pgettext_lazy("breach", "其他违反规定，造成严重后果")),
)


class BreachForm(StepForm):
    groups = ((_("谁，什么情形"), ("accused", "breach_kind", "happened_at")), (_("经过和线索"), ("words",)))
    accused = organs(_("涉及的单位"))
    breach_kind = forms.ChoiceField(label=_("情形"), choices=KINDS)
    happened_at = LocalDateTimeField(label=_("发生（发现）时间"))
    words = text(_("事实和线索"), rows=4)
    record = forms.ModelChoiceField(
        SharedRecord.objects.all(), required=False, label=_("涉及的共享记录"), widget=forms.HiddenInput
    )
    silent = ("record",)

    def prepare(self) -> None:
        record = self.initial.get("record")
        self.fields["record"].queryset = SharedRecord.objects.filter(pk=record and record.pk)


class FindingForm(StepForm):
    finding = text(_("查证情况和结论"))


class RectifiedForm(StepForm):
    words = text(_("整改和核查情况"))
