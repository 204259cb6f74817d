"""Collects every string of code and templates into locale/*/LC_MESSAGES/django.po (`make messages`), by Babel alone.

Translations are kept by context and source string, never guessed (no fuzzy ones); what no source holds is dropped.
Places are file names without line numbers and the heading has a fixed date, so a second run changes nothing.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from coordination.local.paths import ROOT

LOCALE = ROOT / "locale"
GENERATED = {"var", "node_modules", "__pycache__"}
# Django's names beside those that Babel knows (gettext, ngettext, pgettext, npgettext, _).
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def template_strings(fileobj, keywords, comment_tags, options) -> Iterator[tuple]:
    """Babel's way into Django's templates: Django rewrites the tags as calls, Babel reads the calls."""
    calls = templatize(fileobj.read().decode())
    # A template's indentation is no Python's, and a line never ends inside a string.
    lines = "\n".join(line.strip() for line in calls.splitlines())
    return extract_python(BytesIO(lines.encode()), keywords, comment_tags, options)


def collect(root: Path = ROOT) -> Catalog:
    """The strings of the sources under `root`, as locale/babel.cfg names them, in the order of the files."""
    with (LOCALE / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = Catalog()
    for place, _line, message, _comments, context in extract_from_dir(
        root, methods, options, KEYWORDS, directory_filter=_of_the_sources
    ):
        found.add(message, locations=[(place, 0)], context=context)
    return found


def update_all(root: Path = LOCALE) -> list[Path]:
    """Brings every catalogue up to date with the sources; the files that changed."""
    found = collect()
    return [path for path in sorted(root.glob("*/LC_MESSAGES/django.po")) if _update(path, found)]


def _of_the_sources(folder: str) -> bool:
    name = Path(folder).name
    return not name.startswith(".") and name not in GENERATED


def _update(path: Path, found: Catalog) -> bool:
    before = path.read_bytes()
    catalogue = read_po(BytesIO(before), locale=path.parts[-3])
    catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
    for message in catalogue:
        if message.id and message.fuzzy:  # now counted, or no longer: its text is written anew
            message.flags.discard("fuzzy")
            message.string = ("",) * catalogue.num_plurals if message.pluralizable else ""
    after = written(catalogue)
    path.write_bytes(after)
    return after != before


def written(catalogue: Catalog) -> bytes:
    """The catalogue as its file holds it."""
    output = BytesIO()
    write_po(output, catalogue, width=110, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return output.getvalue()
