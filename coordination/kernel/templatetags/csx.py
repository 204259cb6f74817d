"""The components of templates/components/ and templates/drawn/components/: `{% load csx %}{% lamp row.lamp %}`.

Each template begins with a comment that lists its options; a wrong option fails loudly here, with the list of the
right ones, and never shows a half page to people. The gallery at /components/ shows them all.
"""

import re
from datetime import date, datetime

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import pgettext

from coordination.kernel.templatetags.drawn import draw
from coordination.kernel.templatetags.options import WrongOption, needs, one_of, part
from coordination.kernel.templatetags.signs import icon
from coordination.kernel.web.lamp import STATES
from coordination.kernel.web.moments import day_words, end_words, moment_words
from coordination.kernel.web.navigation import navigation as navigation_of

register = template.Library()

TONES = ("plain", "stage", "good", "warn", "urgent", "outline")
NOTES = {"info": "info", "good": "check", "warn": "warn", "bad": "warn"}
NATURES = {"statutory": "plain", "local": "outline", "reading": "outline"}
PROGRESS = ("done", "now", "todo")
URGENCIES = {"normal": None, "urgent": "warn", "specially_urgent": "urgent", "major": "urgent"}
COLUMNS = ("lamp", "matter", "from", "why", "next")
OF_A_ROW = ("lamp", "matter_url", "title", "stage_label", "kind_label", "number")


# ---------- words ----------
@register.filter
def moment(value: datetime | None) -> str:
    """`2026-11-24（周二）17:30`; nothing for nothing."""
    return moment_words(value) if value else ""


@register.filter
def short_moment(value: datetime | None) -> str:
    """`11-24（周二）17:30`"""
    return moment_words(value, year=False) if value else ""


@register.filter
def deadline(value: datetime | None) -> str:
    """An exclusive end: `2026-11-24（周二）24:00`"""
    return end_words(value) if value else ""


@register.filter
def day(value: date | None) -> str:
    """`2026-11-24（周二）`"""
    return day_words(value) if value else ""


#: 2026-11-24, 11-24（周二）, 2026-11-24（周二）17:30, 2026-11-24 (Tue) 17:30: a whole date, no part of a longer number.
WRITTEN = re.compile(
    r"(?<![\d-])(?:\d{4}-\d\d-\d\d(?:（..）| \(\w{3}\))?|\d\d-\d\d(?:（..）| \(\w{3}\)))(?: ?\d\d:\d\d)?(?![\d-])"
)


@register.filter
def dates_whole(text) -> SafeString:
    """Words in which no line ends inside a date: browsers break 2026-11-24 at its hyphens. Markup stays as it is."""
    if isinstance(text, SafeData):
        return text
    return mark_safe(WRITTEN.sub(r'<span class="nowrap">\g<0></span>', conditional_escape(text)))  # noqa: S308 - escaped


register.simple_tag(icon)


@register.simple_tag
def tag(label, tone="plain"):
    one_of("tag", "tone", tone, TONES)
    return draw("tag", label, tone)


@register.inclusion_tag("components/urgency.html")
def urgency(matter):
    one_of("urgency", "matter.urgency", matter.urgency, URGENCIES)
    return {"matter": matter, "tone": URGENCIES[matter.urgency], "ongoing": matter.ongoing}


@register.simple_block_tag(end_name="endalert", takes_context=False)
def alert(content, tone="info", title="", focus=False):
    """`{% alert tone="warn" title=… %}…{% endalert %}`; see components/alert.html."""
    one_of("alert", "tone", tone, NOTES)
    context = {"content": content, "tone": tone, "sign": NOTES[tone], "title": title, "focus": focus}
    return render_to_string("components/alert.html", context)


@register.inclusion_tag("components/empty.html")
def empty(title, text="", url="", label="", sign="desk"):
    if bool(url) != bool(label):
        raise WrongOption("empty: url and label go together")
    return {"title": title, "text": text, "url": url, "label": label, "sign": sign}


# ---------- time ----------
@register.simple_tag
def lamp(lamp, size="normal"):
    needs("lamp", lamp, "state", "relative", "absolute")
    one_of("lamp", "state", part(lamp, "state"), STATES)
    one_of("lamp", "size", size, ("normal", "large"))
    return draw("lamp", lamp, size)


@register.inclusion_tag("components/clock_bar.html")
def clock_bar(clock):
    needs("clock_bar", clock, "lamp", "title", "basis", "explain")
    nature = part(clock, "nature", "statutory")
    one_of("clock_bar", "nature", nature, NATURES)
    return {"clock": clock, "lamp": part(clock, "lamp"), "nature": nature, "tone": NATURES[nature]}


@register.inclusion_tag("components/step_bar.html")
def step_bar(progress):
    for step in progress:
        one_of("step_bar", "state", part(step, "state"), PROGRESS)
    words = {
        "done": pgettext("progress", "已完成"),
        "now": pgettext("progress", "进行中"),
        "todo": pgettext("progress", "未开始"),
    }
    return {"progress": [{"step": step, "words": words[part(step, "state")]} for step in progress]}


@register.simple_tag
def counters(counters, label=""):
    for counter in counters:
        needs("counters", counter, "key", "label", "count", "url")
        one_of("counters", "key", part(counter, "key"), STATES)
    return draw("counters", counters, label)


# ---------- matters ----------
@register.simple_tag
def matters(rows, caption="", columns=COLUMNS, pick=False):
    for column in columns:
        one_of("matters", "columns", column, COLUMNS)
    for row in rows:
        needs("matter_row", row, *OF_A_ROW)
    return draw("matters", rows, caption, columns, pick)


@register.simple_tag
def matter_row(row, columns=COLUMNS, pick=False):
    needs("matter_row", row, *OF_A_ROW)
    return draw("matter_row", row, columns, pick)


@register.inclusion_tag("components/facts.html")
def facts(facts):
    return {"facts": facts}


@register.inclusion_tag("components/timeline.html")
def timeline(entries):
    for entry in entries:
        needs("timeline", entry, "label", "at")
    return {"entries": entries}


@register.inclusion_tag("components/files.html")
def files(files, nothing=""):
    for file in files:
        needs("files", file, "title")
    return {"files": files, "nothing": nothing}


# ---------- frame ----------
@register.simple_tag(takes_context=True)
def navigation(context):
    """The entries of the top bar and of the phone's bottom bar that exist in this installation."""
    return navigation_of(context.get("request"))


@register.simple_tag(takes_context=True)
def topbar(context, bars):
    return draw("topbar", bars, context.get("user"), context.get("csrf_token"))


@register.simple_tag
def tabbar(bars):
    return draw("tabbar", bars)


@register.inclusion_tag("components/page_header.html")
def page_header(title, lead="", crumbs=(), tags=()):
    return {"title": title, "lead": lead, "crumbs": crumbs, "tags": tags}


@register.simple_tag
def tabs(tabs, label):
    for each in tabs:
        needs("tabs", each, "key", "label", "url")
    return draw("tabs", tabs, label)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page_obj, parameter="page"):
    pages = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=2, on_ends=1)
    return {"page": page_obj, "pages": pages, "parameter": parameter, "request": context["request"]}


@register.inclusion_tag("components/actions.html")
def actions(actions, layout="bar"):
    one_of("actions", "layout", layout, ("bar", "page"))
    for action in actions:
        needs("actions", action, "name", "label", "url")
    room = {"bar": 2, "page": 5}[layout]
    shown = [action for action in actions if not part(action, "tucked", False)][:room]
    return {"actions": actions, "shown": shown, "rest": [a for a in actions if a not in shown], "layout": layout}


@register.inclusion_tag("components/confirm.html", takes_context=True)
def confirm(context, title, label, text="", cancel_url="", danger=False, name="confirm", value="yes"):
    return {
        "title": title,
        "label": label,
        "text": text,
        "cancel_url": cancel_url,
        "danger": danger,
        "name": name,
        "value": value,
        "csrf_token": context.get("csrf_token"),
    }
