"""What the steps of joint operations and meetings ask for. Shared by pages, API and plain calls of perform()."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.forms import ReasonForm as ReasonForm
from cases.forms import organs, text
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ
from coordination.kernel.steps import StepForm
from coordination.kernel.steps.fields import DayField, LocalDateTimeField
from coordination.kernel.steps.scans import ScanForm, scan
from jointops.words import MeetingKind, OwnOutcome


def several(label, help_text="") -> forms.ModelMultipleChoiceField:
    """Organs that act in their own name."""
    acting = Organ.objects.filter(~Q(kind__in=Organ.UNITS) | ~Q(own_name_basis=""))
    return forms.ModelMultipleChoiceField(acting, label=label, help_text=help_text, widget=forms.CheckboxSelectMultiple)


class WordsForm(StepForm):
    words = text(_("意见"), rows=2, required=False)


class PlanForm(StepForm):
    groups = (
        (_("查什么，查谁"), ("title", "content", "subject_name", "area", "single_inspection", "overlap_reason")),
        (_("谁参加，怎么分工"), ("participants", "division", "needs_government")),
        (_("什么时间，怎么做"), ("planned_from", "planned_to", "procedure", "evidence", "filing")),
    )
    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("如：秋季煤场扬尘联合执法"))
    content = text(_("执法内容"), help_text=_("检查哪些事项，依据哪些清单"))
    subject_name = forms.CharField(
        label=_("检查对象"), max_length=120, required=False, help_text=_("只查一家的填名称，查一片的可以不填")
    )
    area = text(_("对象与区域"), rows=2)
    single_inspection = forms.BooleanField(
        label=_("综合查一次"), required=False, help_text=_("同一对象的几项检查一次完成")
    )
    overlap_reason = text(
        _("须分别检查的理由"), rows=2, required=False, help_text=_("同一对象已有其他检查或者检查计划时填写")
    )
    participants = several(_("参加机关"))
    division = text(_("职责分工"), help_text=_("逐个写明各机关负责什么"))
    needs_government = forms.BooleanField(label=_("须报人民政府决定"), required=False)
    planned_from, planned_to = DayField(label=_("开始日期")), DayField(label=_("结束日期"))
    procedure = text(_("实施步骤"))
    evidence = text(_("证据互认"), rows=2, required=False)
    filing = text(_("立案归属"), rows=2, help_text=_("发现违法行为后由哪个机关立案；各自立案，各自决定"))


class ProposeForm(PlanForm):
    origin = forms.ModelChoiceField(Matter.objects.all(), label=_("起因"), required=False, widget=forms.HiddenInput)
    silent = ("origin",)

    def prepare(self) -> None:
        super().prepare()
        origin = self.initial.get("origin")
        self.fields["origin"].queryset = Matter.objects.filter(pk=origin and origin.pk)


class PostponeForm(StepForm):
    planned_from, planned_to = DayField(label=_("开始日期")), DayField(label=_("结束日期"))
    words = text(_("调整日期的理由"), rows=2)


class ConfirmForm(StepForm):
    leader = forms.CharField(label=_("带队负责人"), max_length=40)
    people = forms.CharField(label=_("参加人数和装备"), max_length=200)
    words = text(_("对方案的意见"), rows=2, required=False)


class DeclineForm(StepForm):
    words = text(_("不参加的理由"))


class SettleForm(StepForm):
    words = text(_("说明"), rows=2, required=False, help_text=_("有机关未答复时，写明不再等待的理由"))


class AskGovernmentForm(SettleForm):
    signer = forms.CharField(label=_("签发人"), max_length=40)
    reasons = text(_("请示事项和理由"))


class DecisionForm(ScanForm):
    words = text(_("决定内容和文号"))
    decision_scan = scan(_("决定文件扫描件"), required=False)
    scans = ("decision_scan",)


class CarryOutForm(StepForm):
    at = LocalDateTimeField(label=_("实施时间"))
    attended = forms.CharField(label=_("到场机关和人数"), max_length=300)
    words = text(_("实施情况和发现的问题"), rows=5)


class OutcomeForm(StepForm):
    outcome = forms.ChoiceField(label=_("本机关处理情况"), choices=OwnOutcome.choices)
    number = forms.CharField(label=_("本机关立案编号"), max_length=60, required=False)
    words = text(_("说明"), rows=2)


class ObstructionForm(StepForm):
    police = forms.ModelChoiceField(Organ.objects.filter(kind=Organ.Kind.POLICE), label=_("公安机关"))
    at = LocalDateTimeField(label=_("发生时间"))
    words = text(_("阻碍执法的经过"))


class SummaryForm(StepForm):
    words = text(_("总结"), rows=5)


class CallForm(StepForm):
    groups = (
        (_("什么会"), ("meeting_kind", "title", "agenda")),
        (_("什么时间，谁参加"), ("planned_at", "place_text", "invited")),
    )
    meeting_kind = forms.ChoiceField(label=_("会议类型"), choices=MeetingKind.choices)
    title = forms.CharField(label=_("会议名称"), max_length=120)
    agenda = text(
        _("议题"), help_text=_("普遍性问题和热点、焦点、难点问题，法律适用，重大联动执法工作，协作衔接机制的建立和落实")
    )
    planned_at = LocalDateTimeField(ahead=True, label=_("会议时间"))
    place_text = forms.CharField(label=_("会议地点"), max_length=200)
    invited = several(_("参会单位"))
    origin = forms.ModelChoiceField(Matter.objects.all(), label=_("所议案件"), required=False, widget=forms.HiddenInput)
    silent = ("origin",)

    def prepare(self) -> None:
        super().prepare()
        origin = self.initial.get("origin")
        self.fields["origin"].queryset = Matter.objects.filter(pk=origin and origin.pk)


class AttendForm(StepForm):
    people = forms.CharField(label=_("参会人员和职务"), max_length=200)


class HoldForm(StepForm):
    at = LocalDateTimeField(label=_("召开时间"))
    chair = forms.CharField(label=_("主持人"), max_length=40)
    attending = several(_("实际参会单位"))
    points = text(_("议定事项"), rows=6)
    differing = text(_("不同意见"), rows=2, required=False)

    def prepare(self) -> None:
        super().prepare()
        self.fields["attending"].queryset = Organ.objects.filter(pk__in=self.matter.invited_ids)


class FollowUpForm(StepForm):
    organ = organs(_("落实单位"))
    task = text(_("落实事项"), rows=2)
    by_day = DayField(label=_("完成日期"))

    def prepare(self) -> None:
        super().prepare()
        agreed = [self.matter.convener_id, *self.matter.invited_ids]
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=agreed)


class DoneForm(StepForm):
    words = text(_("完成情况"))
