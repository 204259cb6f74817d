"""The questions of 时限计算器: which limit, from when, with which pauses. One form for page, API and command line."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.calendar import Within
from coordination.kernel.matters import Urgency
from coordination.kernel.mechanisms import KINDS, NATIONAL, Rules, read_all, rules_of
from coordination.kernel.now import CST
from coordination.kernel.organs import County
from coordination.kernel.retold import label_words
from coordination.kernel.words import Refusal

#: What a mechanism may ask, in the words of the form; a blank is a fact that is not told.
FACTS = {
    "urgency": Urgency.choices,
    "bearer": [("township", gettext_lazy("乡镇、街道")), ("department", gettext_lazy("县级部门"))],
    "direction": [
        ("up", gettext_lazy("乡镇对部门")),
        ("down", gettext_lazy("部门对乡镇")),
        ("across", gettext_lazy("同级之间")),
    ],
    "kind": KINDS,
    "ongoing": [("yes", gettext_lazy("正在进行")), ("no", gettext_lazy("已经停止"))],
}
UNTOLD = ("", gettext_lazy("不限"))


def read_moment(text: str) -> datetime:
    """`2026-09-30 17:00` (Asia/Shanghai), or with an offset; a bare `2026-09-30` is its midnight, which is enough for
    limits by the day. Refusal for anything else."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise Refusal(_("无法识别的时间“%s”，请写成 2026-09-30 17:00。") % text.strip()) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=CST)


class MomentInput(forms.DateTimeInput):
    """The browser's own date and time control; any form that `read_moment` knows is shown in it."""

    input_type = "datetime-local"

    def format_value(self, value):
        if isinstance(value, datetime):
            return value.astimezone(CST).strftime("%Y-%m-%dT%H:%M")
        return value.strip().replace(" ", "T")[:16] if value else ""


class MomentField(forms.CharField):
    """A moment as `read_moment` reads it."""

    widget = MomentInput

    def clean(self, value):
        text = super().clean(value)
        try:
            return read_moment(text)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class PausesField(forms.CharField):
    """Pauses, one a line: `2026-09-23 10:00..2026-09-29 16:00`; without an end the pause still lasts."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        try:
            return [_pause(line) for line in lines]
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal


def _pause(line: str) -> tuple[datetime, datetime | None]:
    since, dots, until = line.partition("..")
    if not dots:
        raise Refusal(_("无法识别的暂停“%s”，请写成 2026-09-23 10:00..2026-09-29 16:00。") % line)
    return read_moment(since), read_moment(until) if until.strip() else None


class DueForm(forms.Form):
    """A limit of a county's mechanism with its facts, or a bare length; a start; pauses."""

    county = forms.ChoiceField(label=gettext_lazy("县（机制）"), required=False)
    limit = forms.ChoiceField(label=gettext_lazy("时限"), required=False)
    within = forms.CharField(
        label=gettext_lazy("或直接写期限"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("例如 3个工作日、90日、24小时、当日"),
    )
    start = MomentField(label=gettext_lazy("起算时间"))
    urgency = forms.ChoiceField(label=gettext_lazy("紧急程度"), required=False)
    bearer = forms.ChoiceField(label=gettext_lazy("承担方"), required=False)
    direction = forms.ChoiceField(label=gettext_lazy("方向"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    ongoing = forms.ChoiceField(label=gettext_lazy("违法行为"), required=False)
    pause = PausesField(
        label=gettext_lazy("暂停"),
        required=False,
        help_text=gettext_lazy(
            "每行一次，如 2026-09-23 10:00..2026-09-29 16:00；尚未恢复的不写后一半。暂停须有条款依据。"
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["county"].choices = [("", gettext_lazy("不选，按全国日历")), *counties()]
        self.fields["limit"].choices = [("", gettext_lazy("不选")), *limits()]
        for name, choices in FACTS.items():
            self.fields[name].choices = [UNTOLD, *choices]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _known(field.choices)

    @property
    def has_more(self) -> bool:
        """Whether one of the rarer questions is answered, so that the page shows them."""
        return any(self[name].value() or self[name].errors for name in ("direction", "kind", "ongoing", "pause"))

    @property
    def without_hours(self) -> str:
        """The field in which a bare date stands; empty if every time has its hour."""
        given = {
            "start": [self.data["start"]],
            "pause": (self.data.get("pause") or "").replace("..", "\n").splitlines(),
        }
        return next((name for name, texts in given.items() if any(t.strip() and ":" not in t for t in texts)), "")

    @property
    def facts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in FACTS if self.cleaned_data.get(name)}

    def clean(self) -> dict:
        asked = super().clean()
        if not asked.get("limit") and not asked.get("within") and not {"limit", "within"} & self.errors.keys():
            self.add_error("limit", _("请选择时限，或者直接写期限。"))
        if asked.get("limit") and asked.get("within"):
            self.add_error("within", _("已选择时限，请不要再写期限。"))
        if asked.get("limit") and not asked.get("county") and "county" not in self.errors:
            self.add_error("county", _("请选择县：时限由各县机制规定。"))
        return asked

    def clean_within(self) -> Within | None:
        text = self.cleaned_data["within"]
        try:
            return Within.parse(text) if text else None
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    @property
    def rules(self) -> Rules | None:
        """The rules of the chosen county. One query."""
        county = self.cleaned_data.get("county")
        return rules_of(county) if county else None


def _known(choices: Iterable) -> str:
    """What may be chosen, in the error message of a choice."""
    return _("没有“%(value)s”；可用的有：") + "、".join(str(value) for value, _label in choices if value)


def counties() -> list[tuple[str, str]]:
    """The counties of this installation; on one without any, the mechanism files. One query."""
    rows = list(County.objects.values_list("code", "name"))
    return rows or [(name, one.county or one.title) for name, one in read_all().items() if name != NATIONAL]


def limits() -> list[tuple[str, str]]:
    """Every limit of every mechanism by key, with its title; whether the chosen county has it is asked later."""
    return list(_titles(read_all().values()))


def _titles(files: Iterable) -> dict:
    return {key: label_words(limit.title) for one in files for key, limit in one.limits.items()}.items()
