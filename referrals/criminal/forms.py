"""What the steps of a criminal transfer ask for. Shared by pages, API and plain calls of perform()."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms import ReasonForm as ReasonForm
from cases.forms import text
from cases.models import Case
from coordination.kernel.materials import Material
from coordination.kernel.organs import Organ, Role, User, in_force
from coordination.kernel.steps import StepForm
from coordination.kernel.steps.fields import LocalDateTimeField
from coordination.kernel.steps.scans import ScanForm, scan
from referrals.criminal.gates import same_level
from referrals.criminal.words import Proposal
from referrals.forms import MaterialField, PeopleField


def money(label, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_digits=14, decimal_places=2, help_text=help_text
    )


def organ_of(kind: str, label, help_text: str = "") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Organ.objects.filter(kind=kind), label=label, help_text=help_text)


class GroupForm(StepForm):
    groups = (
        (_("涉嫌什么犯罪"), ("crime", "crime_basis", "suspected_at", "basic_facts")),
        (_("专案组"), ("members",)),
        (_("移送给谁"), ("police", "procuratorate")),
        (_("移送前已经作出的处罚"), ("earlier_penalties", "earlier_fine")),
        (_("材料"), ("materials",)),
    )
    case = forms.ModelChoiceField(Case.objects.all(), label=_("原案件"), widget=forms.HiddenInput)
    crime = forms.CharField(label=_("涉嫌罪名"), max_length=80, help_text=_("如：污染环境罪"))
    crime_basis = text(_("涉嫌触犯的刑法条款和追诉标准"), rows=2)
    suspected_at = LocalDateTimeField(label=_("发现涉嫌犯罪的时间"))
    basic_facts = text(_("涉嫌犯罪的事实"), rows=5)
    members = PeopleField(User.objects.all(), label=_("专案组成员"), help_text=_("2 名以上持证执法人员"))
    police = organ_of(Organ.Kind.POLICE, _("同级公安机关"))
    procuratorate = organ_of(Organ.Kind.PROCURATORATE, _("同级人民检察院"), _("依法对立案进行监督，移送时抄送"))
    earlier_penalties = text(
        _("已经作出的警告、责令停产停业、暂扣或者吊销许可证件"),
        rows=2,
        required=False,
        help_text=_("移送后不停止执行；没有的不填"),
    )
    earlier_fine = money(_("已经给予的罚款（元）"), _("判处罚金时依法折抵；没有的不填"))
    materials = MaterialField(Material.objects.all(), label=_("案件材料"), required=False)
    silent = ("case",)

    def prepare(self) -> None:
        super().prepare()
        case = self.initial.get("case")
        posts = self.actor.organ.posts.filter(in_force(self.moment.date()), role=Role.OFFICER)
        self.fields["members"].queryset = User.objects.filter(pk__in=posts.values("user"), is_active=True)
        self.fields["case"].queryset = Case.objects.filter(pk=case and case.pk)
        self.fields["materials"].queryset = Material.objects.in_force().filter(matter_id=case and case.pk)
        for name, kind in (("police", Organ.Kind.POLICE), ("procuratorate", Organ.Kind.PROCURATORATE)):
            self.fields[name].queryset = same_level(kind, self.actor.organ.county_id)


class ProposeForm(ScanForm):
    proposal = forms.ChoiceField(label=_("专案组意见"), choices=Proposal.choices)
    report_words = text(_("核实的情况和移送的理由"), rows=5)
    investigation_report = scan(_("涉嫌犯罪案件情况的调查报告"))
    appraisals = MaterialField(Material.objects.all(), label=_("有关检验报告或者鉴定结论"), required=False)
    appraisal_note = text(_("没有检验报告、鉴定结论的原因"), rows=2, required=False)
    scans = ("investigation_report",)

    def prepare(self) -> None:
        super().prepare()
        self.fields["appraisals"].queryset = Material.objects.in_force().filter(matter_id=self.matter.pk)


class ApproveForm(StepForm):
    words = text(_("审批意见"), rows=2, required=False)


class RefuseForm(StepForm):
    refusal_reasons = text(_("不予批准的理由"), help_text=_("理由记录在案"))


class SendForm(StepForm):
    sent_at = LocalDateTimeField(label=_("送交时间"), required=False, help_text=_("不填即为现在"))
    words = text(_("移送说明"), rows=2, required=False)


class ReceiptForm(StepForm):
    at = LocalDateTimeField(label=_("接受时间"))
    received_by = forms.CharField(label=_("公安机关签收人"), max_length=40)
    words = text(_("备注"), rows=2, required=False)


class NoticeForm(StepForm):
    """A written notice of the police or the procuratorate: when it was received, and what it says."""

    at = LocalDateTimeField(label=_("接到通知的时间"))
    notice_number = forms.CharField(label=_("通知书文号"), max_length=60, required=False)
    words = text(_("通知内容和理由"))


class FilingForm(StepForm):
    at = LocalDateTimeField(label=_("接到立案通知书的时间"))
    filing_number = forms.CharField(label=_("立案决定书（通知书）文号"), max_length=60)
    words = text(_("备注"), rows=2, required=False)


class PassOnForm(StepForm):
    at = LocalDateTimeField(label=_("转送时间"))
    passed_to = forms.ModelChoiceField(
        Organ.objects.all(), label=_("转送的机关"), help_text=_("没有列出的，请联系管理员先登记到机关名录")
    )
    words = text(_("书面告知的内容"), rows=2)


class DeclineForm(StepForm):
    at = LocalDateTimeField(label=_("接到不予立案通知书的时间"))
    notice_number = forms.CharField(label=_("不予立案通知书文号"), max_length=60)
    not_filed_reasons = text(_("不予立案的理由"))
    returned_files = text(_("退回的案卷材料"), rows=2)


class ReconsiderForm(StepForm):
    asked_at = LocalDateTimeField(label=_("公安机关收到申请的时间"), required=False, help_text=_("不填即为现在"))
    reasons = text(_("认为应当立案的理由"), rows=4)


class SuperviseForm(StepForm):
    asked_at = LocalDateTimeField(label=_("人民检察院收到建议的时间"), required=False, help_text=_("不填即为现在"))
    reasons = text(_("建议立案监督的理由"), rows=4)


class PrepareHandoverForm(StepForm):
    words = text(_("移交安排"), rows=2, required=False)


class HandOverForm(ScanForm):
    at = LocalDateTimeField(label=_("移交时间"))
    handed_to = forms.CharField(label=_("公安机关接收人"), max_length=40)
    words = text(_("移交情况"), rows=2, required=False)
    sealed_scan = scan(_("双方签字盖章的移交清单扫描件"))
    scans = ("sealed_scan",)


class ConcludeForm(StepForm):
    at = LocalDateTimeField(label=_("接到处理结果的时间"))
    result = text(_("刑事处理结果"))
    criminal_fine = money(_("判处的罚金（元）"))
    fine_set_off = money(_("罚款折抵罚金（元）"), _("移送前已经给予罚款又判处罚金的必填"))
