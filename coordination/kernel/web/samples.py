"""Invented contents for the gallery: what samples.toml says, and forms with every kind of control."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.core.paginator import Page, Paginator

from coordination.kernel.web.lamp import Lamp

SAMPLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
LAMPS = {name: Lamp(**values) for name, values in SAMPLES["lamps"].items()}
MATTER = SimpleNamespace(
    number="宁武移2026-0034",
    title="在永久基本农田内倾倒建筑垃圾",
    urgency="urgent",
    get_urgency_display="紧急",
    category="",
    ongoing=True,
)


def sample(name: str) -> dict:
    """A context of samples.toml, its lamps lit."""
    return _lit(SAMPLES[name])


def rows() -> list[dict]:
    return [{"matter_url": "/components/page/", **row} for row in _lit(SAMPLES["rows"])]


def _lit(values):
    if isinstance(values, list):
        return [_lit(value) for value in values]
    if isinstance(values, dict):
        return {key: LAMPS[value] if key == "lamp" else _lit(value) for key, value in values.items()}
    return values


def page(number: int = 3) -> Page:
    return Paginator(range(168), 20).page(number)


class StepForm(forms.Form):
    """Every kind of control that a step asks with."""

    groups = (
        ("违法事实", ("title", "facts", "place", "found_at")),
        ("经办", ("urgency", "officers", "receiver", "photos", "ongoing")),
    )
    title = forms.CharField(label="案由", max_length=120, help_text="一句话写清行为，不写当事人姓名。")
    facts = forms.CharField(label="基本违法事实", widget=forms.Textarea(attrs={"rows": 4}))
    place = forms.CharField(label="地点", required=False, help_text="村、组或者参照物；可以填写经纬度。")
    found_at = forms.DateTimeField(label="发现时间", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    urgency = forms.ChoiceField(
        label="紧急程度",
        widget=forms.RadioSelect,
        choices=[("normal", "一般：3 个工作日内移送"), ("urgent", "紧急：24 小时内移送"), ("major", "重大：即时移送")],
    )
    officers = forms.MultipleChoiceField(
        label="经办执法人员",
        widget=forms.CheckboxSelectMultiple,
        choices=enumerate(("张伟（140925001）", "刘洋（140925007）", "陈静（140925012）", "高峰（140925019）")),
        help_text="请选择 2 名持证执法人员。",
    )
    receiver = forms.ChoiceField(
        label="受移送单位",
        widget=forms.Select(attrs={"data-narrow": "输入单位名称、拼音或首字母筛选"}),
        choices=[
            ("", "请选择"),
            *enumerate(("东寨镇人民政府", "凤凰镇人民政府", "县水利局", "县林业局", "县交通运输局")),
        ],
    )
    photos = forms.FileField(label="现场照片", required=False, help_text="可以一次选择多张，每张不超过 20 MB。")
    ongoing = forms.BooleanField(label="违法行为正在进行", required=False)


class PropertyForm(forms.Form):
    name = forms.CharField(label="名称")
    amount = forms.CharField(label="数量")
    kept_at = forms.CharField(label="存放地点", required=False)


class FilterForm(forms.Form):
    q = forms.CharField(label="编号、当事人、地点", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    stage = forms.ChoiceField(label="环节", required=False, choices=[("", "全部"), ("draft", "草拟")])
    lamp = forms.ChoiceField(label="期限", required=False, choices=[("", "全部"), ("overdue", "已超期")])
    organ = forms.ChoiceField(label="对方单位", required=False, choices=[("", "全部"), ("a", "县自然资源局")])


class NoticeForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label="除站内消息外，同时发送邮件",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=enumerate(("期限提醒", "超期提醒", "新到事项", "每日 08:30 和 16:30 汇总")),
    )


def formset(data: dict | None = None) -> forms.BaseFormSet:
    made = forms.formset_factory(PropertyForm, extra=1, can_delete=True)
    made.title, made.help, made.add_label = "涉案物品清单", "没有涉案物品的，删去空行即可。", "再加一项物品"
    return made(data, initial=[{"name": "自卸车", "amount": "1 辆", "kept_at": "东寨镇执法队院内"}])
