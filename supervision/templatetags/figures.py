"""The tables of the desk, hundreds of cells each: drawn by Jinja (ADR 21), a macro a table."""

from django import template

from coordination.kernel.templatetags.drawn import draw
from coordination.kernel.templatetags.options import one_of

register = template.Library()

TABLES = ("matrix", "clauses", "organs", "flows", "refusals")


@register.simple_tag
def figures(table, lines):
    """The lines of a table; its head stands in the page."""
    one_of("figures", "table", table, TABLES)
    return draw(table, lines, of="supervision/figures.html")
