"""Components: they say what they are given, and a wrong option fails loudly."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.test.signals import template_rendered

from coordination.kernel.templatetags.drawn import draw
from coordination.kernel.templatetags.options import WrongOption
from coordination.kernel.templatetags.signs import signs
from coordination.kernel.web.components import SCREENS, show
from coordination.kernel.web.lamp import STATES, Lamp
from coordination.kernel.web.samples import LAMPS, StepForm, formset, page, rows, sample
from coordination.kernel.web.system import too_old
from coordination.kernel.words import Refusal

TEMPLATES = Path(settings.BASE_DIR) / "templates"
#: Those of Jinja are macros.
DRAWN = sorted((TEMPLATES / "drawn" / "components").glob("*.html"))
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html")) + DRAWN


def rendered(source: str, **context) -> str:
    return Template("{% load csx csx_forms %}" + source).render(Context(context))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_begins_with_a_comment_that_lists_its_options(path):
    comment = re.match(
        r"(?:{% comment %}|{#)\s*(\w+)[^:]*:.*?(Options:|No options\.|Blocks:).*?(?:{% endcomment %}|#})",
        path.read_text(),
        re.S,
    )
    assert comment
    assert comment[1] == path.stem


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_carries_style_attributes_or_scripts_of_its_own(path):
    if path.is_relative_to(TEMPLATES / "documents"):
        return  # papers are set by the PDF engine and never reach a browser
    source = path.read_text()
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)|https?://(?!www\.w3\.org)", source)


@pytest.mark.parametrize(
    "source",
    [
        '{% tag "急" "red" %}',
        '{% lamp lamp size="huge" %}',
        "{% lamp nothing %}",
        '{% alert tone="loud" %}x{% endalert %}',
        '{% empty "没有" url="/new/" %}',
        "{% clock_bar nothing %}",
        "{% step_bar wrong_steps %}",
        "{% counters wrong_counters %}",
        "{% matters rows columns=wrong_columns %}",
        "{% matter_row nothing %}",
        "{% timeline nothing_listed %}",
        "{% files nothing_listed %}",
        '{% actions nothing_listed "page" %}',
        '{% actions actions "sideways" %}',
        '{% tabs nothing_listed "x" %}',
        "{% field nothing %}",
        "{% form_fields careless %}",
    ],
)
def test_a_wrong_option_fails_loudly_and_names_the_right_ones(source):
    class Careless(StepForm):
        groups = (("事实", ("title",)),)

    context = {
        "lamp": LAMPS["near"],
        "nothing": {},
        "nothing_listed": [{}],
        "wrong_steps": [{"state": "later"}],
        "wrong_counters": [{"key": "red", "label": "", "count": 1, "url": ""}],
        "rows": rows(),
        "wrong_columns": ["price"],
        "actions": [],
        "careless": Careless(),
    }
    with pytest.raises(WrongOption, match=r"is one of|lacks|go together|wanted|leave out"):
        rendered(source, **context)


def test_an_option_that_does_not_exist_does_not_compile():
    with pytest.raises(TemplateSyntaxError):
        rendered('{% tag "急" colour="red" %}')


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_the_lamp_has_a_shape_of_its_own(state):
    shapes = [drawn for _box, drawn in (signs()[f"lamp-{each}"] for each in STATES)]
    assert len(set(shapes)) == len(STATES)
    assert signs()[f"lamp-{state}"][1] in rendered("{% lamp lamp %}", lamp=Lamp(state, "剩", "止"))


def test_the_lamp_says_both_lines_and_its_reservations():
    html = rendered(
        "{% lamp lamp %}", lamp=Lamp("plenty", "剩 5 个工作日", "12-01（周二）24:00 截止", provisional=True, local=True)
    )
    assert words(html) == "剩 5 个工作日 12-01（周二）24:00 截止 暂定 本地"
    assert words(rendered("{% lamp lamp %}", lamp=LAMPS["none"])) == "无时限"


def test_the_clock_bar_shows_how_the_date_was_found():
    clock = sample("page")["clocks"][0]
    html = rendered("{% clock_bar clock %}", clock=clock)
    said = words(html)
    assert all(line in re.sub(r"<[^>]+>", "", html) for line in clock["explain"])
    assert clock["quote"] in said
    assert "怎么算的" in said
    assert "本地要求，非法定时限" in said


@pytest.mark.parametrize(
    "written", ["2026-11-24（周二）24:00", "11-24（周二）", "2026-11-24", "2026-11-24 (Tue) 17:30", "11-24 (Tue)"]
)
def test_no_line_ends_inside_a_date(written):
    sentence = f"开始计时：受理，凤凰镇 <人民政府>，{written}。宁武移2026-0031，0350-4722345，140925-19-11"
    entry = {"label": "送达", "at": None, "words": sentence}
    facts = rendered("{% facts facts %}", facts=[("时限", sentence)])
    for html in (rendered("{% timeline entries %}", entries=[entry]), facts):
        assert re.findall(r'<span class="nowrap">([^<]*)</span>', html) == [written]
        assert "&lt;人民政府&gt;" in html


def test_a_row_has_exactly_one_next_step_named_with_its_matter():
    row = rows()[0]
    html = rendered("<table>{% matter_row row %}</table>", row=row)
    assert html.count('class="btn') == 1
    assert f'aria-label="{row["next"]["label"]}：{row["title"]}"' in html


def test_names_of_parties_are_escaped():
    html = rendered("{% facts facts %}", facts=[("当事人", "<script>alert(1)</script>")])
    assert "<script>" not in html


def test_pagination_keeps_the_filters_of_the_address():
    request = RequestFactory().get("/list/", {"stage": "served", "page": "3"})
    html = rendered("{% pagination page_obj %}", page_obj=page(3), request=request)
    assert 'href="?stage=served&amp;page=4"' in html
    assert "共 168 件" in html


def test_a_missing_fact_is_asked_for_in_the_words_of_the_form():
    form = StepForm({"urgency": "urgent"})
    said = words(rendered("{% error_summary form %}", form=form))
    assert "请填写案由" in said
    assert "请选择经办执法人员" in said
    field = rendered("{% field form.title %}", form=form)
    assert 'aria-describedby="id_title_helptext id_title_error"' in field
    assert 'id="id_title_error"' in field


def test_a_refusal_leads_to_the_field_that_it_names_and_is_said_once():
    form = StepForm({"title": "x"})
    refusal = Refusal("请选择 2 名持证执法人员。", field="officers")
    form.add_error("officers", refusal.message)
    html = rendered("{% error_summary form formsets refusal %}", form=form, formsets=[formset()], refusal=refusal)
    assert 'href="#id_officers"' in html
    assert html.count(refusal.message) == 1


def test_few_choices_lie_open_and_several_are_ticked():
    class Ask(forms.Form):
        few = forms.ChoiceField(label="紧急程度", choices=[("a", "一般"), ("b", "紧急")])
        maybe = forms.ChoiceField(label="类别", choices=[("", "—"), ("a", "甲")], required=False)
        several = forms.MultipleChoiceField(label="人员", choices=[("1", "张伟"), ("2", "刘洋")])

    html = rendered("{% form_fields form %}", form=Ask())
    assert html.count('type="radio"') == 2
    assert html.count('type="checkbox"') == 2
    assert html.count("<select") == 1
    assert html.count("<legend>") == 2


def test_where_there_is_nothing_to_tick_it_says_so():
    class Ask(forms.Form):
        several = forms.MultipleChoiceField(label="案件材料", choices=[], widget=forms.CheckboxSelectMultiple)

    assert "暂无" in words(rendered("{% form_fields form %}", form=Ask()))


@pytest.mark.parametrize("name", [name for name in SCREENS if name != "gallery"])
@pytest.mark.urls("tests.browser.urls")
def test_every_screen_of_the_gallery_renders_in_full(name):
    answer = show(RequestFactory().get(f"/components/{name}/"), name)
    assert answer.status_code == 200
    assert b"</html>" in answer.content


def test_the_gallery_is_not_there_in_production(client, settings):
    settings.MODE = "production"
    settings.ROOT_URLCONF = "tests.browser.urls"
    assert client.get("/components/").status_code == 404


@pytest.mark.parametrize(
    ("agent", "old"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", True),
        ("Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/69.0.3497.100 Safari/537.36", True),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/83.0.4103.61 Safari/537.36", False),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1", False),
        ("", False),
    ],
)
def test_only_a_browser_that_cannot_show_the_product_is_sent_away(agent, old):
    assert too_old(agent) is old


def imported(component: str) -> list[str]:
    """The components that one of Jinja draws in its turn."""
    return re.findall(r'from "(components/\w+\.html)"', (DRAWN[0].parent / f"{component}.html").read_text())


@pytest.mark.urls("tests.browser.urls")
@pytest.mark.django_db
def test_every_component_is_shown_on_some_screen_of_the_gallery(monkeypatch):
    seen: set[str] = set()

    def note(template, **_more) -> None:
        seen.add(template.name or "")

    def noted(component: str, *options) -> str:
        seen.update({f"components/{component}.html", *imported(component)})
        return draw(component, *options)

    monkeypatch.setattr("coordination.kernel.templatetags.csx.draw", noted)
    template_rendered.connect(note)
    try:
        for name in SCREENS:
            show(RequestFactory().get(f"/components/{name}/"), name)
    finally:
        template_rendered.disconnect(note)
    unseen = {path.stem for path in COMPONENTS} - {Path(name).stem for name in seen if name.startswith("components/")}
    assert unseen == set()
