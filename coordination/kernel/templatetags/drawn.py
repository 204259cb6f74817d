"""What a page shows tens of times, rows with their lamps and the options of a select, is drawn by Jinja: Django's
templates take four times as long for it (ADR 21). templates/drawn/ holds these components, a macro each."""

from django.forms.renderers import TemplatesSetting
from django.template import TemplateDoesNotExist, engines
from django.utils.translation import gettext
from jinja2 import Environment
from jinja2.ext import Extension

from coordination.kernel.templatetags.signs import icon


class Ours(Extension):
    """Our words and our signs."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals |= {"_": gettext, "icon": icon}


def draw(component: str, *options, of: str = "") -> str:
    """The component of templates/drawn/components/ of this name; `of`: one that lies with others in a file."""
    macros = engines["drawn"].env.get_template(of or f"components/{component}.html").module
    return getattr(macros, component)(*options)


class Widgets(TemplatesSetting):
    """Django's own widgets in its own templates for Jinja; those of the admin, which has no others, in Django's."""

    def get_template(self, template_name: str):
        try:
            return engines["drawn"].get_template(template_name)
        except TemplateDoesNotExist:
            return super().get_template(template_name)
