"""What the steps of a case ask for. Shared by pages, API and plain calls of perform()."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.sources import Source
from cases.words import DisputeOutcome
from coordination.kernel.catalogue import Item
from coordination.kernel.materials import Material
from coordination.kernel.matters import Category, Urgency
from coordination.kernel.organs import Organ
from coordination.kernel.steps import StepForm
from coordination.kernel.steps.fields import DayField, LocalDateTimeField, MaterialField


def text(label, rows: int = 3, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


def organs(label, required: bool = True) -> forms.ModelChoiceField:
    """An organ that may act in its own name: a unit only where a law says so (案件移送制度 三（三）, NW-1.7)."""
    acting = Organ.objects.filter(~Q(kind__in=Organ.UNITS) | ~Q(own_name_basis=""))
    return forms.ModelChoiceField(acting, label=label, required=required)


class UrgencyFields(StepForm):
    urgency = forms.ChoiceField(label=_("紧急程度"), choices=Urgency.choices, initial=Urgency.NORMAL)
    category = forms.ChoiceField(
        label=_("重大类别"), choices=[("", "—"), *Category.choices], required=False, help_text=_("仅“重大”时选择")
    )


class RegisterForm(UrgencyFields):
    groups = (
        (_("紧急程度"), ("urgency", "category", "ongoing")),
        (_("什么事，在哪里"), ("title", "item", "place", "village", "place_text", "coordinates", "basic_facts")),
        (_("发现情况"), ("discovered_at", "source", "before_devolution")),
        (_("当事人"), ("subject_name", "subject_code", "subject_address", "subject_contact")),
    )
    ongoing = forms.BooleanField(label=_("违法行为正在进行"), required=False)
    title = forms.CharField(label=_("案由"), max_length=120, help_text=_("如：农田倾倒建筑垃圾"))
    item = forms.ModelChoiceField(
        Item.objects.all(),
        label=_("执法事项"),
        required=False,
        help_text=_("可输入名称、拼音或首字母；暂不确定的可以不选"),
    )
    place = forms.ModelChoiceField(Organ.objects.filter(kind__in=Organ.TOWNSHIPS), label=_("所在乡镇"))
    village = forms.CharField(label=_("村（社区）"), max_length=60, required=False)
    place_text = forms.CharField(label=_("具体地点"), max_length=200)
    coordinates = forms.CharField(
        label=_("坐标"), max_length=40, required=False, help_text=_("经度和纬度，如：112.31, 38.99；不知道的可以不填")
    )
    discovered_at = LocalDateTimeField(label=_("发现时间"))
    source = forms.ChoiceField(label=_("来源"), choices=Source.choices)
    subject_name = forms.CharField(label=_("当事人"), max_length=120, required=False, help_text=_("不明的可以不填"))
    subject_code = forms.CharField(label=_("证件号或统一社会信用代码"), max_length=40, required=False)
    subject_address = forms.CharField(label=_("当事人地址"), max_length=200, required=False)
    subject_contact = forms.CharField(label=_("当事人联系方式"), max_length=80, required=False)
    basic_facts = text(_("基本违法事实"), rows=5)
    before_devolution = forms.BooleanField(label=_("属于事项划转前的历史遗留问题"), required=False)


class TakeOverForm(StepForm):
    """What a referral hands to the receiver's own case; filled by the referral, never typed."""

    title = forms.CharField(label=_("案由"), max_length=120)
    discovered_at = LocalDateTimeField(label=_("发现时间"))


class FromComplaintForm(TakeOverForm):
    """What a complaint hands to the case that comes out of it; nothing of whoever complained."""


class ForeignLeadForm(FromComplaintForm):
    found_at = LocalDateTimeField(label=_("认定时间"))
    competent_organ = organs(_("有管辖权的单位"))
    choice_reason = text(_("选择理由"), rows=2, required=False)


class VerifyForm(StepForm):
    words = text(_("核实安排"), required=False)


class FileForm(StepForm):
    words = text(_("立案理由"))


class ReasonForm(StepForm):
    words = text(_("情况和理由"))


class AtForm(StepForm):
    at = LocalDateTimeField(label=_("时间"))
    words = text(_("情况说明"), required=False)


class MeasureForm(StepForm):
    at = LocalDateTimeField(label=_("时间"))
    words = text(_("怎样做的（对象、方式、结果）"))


class CorrectForm(StepForm):
    correction = text(_("改正的内容和要求"))
    correct_by = DayField(label=_("改正期限"))


class PreserveForm(MeasureForm):
    pass


class FindOtherCompetenceForm(StepForm):
    competent_organ = organs(_("有管辖权的单位"))
    choice_reason = text(_("选择理由"), rows=2, required=False, help_text=_("与清单建议不同时必填"))
    found_at = LocalDateTimeField(label=_("认定时间"), help_text=_("移送时限由此起算，一般即发现时间"))
    later_reason = text(_("晚于发现时间的原因"), rows=2, required=False)


class PropertyForm(StepForm):
    name = forms.CharField(label=_("名称"), max_length=80)
    model = forms.CharField(label=_("规格型号"), max_length=80, required=False)
    quantity = forms.DecimalField(label=_("数量"), min_value=0, max_digits=12, decimal_places=2)
    unit = forms.CharField(label=_("单位"), max_length=12, required=False)
    value = forms.DecimalField(label=_("估值（元）"), min_value=0, required=False, max_digits=14, decimal_places=2)
    condition = forms.CharField(label=_("特征和状态"), max_length=120, required=False)
    stored_at = forms.CharField(label=_("存放地点"), max_length=120, required=False)
    disposed_in_advance = forms.BooleanField(label=_("已依法先行处置"), required=False)
    disposal = forms.CharField(label=_("处置情况"), max_length=200, required=False)
    evidence_kept = forms.CharField(label=_("留取的证据"), max_length=200, required=False)
    proceeds = forms.DecimalField(
        label=_("处置所得款项（元）"),
        min_value=0,
        required=False,
        max_digits=14,
        decimal_places=2,
        help_text=_("先行处置的必填，没有的填 0"),
    )


class TellOngoingForm(StepForm):
    notified = organs(_("有管辖权的单位"))
    at = LocalDateTimeField(label=_("告知时间"))
    person = forms.CharField(label=_("接听（接收）人"), max_length=40)
    words = text(_("告知内容"))


class RefuseDispatchForm(StepForm):
    reason = text(_("理由"), required=False, help_text=_("不说明理由的，告知单位可以向县人民政府报告"))


class ReportForm(StepForm):
    """The report bears the name of whoever takes the step: nobody types who has signed it."""

    words = text(_("报告内容"), rows=5)


class ReclassifyForm(UrgencyFields):
    words = text(_("变更理由"), rows=2)


class ItemForm(StepForm):
    item = forms.ModelChoiceField(Item.objects.all(), label=_("执法事项"))
    words = text(_("说明"), rows=2, required=False)


class ConsultForm(StepForm):
    at = LocalDateTimeField(label=_("协商时间"))
    participants = forms.CharField(label=_("参加单位和人员"), max_length=200)
    words = text(_("协商情况和结论"))


class DecideForm(StepForm):
    decision_number = forms.CharField(label=_("决定书文号"), max_length=60)
    decision = text(_("决定内容"))
    major = forms.BooleanField(label=_("属于重大行政处罚决定"), required=False)


class OpinionForm(StepForm):
    """What an answer to a request for assistance brings into the file; filled by the answer, never typed."""

    materials = MaterialField(Material.objects.all(), label=_("协助意见和证据材料"))


class EvidenceForm(StepForm):
    """What the review of the sender's evidence brings into the receiver's file; filled by the referral, never typed."""

    materials = MaterialField(Material.objects.all(), label=_("审查符合要求的证据"))


class AbideForm(StepForm):
    """What a dispute that is settled tells the case."""

    body = forms.CharField(label=_("处理机关"), max_length=80)
    outcome = forms.ChoiceField(label=_("处理结果"), choices=DisputeOutcome.choices)
    designated = organs(_("被指定的单位"), required=False)
    words = text(_("处理内容"))
