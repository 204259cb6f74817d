"""What the steps of a patrol's finding ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms import ReasonForm as ReasonForm
from cases.forms import organs, text
from coordination.kernel.catalogue import Item
from coordination.kernel.steps import StepForm
from coordination.kernel.steps.fields import DayField, LocalDateTimeField
from coordination.kernel.steps.scans import ScanForm, scan

GRADES = [("good", pgettext_lazy("patrol", "处置到位")), ("late", pgettext_lazy("patrol", "处置到位但迟缓"))]


class DiscoverForm(StepForm):
    groups = (
        (_("在哪里"), ("village", "place_text", "found_at")),
        (_("发现什么"), ("title", "item", "words")),
    )
    village = forms.CharField(label=_("村（社区）"), max_length=60)
    place_text = forms.CharField(label=_("具体地点"), max_length=200)
    found_at = LocalDateTimeField(label=_("巡查发现时间"))
    title = forms.CharField(label=_("发现的问题"), max_length=120, help_text=_("如：河道边堆放垃圾"))
    item = forms.ModelChoiceField(Item.objects.all(), label=_("执法事项"), required=False)
    words = text(_("现场情况"))


class AssignForm(StepForm):
    handler = organs(_("处置单位"))
    handle_by = DayField(label=_("处置期限"))
    words = text(_("交办意见"), rows=2)


class HandleForm(ScanForm):
    words = text(_("处置情况"))
    photo = scan(_("处置后照片或材料"), required=False)
    scans = ("photo",)


class FeedBackForm(StepForm):
    result = text(_("反馈结果"))


class EvaluateForm(StepForm):
    grade = forms.ChoiceField(label=_("评价"), choices=GRADES)
    words = text(_("评价意见"), rows=2)
