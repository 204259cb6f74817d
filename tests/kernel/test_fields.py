"""Fields of steps: a day as a browser reads it, and bounds that say what to do."""

from datetime import date

from django import forms

from coordination.kernel.steps import StepForm
from coordination.kernel.steps.fields import DayField


class Asked(StepForm):
    title = forms.CharField(label="事由", max_length=5)
    hours = forms.DecimalField(label="学时", min_value=0, max_value=400, max_digits=5, decimal_places=1)
    on = DayField(label="日期")
    agreed = forms.BooleanField(label="已核对")


def test_a_known_day_stands_in_the_form_as_a_browser_reads_it():
    assert 'type="date"' in str(Asked(initial={"on": date(2026, 9, 5)})["on"])
    assert 'value="2026-09-05"' in str(Asked(initial={"on": date(2026, 9, 5)})["on"])


def test_a_bound_says_what_is_wrong_and_what_to_do():
    told = Asked({"title": "一二三四五六七", "hours": "12345.67", "on": "2026-09-05", "agreed": "on"}).errors
    assert told["title"] == ["最多 5 个字，现在有 7 个字，请删减。"]
    assert told["hours"] == [
        "不能大于 400，请核对。",
        "数字太长，最多 5 位，请核对。",
    ]
    assert Asked({"hours": "-1"}).errors["hours"] == ["不能小于 0，请核对。"]
