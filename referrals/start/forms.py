"""What the one form asks for: the lead's own fields, whose the violation is, who handles the letter."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.forms import RegisterForm, organs, text
from coordination.kernel.catalogue import Competence, competent
from referrals.forms import OfficersMixin
from referrals.words import PropertyDeclared

SUGGESTED, OTHER, OWN = "suggested", "other", "own"


class StartForm(OfficersMixin, RegisterForm):
    """Urgency first; then what and where, the party, the photographs, who handles it."""

    groups = (
        (gettext_lazy("紧急程度"), ("urgency", "category", "ongoing", "discovered_at")),
        (
            gettext_lazy("什么事，在哪里"),
            ("title", "item", "place", "village", "place_text", "coordinates", "basic_facts"),
        ),
        (gettext_lazy("移送给谁"), ("decision", "receiver", "choice_reason")),
        (
            gettext_lazy("当事人和来源"),
            ("subject_name", "subject_code", "subject_address", "subject_contact", "source", "before_devolution"),
        ),
        (gettext_lazy("经办和审批"), ("officers", "property_declared", "copy_to")),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("管辖判断"),
        widget=forms.RadioSelect,
        choices=[
            (SUGGESTED, pgettext_lazy("jurisdiction", "按清单建议移送")),
            (OTHER, pgettext_lazy("jurisdiction", "移送其他单位")),
            (OWN, pgettext_lazy("jurisdiction", "本单位应自办，只登记不移送")),
        ],
    )
    receiver = organs(gettext_lazy("受移送方"), required=False)
    choice_reason = text(
        gettext_lazy("选择理由"), rows=2, required=False, help_text=gettext_lazy("与清单建议不同时必填")
    )
    property_declared = forms.ChoiceField(
        label=gettext_lazy("涉案物品"),
        choices=[
            (PropertyDeclared.NONE, PropertyDeclared.NONE.label),
            (PropertyDeclared.LISTED, pgettext_lazy("property", "有涉案物品，起草后在案件中登记清单再提交")),
        ],
        widget=forms.RadioSelect,
    )
    copy_to = forms.CharField(
        label=gettext_lazy("抄送"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("其他需要知晓的单位，如：县司法局"),
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["officers"].required = self.data.get("decision") != OWN

    def clean(self) -> dict:
        """`receiver` becomes the organ to which the matter goes; none where it stays."""
        told = super().clean()
        suggested = self.suggestion(told)
        if told.get("decision") == SUGGESTED:
            told["receiver"] = suggested and suggested.executor
        if told.get("decision") == OTHER and not told.get("receiver"):
            self.add_error("receiver", _("请选择受移送方。"))
        if told.get("decision") == SUGGESTED and suggested is None:
            self.add_error("decision", _("没有选择执法事项，清单不能给出建议；请选择执法事项，或者选择受移送方。"))
        if told.get("decision") == SUGGESTED and told["receiver"] == self.actor.organ:
            self.add_error("decision", _("清单显示该事项由本单位管辖，应当自行办理；请选择“本单位应自办”。"))
        return told

    def suggestion(self, told: dict) -> Competence | None:
        """What the catalogue says of the item in the township."""
        return competent(told["item"], told.get("place"), self.moment.date()) if told.get("item") else None
