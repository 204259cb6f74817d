"""The signs of components/icons.svg, drawn where they stand."""

import re
from functools import cache

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from coordination.kernel.templatetags.options import one_of

SIGN = '<svg class="{}" viewBox="{}" aria-hidden="true" focusable="false">{}</svg>'
SYMBOL = re.compile(r'<symbol id="([\w-]+)" viewBox="([\d ]+)">(.*)</symbol>')


@cache
def icon(name: str, css: str = "icon") -> str:
    """A sign of components/icons.svg: `name`, a symbol there; `css`, "icon" or another class. Drawn where it stands: a
    page shows some forty, and an old PC is longer busy with a reference to a sign than with the sign."""
    one_of("icon", "name", name, signs())
    return format_html(SIGN, css, *signs()[name])


@cache
def signs() -> dict[str, tuple[str, str]]:
    """Every sign by name: its box and what is drawn in it."""
    drawn = SYMBOL.findall(render_to_string("components/icons.svg"))
    return {name: (box, mark_safe(shape)) for name, box, shape in drawn}  # noqa: S308 - a file of our own
