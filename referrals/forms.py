"""What the steps of a referral ask for. Shared by pages, API and plain calls of perform()."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms import ReasonForm as ReasonForm
from cases.forms import UrgencyFields, organs, text
from cases.models import Case
from coordination.kernel.materials import Material
from coordination.kernel.organs import Role, User, in_force
from coordination.kernel.steps import StepForm
from coordination.kernel.steps.fields import DayField, LocalDateTimeField, MaterialField
from coordination.kernel.steps.scans import ScanForm, scan
from referrals.words import Again, KindOf, OralOutcome, Outcome, PropertyDeclared, Scope, ServiceMethod


class PeopleField(forms.ModelMultipleChoiceField):
    """People by name and certificate."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, user: User) -> str:
        certificate = user.certificate_number or user.get_certificate_state_display()
        return _("%(name)s（%(certificate)s）") % {"name": user.name, "certificate": certificate}


class OfficersMixin(StepForm):
    officers = PeopleField(User.objects.all(), label=_("移送经办人"), help_text=_("请选择 2 名以上持证执法人员"))

    def prepare(self) -> None:
        super().prepare()
        posts = self.actor.organ.posts.filter(in_force(self.moment.date()), role=Role.OFFICER)
        self.fields["officers"].queryset = User.objects.filter(pk__in=posts.values("user"), is_active=True)


class LetterFields(OfficersMixin, UrgencyFields):
    receiver = organs(_("受移送方"))
    choice_reason = text(_("选择理由"), rows=2, required=False, help_text=_("与清单建议不同时必填"))
    kind_of = forms.ChoiceField(label=_("移送类型"), choices=KindOf.choices)
    scope = forms.ChoiceField(label=_("移送范围"), choices=Scope.choices)
    basic_facts = text(_("基本违法事实"), rows=5)
    checked = text(_("已核查情况"), rows=2, required=False, help_text=_("核查过的线索填写，写入违法线索移送函"))
    jurisdiction_basis = text(_("管辖依据"), rows=2, help_text=_("事项清单的序号、名称和承接单位"))
    property_declared = forms.ChoiceField(label=_("涉案物品"), choices=PropertyDeclared.choices)
    copy_to = forms.CharField(
        label=_("抄送"), max_length=200, required=False, help_text=_("其他需要知晓的单位，如：县司法局")
    )


class DraftForm(LetterFields):
    groups = (
        (_("移送给谁"), ("receiver", "choice_reason", "urgency", "category")),
        (
            _("移送什么"),
            ("kind_of", "scope", "basic_facts", "checked", "jurisdiction_basis", "property_declared", "materials"),
        ),
        (_("谁来办"), ("officers", "copy_to")),
    )
    case = forms.ModelChoiceField(Case.objects.all(), label=_("原案件"), widget=forms.HiddenInput)
    materials = MaterialField(Material.objects.all(), label=_("随案移送的材料"), required=False)
    silent = ("case",)

    def prepare(self) -> None:
        super().prepare()
        case = self.initial.get("case")
        self.fields["case"].queryset = Case.objects.filter(pk=case and case.pk)
        self.fields["materials"].queryset = Material.objects.filter(matter_id=case and case.pk, withdrawn=False)


class ReviseForm(LetterFields):
    groups = tuple((title, tuple(name for name in names if name != "materials")) for title, names in DraftForm.groups)


class TellOrallyForm(StepForm):
    told_at = LocalDateTimeField(label=_("通话时间"))
    person = forms.CharField(label=_("对方接听人"), max_length=40)
    outcome = forms.ChoiceField(label=_("结果"), choices=OralOutcome.choices)
    words = text(_("通话内容"))
    approved_by = forms.CharField(label=_("电话批准人"), max_length=40)
    approved_at = LocalDateTimeField(label=_("电话批准时间"))


class ApproveForm(StepForm):
    words = text(_("审批意见"), rows=2, required=False)


class SendForm(StepForm):
    service_method = forms.ChoiceField(label=_("送达方式"), choices=ServiceMethod.choices)
    served_at = LocalDateTimeField(label=_("送达时间"), required=False, help_text=_("不填即为现在"))


class SignForForm(StepForm):
    own = {"signer": "name"}
    signer = forms.CharField(label=_("收件人"), max_length=40)
    words = text(_("备注"), rows=2, required=False)


class ServeOtherwiseForm(ScanForm):
    service_method = forms.ChoiceField(
        label=_("送达方式"), choices=[c for c in ServiceMethod.choices if c[0] != ServiceMethod.PLATFORM]
    )
    at = LocalDateTimeField(label=_("送达时间"))
    witness = forms.CharField(label=_("见证人"), max_length=40, required=False)
    photo = scan(_("送达照片或回执"))
    words = text(_("拒收事由和经过"))
    scans = ("photo",)


class ConfirmSentForm(OfficersMixin, ScanForm):
    sealed_scan = scan(_("签字盖章的交接单扫描件"))
    scans = ("sealed_scan",)


class ConfirmReceivedForm(ScanForm):
    own = {"receiver_person": "name"}
    receiver_person = forms.CharField(label=_("接收人"), max_length=40)
    checked = MaterialField(Material.objects.all(), label=_("核对一致的材料"), required=False)
    differences = text(_("差异说明"), rows=2, required=False)
    sealed_scan = scan(_("签字盖章的交接单扫描件"))
    scans = ("sealed_scan",)

    def prepare(self) -> None:
        super().prepare()
        self.fields["checked"].queryset = self.matter.lines()


class AcceptForm(StepForm):
    own = {"handler": "name", "phone": "phone"}
    handler = forms.CharField(label=_("承办人"), max_length=40)
    phone = forms.CharField(label=_("联系电话"), max_length=40)
    words = text(_("受理意见"), rows=2, required=False)


class AskSupplementForm(StepForm):
    items = text(_("需要补充的材料"))
    why = text(_("理由"), rows=2)
    by_day = DayField(label=_("请于何日前提供"))


class SupplyForm(StepForm):
    words = text(_("补充情况"))


class ObjectForm(StepForm):
    finding = text(_("认为不属于本机关管辖的事实和理由"))
    legal_basis = text(_("法律依据和事项清单"), rows=2)
    competent_organ = organs(_("认为有管辖权的单位"), required=False)
    proposal = text(_("协商建议"), rows=2)


class NegotiateForm(StepForm):
    at = LocalDateTimeField(label=_("协商时间"))
    participants = forms.CharField(label=_("参加人员"), max_length=200)
    words = text(_("协商情况"))


class AgreeReturnForm(StepForm):
    """What becomes of the matter: the sender's own, or whose."""

    again = forms.ChoiceField(label=_("退回后"), choices=Again.choices)
    competent_organ = organs(_("重新移送的单位"), required=False)
    words = text(_("说明"))


class AbideForm(StepForm):
    """What a dispute that is settled tells the referral."""

    body = forms.CharField(label=_("处理机关"), max_length=80)
    outcome = forms.ChoiceField(label=_("处理结果"), choices=Outcome.choices)
    designated = organs(_("被指定的单位"), required=False)
    words = text(_("处理内容"))


class FileForm(StepForm):
    words = text(_("立案理由"))


class DeclineForm(StepForm):
    reasons = text(_("不予立案的事实和理由"))
    legal_basis = text(_("依据"), rows=2)


class ResultForm(StepForm):
    result = text(_("处理结果"))
    decision_number = forms.CharField(label=_("决定书文号"), max_length=60, required=False)
    executed = forms.CharField(label=_("执行情况"), max_length=200, required=False)
