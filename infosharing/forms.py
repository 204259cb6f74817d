"""What the steps of a shared record ask for. Shared by pages, API and plain calls of perform()."""

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from cases.forms import organs, text
from cases.models import Case
from coordination.kernel.catalogue import Item
from coordination.kernel.steps import StepForm
from coordination.kernel.steps.fields import DayField, LocalDateTimeField
from coordination.kernel.steps.scans import ScanForm, scan
from infosharing.contents import BY_KEY, CHOICES
from infosharing.gates import AGREED, STATE_SECRET, no_state_secret
from infosharing.words import Secret


def line(label, length: int = 120) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False)


def recipients() -> forms.ModelMultipleChoiceField:
    chosen = organs("").queryset
    return forms.ModelMultipleChoiceField(
        chosen,
        label=_("使用单位"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("订阅了这类信息或这一事项的单位，共享时自动列入"),
    )


def secret() -> forms.ChoiceField:
    """Answered before anything else: what is a state secret is not typed here at all."""
    return forms.ChoiceField(
        label=_("是否涉密"),
        choices=[("", "—"), *Secret.choices],
        help_text=_("先选择再填写。涉及国家秘密的不得录入本平台；未选择前所填内容不作草稿保存"),
    )


class SecrecyFirst(StepForm):
    """Whether it is secret decides before anything else is looked at: of a state secret nothing that was typed is read,
    shown again or kept (NW-4.25)."""

    secret = secret()

    def __init__(self, data=None, files=None, *args, **kwargs) -> None:
        self.refused = data is not None and data.get("secret") == Secret.STATE
        if self.refused:
            data = {name: data[name] for name in ("secret", "content_class") if data.get(name)}
            files = None
        super().__init__(data, files, *args, **kwargs)

    def full_clean(self) -> None:
        if not self.refused:
            super().full_clean()
            return
        self._errors, self.cleaned_data = ErrorDict(), {}
        self.add_error("secret", forms.ValidationError(STATE_SECRET, code="secret"))

    @classmethod
    def require(cls, facts: dict, moment) -> None:
        no_state_secret(None, None, facts, moment)
        super().require(facts, moment)


class Contents(SecrecyFirst):
    """The facts of all classes under one set of names; a record's form keeps those of its class, in its words."""

    party = line(_("当事人"))
    is_person = forms.BooleanField(label=_("是自然人"), required=False)
    law = line(_("法律、标准名称"), 200)
    period = line(_("期间"), 60)
    source = line(_("来源"), 200)
    means = line(_("方式"), 80)
    officers = line(_("人员"), 120)
    filed_on = DayField(label=_("立案（受理）日期"), required=False)
    decided_on = DayField(label=_("决定日期"), required=False)
    happened_at = LocalDateTimeField(label=_("发生时间"), required=False)
    where = line(_("地点"), 200)
    effective_on = DayField(label=_("施行日期"), required=False)
    document_number = line(_("编号"), 80)
    content = text(_("内容"), rows=5, required=False)
    handling = text(_("处理情况"), rows=2, required=False)

    FACTS = (
        *("party", "is_person", "law", "period", "source", "means", "officers", "filed_on", "decided_on"),
        *("happened_at", "where", "effective_on", "document_number", "content", "handling"),
    )
    silent = FACTS

    def class_wanted(self) -> str:
        return self.matter.content_class

    def prepare(self) -> None:
        super().prepare()
        wanted = BY_KEY.get(self.class_wanted())
        if wanted is None:
            return
        asked = {fact.name: fact for fact in wanted.facts}
        for name in self.FACTS:
            if name not in asked:
                del self.fields[name]
                continue
            self.fields[name].label, self.fields[name].required = asked[name].label, asked[name].required
        self.order_fields(["secret", *asked, *(name for name in self.fields if name not in asked)])


class ReadersForm(StepForm):
    """For whom, and for what: the readers other than the provider itself."""

    recipients = recipients()

    def prepare(self) -> None:
        super().prepare()
        self.fields["recipients"].queryset = self.fields["recipients"].queryset.exclude(pk=self.actor.organ.pk)


class RecordForm(Contents, ReadersForm):
    groups = (
        (_("能否录入"), ("secret",)),
        (_("什么信息"), ("content_class", "formed_at", "item", *Contents.FACTS, "title")),
        (_("给谁用，作什么用"), ("recipients", "purpose", "scope")),
    )
    silent = ("case", "title", *Contents.FACTS)
    content_class = forms.ChoiceField(label=_("信息类别"), choices=CHOICES)
    formed_at = LocalDateTimeField(label=_("形成（收到）时间"), help_text=_("共享期限由此起算"))
    item = forms.ModelChoiceField(Item.objects.all(), label=_("执法事项"), required=False)
    title = forms.CharField(
        label=_("标题"),
        max_length=120,
        required=False,
        help_text=_("不填即为类别和对象；会出现在列表和通知里，不写秘密和隐私"),
    )
    purpose = line(_("使用目的"), 200)
    scope = line(_("使用范围和要求"), 200)
    case = forms.ModelChoiceField(Case.objects.all(), required=False, label=_("原案件"), widget=forms.HiddenInput)

    def prepare(self) -> None:
        super().prepare()
        case = self.initial.get("case")
        self.fields["case"].queryset = Case.objects.filter(pk=case and case.pk)

        self.fields["content_class"].choices = [c for c in CHOICES if c[0] == self.class_wanted()] or CHOICES

    def class_wanted(self) -> str:
        return self["content_class"].value() or ""


class ReviseForm(Contents):
    reason = text(_("修改说明"), rows=2, required=False)


class ExtendForm(StepForm):
    until = DayField(label=_("延长至"))
    ground = text(_("收集、整理等原因"))


class ReviewForm(SecrecyFirst):
    accurate = forms.BooleanField(label=_("已核对：内容真实、准确、完整"))
    words = text(_("审查意见"), rows=2, required=False)


class AskForm(ReadersForm):
    right_holder = forms.CharField(label=_("权利人"), max_length=120)
    right_holder_address = line(_("权利人地址"), 200)
    summary = text(_("拟共享的内容"), help_text=_("写进征求意见函，让权利人知道共享什么"))
    purpose = forms.CharField(label=_("使用目的"), max_length=200)
    scope = forms.CharField(label=_("使用范围和要求"), max_length=200)
    reply_by = DayField(label=_("请于何日前答复"))
    silent = ("summary",)


class AnswerForm(ScanForm):
    answered_on = DayField(label=_("权利人答复日期"), required=False, help_text=_("以书面答复载明（收到）的日期为准"))


class ConsentForm(AnswerForm):
    consent_scan = scan(_("权利人签署的回执"))
    words = text(_("权利人意见"), rows=2, required=False)
    scans = ("consent_scan",)


class RefusedForm(AnswerForm):
    reason = text(_("权利人不同意的理由"))
    answer_scan = scan(_("权利人的书面答复"), required=False)
    scans = ("answer_scan",)


class ShareForm(ReadersForm):
    purpose = forms.CharField(label=_("使用目的"), max_length=200)
    scope = forms.CharField(label=_("使用范围和要求"), max_length=200)
    copy_notice = forms.BooleanField(label=_("同时制发抄告函，由使用单位签收"), required=False)

    def prepare(self) -> None:
        """What a right holder has agreed to stands, whatever a draft of before says."""
        super().prepare()
        if self.matter.needs_consent:
            for name in AGREED:
                self.initial[name] = getattr(self.matter, name)
                self.fields[name].widget.attrs["readonly"] = True
                self.fields[name].help_text = _("权利人同意的，不能更改")


class SignForm(StepForm):
    signer = forms.CharField(label=_("签收人"), max_length=40)
    words = text(_("备注"), rows=2, required=False)


class DoubtForm(StepForm):
    words = text(_("哪里有误，依据什么"))


class CorrectForm(Contents):
    reason = text(_("更正的理由"), rows=2)


class ReasonForm(StepForm):
    reason = text(_("理由"))


class EraseForm(StepForm):
    """Nothing to fill in: what cannot be undone is told before it is done."""

    beside = "infosharing/erase_warning.html"


class ReportedForm(StepForm):
    at = LocalDateTimeField(label=_("上报时间"))
    receipt_number = forms.CharField(label=_("平台回执号"), max_length=60)
