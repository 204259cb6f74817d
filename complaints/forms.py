"""What the steps of a complaint ask for. Shared by pages, API and plain calls of perform()."""

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from cases.forms import ReasonForm as ReasonForm
from cases.forms import UrgencyFields, organs, text
from complaints.items import ComplaintItem
from complaints.words import ENDED, TAKEN_OVER, Channel, Finding, Medium, Papers, Sector, State, Way
from coordination.kernel.catalogue import Item
from coordination.kernel.materials import Material
from coordination.kernel.organs import Organ, User, in_force
from coordination.kernel.steps import StepForm
from coordination.kernel.steps.fields import LocalDateTimeField
from referrals.forms import MaterialField

#: What is typed in these fields is looked for among earlier complaints; nothing else leaves the form.
COMPARED = "[name=title],[name=place],[name=place_text],[name=subject_name]"
LOOKS_FOR_LIKE = {
    "hx-get": reverse_lazy("complaints-similar"),
    "hx-trigger": "input changed delay:500ms, change",
    "hx-target": "#similar",
    "hx-include": COMPARED,
}


SEALED_FIELDS = ("sealed_name", "sealed_phone", "sealed_address", "sealed_number")


def compared(field: forms.Field) -> forms.Field:
    """A field at which complaints that may be the same are looked for while somebody types."""
    field.widget.attrs |= LOOKS_FOR_LIKE
    return field


class IntakeForm(UrgencyFields):
    """One page for somebody on the telephone. Who complains is sealed at once and kept out of drafts."""

    groups = (
        (_("怎样收到的"), ("channel", "medium", "passed_on_by", "received_at", "sector")),
        (_("反映什么"), ("title", "place", "place_text", "subject_name", "reported", "item")),
        (_("紧急程度"), ("urgency", "category", "ongoing")),
        (_("反映单位或者人员的"), ("accused", "accused_person", "accused_words")),
        (
            _("投诉举报人（加密保存，不进入草稿）"),
            ("anonymous", "asks_secrecy", *SEALED_FIELDS, "has_papers"),
        ),
    )
    beside = "complaints/similar_place.html"
    silent = ("accused", "accused_person", "accused_words")  # a receiver of one item reads the journal, too

    channel = forms.ChoiceField(label=_("类别"), choices=Channel.choices, initial=Channel.COMPLAINT)
    medium = forms.ChoiceField(label=_("来源"), choices=Medium.choices, initial=Medium.TELEPHONE)
    passed_on_by = forms.CharField(
        label=_("转送、交办机关"), max_length=80, required=False, help_text=_("上级或者信访部门转来的填写")
    )
    received_at = LocalDateTimeField(label=_("收到时间"))
    sector = forms.ChoiceField(
        label=_("领域"),
        choices=Sector.choices,
        initial=Sector.GENERAL,
        help_text=_("消费、食品、价格、广告等选“市场监管领域”"),
    )
    title = compared(forms.CharField(label=_("事由"), max_length=120, help_text=_("如：夜间倾倒建筑垃圾")))
    place = compared(forms.ModelChoiceField(Organ.objects.filter(kind__in=Organ.TOWNSHIPS), label=_("所在乡镇")))
    place_text = compared(forms.CharField(label=_("具体地点"), max_length=200))
    subject_name = compared(
        forms.CharField(
            label=_("被投诉举报的人或者单位"), max_length=120, required=False, help_text=_("不明的可以不填")
        )
    )
    reported = text(_("反映的内容"), rows=5, help_text=_("不要写投诉举报人的姓名、电话、住址"))
    item = forms.ModelChoiceField(
        Item.objects.all(), label=_("执法事项"), required=False, help_text=_("暂不确定的可以不选")
    )
    ongoing = forms.BooleanField(label=_("违法行为正在进行"), required=False)
    accused = forms.ModelChoiceField(
        Organ.objects.all(),
        label=_("被反映的行政机关"),
        required=False,
        help_text=_(
            "反映行政机关及其人员问题的选择；该单位不会看到；是本单位的，由上一级机关办理。反映几个单位的，请分别登记"
        ),
    )
    accused_person = forms.ModelChoiceField(
        User.objects.none(), label=_("被反映的人员"), required=False, help_text=_("在本平台有账号的选择")
    )
    accused_words = forms.CharField(label=_("被反映人员姓名、职务"), max_length=120, required=False)
    anonymous = forms.BooleanField(label=_("匿名"), required=False)
    asks_secrecy = forms.BooleanField(
        label=_("要求保密"), required=False, help_text=_("接办单位看不到身份，由本单位转告处理结果")
    )
    sealed_name = forms.CharField(label=_("姓名（名称）"), max_length=80, required=False)
    sealed_phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    sealed_address = forms.CharField(label=_("住址"), max_length=200, required=False)
    sealed_number = forms.CharField(label=_("证件号码"), max_length=40, required=False)
    has_papers = forms.BooleanField(
        label=_("收到书面材料"), required=False, help_text=_("上传前请遮盖身份信息，原件封存")
    )

    def prepare(self) -> None:
        """The accused may be anybody with a post in the county, by name."""
        super().prepare()
        today = in_force(self.moment.date())
        posts = self.actor.organ.posts.model.objects.filter(today, organ__county=self.actor.organ.county_id)
        self.fields["accused_person"].queryset = User.objects.filter(pk__in=posts.values("user")).order_by("name")


class AcceptForm(StepForm):
    words = text(_("核实安排"), rows=2, required=False)


class WordForm(StepForm):
    """How and when the complainant was told."""

    way = forms.ChoiceField(label=_("告知方式"), choices=Way.choices)
    at = LocalDateTimeField(label=_("告知时间"))
    words = text(_("告知内容和对方意见"), required=False)


class ToldForm(WordForm):
    pass


class ReceiptForm(StepForm):
    at = LocalDateTimeField(label=_("书面告知时间"))
    words = text(_("告知的处理途径和程序"))


class DeclineForm(StepForm):
    reasons = text(_("不予受理的理由和依据"))
    way = forms.ChoiceField(label=_("告知方式"), choices=[("", "—"), *Way.choices], required=False)
    at = LocalDateTimeField(label=_("告知时间"), required=False)


class PeopleOfOrgan(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return user.name


class HandlerForm(StepForm):
    handler = PeopleOfOrgan(User.objects.all(), label=_("承办人"))
    words = text(_("更换原因"), rows=2)

    def prepare(self) -> None:
        super().prepare()
        posts = self.actor.organ.posts.filter(in_force(self.moment.date()))
        self.fields["handler"].queryset = User.objects.filter(pk__in=posts.values("user"), is_active=True)


class AddItemForm(StepForm):
    words = text(_("反映的另一事项"))
    item = forms.ModelChoiceField(Item.objects.all(), label=_("执法事项"), required=False)


class AboutForm(StepForm):
    """A step about one item of the complaint; with only one to choose from it is chosen."""

    states: tuple[str, ...] = ()
    about = forms.ModelChoiceField(ComplaintItem.objects.all(), label=_("事项"))

    def prepare(self) -> None:
        super().prepare()
        found = ComplaintItem.objects.filter(complaint_id=self.matter.pk)
        found = self.mine(found.filter(state__in=self.states) if self.states else found)
        self.fields["about"].queryset = found
        self.fields["about"].empty_label = None if found.count() == 1 else "---------"

    def mine(self, found: QuerySet[ComplaintItem]) -> QuerySet[ComplaintItem]:
        return found


class ReceiversForm(AboutForm):
    """A step of a receiver: what the other items say is none of its business."""

    def mine(self, found: QuerySet[ComplaintItem]) -> QuerySet[ComplaintItem]:
        return found if self.actor.on_behalf_of else found.filter(competent=self.actor.organ)


class TellersForm(AboutForm):
    """A word to the complainant: of the items of which the organ tells him."""

    states = (State.RESULTED,)

    def mine(self, found: QuerySet[ComplaintItem]) -> QuerySet[ComplaintItem]:
        own = [one.pk for one in found if one.teller == self.actor.organ]
        return found if self.actor.on_behalf_of else found.filter(pk__in=own)


class AnswerForm(AboutForm):
    states = (State.OPEN,)
    finding = forms.ChoiceField(
        label=_("核实结论"),
        choices=Finding.choices,
        initial=Finding.NO_VIOLATION,
        required=False,
        help_text=_("“情况属实，已作处理”只用于反映行政机关及其人员问题，或者本单位不承担执法事项的；写入告知书"),
    )
    result = text(_("核实情况和答复意见"))


class OwnCaseForm(AboutForm):
    states = (State.OPEN,)
    item = forms.ModelChoiceField(
        Item.objects.all(), label=_("执法事项"), required=False, help_text=_("登记时已选的不必再选")
    )
    title = forms.CharField(
        label=_("案由"), max_length=120, required=False, help_text=_("写入案件和移送函；只写该事项，不写其他事项")
    )
    place = forms.ModelChoiceField(Organ.objects.filter(kind__in=Organ.TOWNSHIPS), label=_("所在乡镇"), required=False)
    place_text = forms.CharField(
        label=_("具体地点"), max_length=200, required=False, help_text=_("违法行为发生地，与登记的地点不同时修改")
    )
    words = text(_("核实情况"))
    materials = MaterialField(Material.objects.all(), label=_("带入案件的材料"), required=False)
    field_order = ("about", "title", "item", "place", "place_text")

    def prepare(self) -> None:
        super().prepare()
        self.fields["title"].required = self.matter.items.count() > 1
        kept = Material.objects.in_force().filter(matter_id=self.matter.pk)
        self.fields["materials"].queryset = kept
        if not kept:
            self.fields["materials"].help_text = _("还没有材料；需要带入的请先在事项页添加")


class TransferForm(OwnCaseForm):
    competent = organs(_("有权处理的机关"))
    choice_reason = text(_("选择理由"), rows=2, required=False, help_text=_("与清单建议或者本县规定的方式不同时必填"))
    found_at = LocalDateTimeField(label=_("认定时间"), help_text=_("移送时限由此起算"))
    field_order = ("about", "title", "item", "place", "place_text", "competent", "choice_reason", "found_at")


class PassOnForm(AboutForm):
    states = (State.OPEN,)
    competent = forms.ModelChoiceField(Organ.objects.filter(kind__in=Organ.TOWNSHIPS), label=_("有管辖权的乡镇"))
    at = LocalDateTimeField(label=_("告知乡镇时间"))
    person = forms.CharField(label=_("乡镇接听（接收）人"), max_length=40)
    papers = forms.ChoiceField(label=_("投诉举报人的书面材料"), choices=Papers.choices)
    complainant_told = text(_("怎样告知投诉举报人向该乡镇反映"), rows=2, help_text=_("方式、时间；不要写姓名、电话"))
    guidance = text(_("对乡镇调查处理的指导意见"), rows=2, required=False)
    choice_reason = text(_("采用这一方式的理由"), rows=2, required=False, help_text=_("与本县规定的方式不同时必填"))


class TakeUpForm(ReceiversForm):
    states = (State.PASSED_ON,)
    words = text(_("受理意见"), rows=2, required=False)


class ResultForm(ReceiversForm):
    states = (State.TAKEN,)
    result = text(_("调查处理结果"))


class ReceiversHandlerForm(HandlerForm, ReceiversForm):
    states = TAKEN_OVER


class TellForm(TellersForm):
    way = forms.ChoiceField(label=_("告知方式"), choices=Way.choices)
    at = LocalDateTimeField(label=_("告知时间"))
    words = text(_("对方意见"), rows=2, required=False)


class UnreachableForm(TellersForm):
    words = text(_("联系方式不详的情况"), help_text=_("只有联系方式不详才可以不告知"))


class ReportBackForm(ReceiversForm):
    states = (State.RESULTED, *ENDED)
    words = text(_("反馈意见"), rows=2, required=False)


class FollowForm(AboutForm):
    """Filled by the referral or the case, never typed."""

    state = forms.ChoiceField(label=_("进展"), choices=State.choices, required=False)
    result = forms.CharField(label=_("处理结果"), required=False)
    silent = ("about", "state")


class ArchiveForm(StepForm):
    at = LocalDateTimeField(label=_("归档时间"))
