"""What the steps of a dispute ask for. Shared by pages, API and plain calls of perform()."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms import ReasonForm as ReasonForm
from cases.forms import organs, text
from coordination.kernel.matters import Matter
from coordination.kernel.steps import StepForm
from coordination.kernel.steps.fields import DayField, LocalDateTimeField
from disputes.opening import participants
from disputes.words import ONE_OF_THE_TWO, DisputeKind, every_outcome, with_organ


class OutcomeFields(StepForm):
    """How it should end: the choices are those of the matter that the dispute is about."""

    outcome = forms.ChoiceField(label=_("处理结果"), choices=every_outcome)
    designated = organs(_("指定的单位"), required=False)

    def prepare(self) -> None:
        super().prepare()
        lower = self.initial.get("about") or self.matter.lower
        known = self.matter.outcomes_about(lower)
        of = self.matter.organ_of
        self.fields["outcome"].choices = [(key, with_organ(words, of(key, None))) for key, words in known]
        self.fields["designated"].help_text = _("仅“指定其他单位”时选择")


class RaiseForm(OutcomeFields):
    groups = (
        (_("与谁、为何事发生争议"), ("respondent", "kind_of", "title", "dispute_facts", "talks")),
        (_("本单位的主张"), ("outcome", "designated", "request", "basis")),
        (_("争议期间"), ("interim",)),
    )
    about = forms.ModelChoiceField(
        Matter.objects.all(), label=_("争议所涉事项"), required=False, widget=forms.HiddenInput
    )
    respondent = organs(_("对方单位"), required=False)
    kind_of = forms.ChoiceField(label=_("争议类型"), choices=DisputeKind.choices)
    title = forms.CharField(
        label=_("争议事由"), max_length=120, required=False, help_text=_("如：河道采砂监管职责划分")
    )
    dispute_facts = text(_("争议事实和经过"), rows=4)
    talks = text(_("自行协商情况"), rows=2, required=False, help_text=_("何时、何人、协商的结果；还没有协商的可以不填"))
    request = text(_("请求和理由"))
    basis = text(_("法律依据和事项清单"), rows=2)
    interim = organs(_("争议期间先行处理的单位"), required=False)
    silent = ("about",)

    def prepare(self) -> None:
        """From a matter it is known who acts meanwhile; where it moves, also the two sides and what it is about. Else
        the other side is chosen among those who take part in it."""
        super().prepare()
        about = self.initial.get("about")
        self.fields["about"].queryset = Matter.objects.filter(pk=about and about.pk)
        if about is not None:
            known = ("respondent", "title", "interim") if about.DISPUTABLE else ("interim",)
            for name in known:
                del self.fields[name]
            self.groups = tuple((title, tuple(n for n in names if n not in known)) for title, names in self.groups[:2])
        if about is None:
            self.ask_for_all()
        elif not about.DISPUTABLE:
            self.choose_among(participants(about).exclude(pk=self.actor.organ.pk))

    def ask_for_all(self) -> None:
        """Nothing else says it: with whom, about what, and which of the two acts meanwhile."""
        respondent, interim = self.fields["respondent"], self.fields["interim"]
        respondent.required = self.fields["title"].required = interim.required = True
        respondent.queryset = respondent.queryset.exclude(pk=self.actor.organ.pk)
        interim.help_text = _("双方之一")
        chosen = respondent.queryset.filter(pk=_key(self["respondent"].value())).first()
        if chosen is not None:
            interim.queryset = interim.queryset.filter(pk__in=[self.actor.organ.pk, chosen.pk])
            interim.error_messages["invalid_choice"] = ONE_OF_THE_TWO

    def choose_among(self, others) -> None:
        respondent = self.fields["respondent"]
        respondent.queryset = respondent.queryset.filter(pk__in=others)
        respondent.required = self.fields["title"].required = True

    def clean_about(self):
        about = self.cleaned_data["about"]
        return about and about.as_child()


def _key(value) -> int | None:
    """The key of a chosen row, whatever was sent in its place."""
    key = str(getattr(value, "pk", value))
    return int(key) if key.isascii() and key.isdigit() and len(key) < 10 else None


class TalkForm(StepForm):
    at = LocalDateTimeField(label=_("时间"))
    participants = forms.CharField(label=_("参加人员"), max_length=200)
    words = text(_("情况记录"))


class ProposeForm(OutcomeFields):
    at = LocalDateTimeField(label=_("会议时间"))
    place = forms.CharField(label=_("会议地点"), max_length=120)
    participants = forms.CharField(label=_("参加人员"), max_length=200)
    words = text(_("议定事项"), help_text=_("由谁办理、材料如何交接、何时完成"))


class RecommendForm(OutcomeFields):
    finding = text(_("查明的事实和认定"))
    words = text(_("监督建议"))
    reply_by = DayField(label=_("请于何日前答复"))


class ConsentForm(StepForm):
    signer = forms.CharField(label=_("签署人"), max_length=40)
    words = text(_("意见"), rows=2, required=False)


class ApplyForm(OutcomeFields):
    """The application of the side that asks: what it has asked for before is there to be bettered, the other's is
    not."""

    request = text(_("请求和理由"))
    basis = text(_("法律依据和事项清单"), rows=2)
    talks = text(
        _("前一级的处理情况"), rows=2, required=False, help_text=_("记录在案的协商和处理情况会自动写入申请书，可以补充")
    )

    def prepare(self) -> None:
        super().prepare()
        for name, value in self.matter.own_claim(self.actor.organ).items():
            self.initial[name] = self.initial.get(name) or value


class AcceptForm(StepForm):
    own = {"handler": "name", "phone": "phone"}
    handler = forms.CharField(label=_("承办人"), max_length=40)
    phone = forms.CharField(label=_("联系电话"), max_length=40)
    words = text(_("需要双方说明的问题"), rows=2, required=False)


class StateForm(OutcomeFields):
    words = text(_("事实和理由"), rows=4)
    basis = text(_("法律依据和事项清单"), rows=2)
    silent = ("outcome", "designated", "words", "basis")


class RecordedFields(StepForm):
    """What a decision on the paper of another organ is called: asked of whoever records it, and of nobody else."""

    decision_number = forms.CharField(label=_("决定书文号"), max_length=60, required=False)
    decided_on = DayField(label=_("决定日期"), required=False, help_text=_("以决定书为准"))
    silent = ("decision_number", "decided_on")

    def prepare(self) -> None:
        super().prepare()
        for name in RecordedFields.base_fields:
            if self.actor.on_behalf_of is None:
                del self.fields[name]
            else:
                self.fields[name].required = True


class SignForm(RecordedFields):
    """The head signs what was drafted, and fills in nothing."""


class DecisionForm(OutcomeFields, RecordedFields):
    """Nothing of a draft stands in the journal, which both sides read: what is signed does."""

    finding = text(_("查明的事实和认定"))
    words = text(_("决定内容和理由"))
    silent = ("outcome", "designated", "finding", "words", *RecordedFields.silent)


class ConcludeForm(StepForm):
    words = text(_("执行情况"), rows=2)
