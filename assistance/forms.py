"""What the steps of an assistance request ask for. Shared by pages, API and plain calls of perform()."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistance.words import DisputeOutcome, Ground, How, KindOf, RefusalGround, ServiceMethod, Technique, lines
from cases.forms import ReasonForm as ReasonForm
from cases.forms import UrgencyFields, organs, text
from coordination.kernel.materials import Material, MaterialKind
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ, with_units
from coordination.kernel.steps import StepForm
from coordination.kernel.steps.fields import DayField, LocalDateTimeField, MaterialField
from coordination.kernel.steps.scans import ScanForm, scan
from coordination.kernel.words import named


class RequestFields(UrgencyFields):
    """What is asked of whom; no organ is offered that may not be asked."""

    helper = organs(_("协助单位"))
    kind_of = forms.ChoiceField(label=_("请求哪一类协助"), choices=KindOf.choices)
    technique = forms.ChoiceField(
        label=_("技术认定方式"),
        choices=[("", "—"), *Technique.choices],
        required=False,
        help_text=_("仅“技术认定”时选择"),
    )
    ground = forms.ChoiceField(label=_("请求协助的理由"), choices=Ground.choices)
    evidence_at_risk = forms.BooleanField(
        label=_("证据可能灭失"), required=False, help_text=_("勾选后，协助单位应当及时派员到现场")
    )
    questions = text(_("请求协助的问题或者事项"), rows=4, help_text=_("每行一个问题，自动编号，对方逐条答复"))
    basic_facts = text(_("案件基本情况"), rows=5)
    contact = forms.CharField(
        label=_("联系人和电话"), max_length=80, required=False, help_text=_("不填即为起草人的电话")
    )

    def prepare(self) -> None:
        super().prepare()
        about = self.initial.get("origin") or self.matter
        self.fields["helper"].queryset = self.fields["helper"].queryset.exclude(
            not_to_be_asked(about, self.actor.organ)
        )


class DraftForm(RequestFields):
    groups = (
        (_("请谁协助"), ("helper", "kind_of", "technique", "ground")),
        (_("有多紧急"), ("urgency", "category", "evidence_at_risk")),
        (_("请求什么"), ("questions", "basic_facts", "materials", "contact")),
    )
    origin = forms.ModelChoiceField(Matter.objects.all(), label=_("原事项"), widget=forms.HiddenInput)
    materials = MaterialField(Material.objects.all(), label=_("随函附送的材料"), required=False)
    silent = ("origin",)

    def prepare(self) -> None:
        super().prepare()
        origin = self.initial.get("origin")
        self.fields["origin"].queryset = Matter.objects.filter(pk=origin and origin.pk)
        self.fields["materials"].queryset = Material.objects.in_force().filter(matter_id=origin and origin.pk)


class ReviseForm(RequestFields):
    groups = tuple((title, tuple(name for name in names if name != "materials")) for title, names in DraftForm.groups)


class ApproveForm(StepForm):
    words = text(_("审批意见"), rows=2, required=False)


class SendForm(StepForm):
    service_method = forms.ChoiceField(label=_("送达方式"), choices=ServiceMethod.choices)


class ReceiveForm(StepForm):
    own = {"signer": "name"}
    signer = forms.CharField(label=_("收件人"), max_length=40)
    at = LocalDateTimeField(label=_("收到时间"))
    words = text(_("备注"), rows=2, required=False)


class DispatchForm(StepForm):
    at = LocalDateTimeField(label=_("派员时间"))
    people = forms.CharField(label=_("指派的执法人员"), max_length=80)
    words = text(_("情况说明"), rows=2, required=False)


class OnSiteForm(StepForm):
    at = LocalDateTimeField(label=_("到场时间"))
    words = text(_("现场处置情况"))


class AskSupplementForm(StepForm):
    items = text(_("需要补充的材料"), help_text=_("每行一项"))
    why = text(_("理由"), rows=2)
    by_day = DayField(label=_("请于何日前提供"))

    def prepare(self) -> None:
        """Whoever asks is told what it does to his own time."""
        super().prepare()
        self.fields["by_day"].help_text = self.matter.supplement_effect(self.moment)


def not_to_be_asked(about: Matter, asker: Organ) -> Q:
    """The asker itself, and the organ from which the matter is hidden (信访工作条例 art. 30, LAW-20)."""
    accused = with_units(about.hidden_organ_id) if about.hidden_organ_id else Q()
    return Q(pk=asker.pk) | accused


class SupplyForm(StepForm):
    words = text(_("补充情况"))
    materials = MaterialField(
        Material.objects.all(),
        label=_("从原案件中选取的材料"),
        required=False,
        help_text=_("新的材料可以先在材料一栏上传"),
    )

    def prepare(self) -> None:
        """What was asked for, by when; what the case has and the request has not yet."""
        super().prepare()
        self.fields["words"].help_text = self.matter.supplement_wanted()
        here = Material.objects.in_force().filter(matter_id=self.matter.pk, carried_from__isnull=False)
        there = Material.objects.in_force().filter(matter_id=self.matter.origin_id)
        self.fields["materials"].queryset = there.exclude(pk__in=here.values("carried_from"))


class ExtendForm(StepForm):
    extension_ground = text(_("延期理由"), help_text=_("如：情况特殊，认定过程所需时间较长"))
    until = DayField(label=_("新的答复日期"), help_text=_("应当在原期限届满前告知，并有明确日期"))


class ArchiveForm(StepForm):
    name = forms.CharField(label=_("档案名称"), max_length=120)
    reference = forms.CharField(label=_("档号或文号"), max_length=60, required=False)
    how = forms.ChoiceField(label=_("调阅方式"), choices=How.choices)
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=999, initial=1)
    pages = forms.IntegerField(label=_("页数"), min_value=1, max_value=99999, required=False)
    remark = forms.CharField(label=_("备注"), max_length=120, required=False)


class LendForm(StepForm):
    reader = forms.CharField(label=_("调阅人"), max_length=40)
    return_by = DayField(label=_("归还日期"), required=False, help_text=_("借出原件的必填"))


class ReturnForm(StepForm):
    at = LocalDateTimeField(label=_("归还时间"))
    words = text(_("归还情况"), rows=2, required=False)


class AnswerForm(ScanForm):
    groups = (
        (_("答复内容"), ("work_done", "conclusions", "answer_basis", "opinion_limits")),
        (_("证据和意见书"), ("evidence", "opinion_paper", "experts")),
    )
    work_done = text(_("开展的工作"), help_text=_("查阅、勘验、检测了什么，何时何地"))
    conclusions = text(_("对各问题的结论"), rows=6, help_text=_("按问题编号逐条写，每条另起一行，如“1. 属于……”"))
    answer_basis = text(_("依据"), rows=2, help_text=_("法律、标准、鉴定方法"))
    opinion_limits = text(_("意见的适用范围和局限"), rows=2, required=False)
    evidence = MaterialField(
        Material.objects.all(),
        label=_("提供的证据材料"),
        required=False,
        help_text=_("先在材料一栏上传；选中的自动进入请求单位的案卷"),
    )
    opinion_paper = scan(_("签字盖章的意见书"), required=False)
    experts = text(_("专业人员"), required=False, help_text=_("每行一人：姓名、职务或者资格证号"))
    scans = ("opinion_paper",)
    kept_as = MaterialKind.EVIDENCE

    def prepare(self) -> None:
        """The questions stand beside the conclusions; a technical opinion needs its experts and its paper. What is the
        helper's is offered as its own, and nothing that the asker attached."""
        for name in ("opinion_paper", "experts"):
            self.fields[name].required = self.matter.kind_of == KindOf.TECHNICAL
        super().prepare()
        asked = "；".join(f"{number}. {words}" for number, words in enumerate(lines(self.matter.questions), 1))
        self.fields["conclusions"].help_text = named(_("请逐条答复，每条以编号开头另起一行。问题"), asked)
        theirs = self.matter.offered_by(self.actor)
        self.fields["evidence"].queryset = self.fields["opinion_paper"].queryset = theirs
        if not theirs.exists():
            self.fields["opinion_paper"].empty_label = _("还没有上传过，请在下一栏上传")


class RefuseForm(StepForm):
    refusal_ground = forms.ChoiceField(label=_("不予协助的理由"), choices=RefusalGround.choices)
    refusal_reasons = text(_("具体说明"))
    refusal_basis = text(_("法律依据"), rows=2)
    suggested = organs(_("建议向哪个单位请求"), required=False)

    def prepare(self) -> None:
        super().prepare()
        both = (self.matter.helper_id, self.matter.asker_id)
        self.fields["suggested"].queryset = self.fields["suggested"].queryset.exclude(pk__in=both)


class AbideForm(StepForm):
    """What the decision on a dispute says; filled by the dispute, never typed here."""

    outcome = forms.ChoiceField(label=_("决定结果"), choices=DisputeOutcome.choices)
    body = forms.CharField(label=_("作出决定的机关"), max_length=80, required=False)
    words = text(_("决定内容和文号"), required=False)
