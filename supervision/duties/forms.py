"""What a record of a periodic duty asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms import ReasonForm as ReasonForm
from cases.forms import text
from coordination.kernel.steps.fields import DayField
from coordination.kernel.steps.scans import ScanForm, scan


class RecordForm(ScanForm):
    on = DayField(label=_("开展日期"))
    hours = forms.DecimalField(
        label=_("学时"), min_value=0, max_value=400, max_digits=5, decimal_places=1, required=False
    )
    people = forms.IntegerField(label=_("参加人数"), min_value=0, max_value=10000, required=False)
    words = text(_("开展情况"), help_text=_("方式、内容，如：集中培训、案卷查阅、带领办案"))
    proof = scan(_("签到表、课件、纪要或照片"))
    scans = ("proof",)
