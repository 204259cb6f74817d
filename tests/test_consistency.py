"""That nothing lies about unused and nothing names what is not there: templates, files, tasks, clauses, limits."""

import ast
import inspect
import re
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.template.loader import get_template
from django.utils.module_loading import import_string

from coordination.celery import TIMETABLE, app
from coordination.kernel import tasks
from coordination.kernel.documents import registry
from coordination.kernel.flow_checks import relating
from coordination.kernel.flow_checks.naming import clause_ids, plain
from coordination.kernel.mechanisms import DECLARED, DECLARED_OPTIONS, read_all
from coordination.kernel.rules import ID, MARK
from tests.source import ROOT, code, files, strings, text

TEMPLATES = ROOT / "templates"
#: Names that Django or the admin asks for by itself.
ASKED_BY_DJANGO = {"403.html", "404.html", "500.html", "403_csrf.html", "503.html"}
FOUND_BY_PLACE = ("registration/", "admin/", "django/forms/")


def templates() -> list[str]:
    """By the names by which they are asked for; those of Jinja lie in a folder of their own."""
    paths = [path.relative_to(TEMPLATES) for path in sorted(TEMPLATES.rglob("*")) if path.is_file()]
    return [str(path).removeprefix("drawn/") for path in paths]


def mentioned() -> str:
    """Everything in which a template or a static file may be named."""
    pages = [path.read_text() for path in TEMPLATES.rglob("*.*") if path.is_file()]
    return "\n".join([*pages, *(text(path) for path in files())])


def test_every_template_is_used():
    words = mentioned()
    by_key = {f"documents/{key}.html" for key in registry()} | {
        f"documents/base_{s}.html" for s in ("file", "form", "minutes")
    }
    by_key |= {f"components/{key}.html" for key in re.findall(r'draw\("(\w+)"', words)}
    unused = [
        name
        for name in templates()
        if name not in ASKED_BY_DJANGO | by_key
        and not name.startswith(FOUND_BY_PLACE)
        and not re.search(rf"[\"']{re.escape(name)}[\"']", words)
    ]
    assert unused == []


def test_every_template_can_be_read():
    for name in templates():
        if name.endswith(".html"):
            assert get_template(name)


def test_every_template_that_is_named_is_there():
    there = set(templates())
    for path in (*code(), *files("templates", ending=".html")):
        for name in re.findall(
            r"[\"']((?:components|kernel|registration|documents)/[\w/]+\.(?:html|css))[\"']", text(path)
        ):
            assert name in there, f"{path} names {name}"


def test_every_file_that_browsers_get_is_used_and_every_one_named_is_there():
    there = {str(path.relative_to(ROOT / "static")) for path in (ROOT / "static").rglob("*") if path.is_file()}
    words = mentioned()
    assert [name for name in there if name not in words] == []


def test_the_timetable_names_tasks_that_there_are():
    app.loader.import_default_modules()
    assert set(TIMETABLE) <= set(current_app.tasks)
    assert list(TIMETABLE) == sorted(TIMETABLE, key=lambda name: TIMETABLE[name]), "the most frequent first"


def test_every_periodic_task_takes_nothing_that_a_timetable_could_not_give():
    for name in TIMETABLE:
        parameters = inspect.signature(current_app.tasks[name].run).parameters.values()
        assert [one for one in parameters if one.default is one.empty] == [], name


def test_every_task_is_found_by_the_worker():
    assert {getattr(tasks, name).name for name in tasks.__all__} == {
        name for name in current_app.tasks if name.startswith("kernel.")
    }


def test_every_document_is_issued_by_a_step_and_every_paper_has_a_series_of_its_own_name():
    issued = {key for model in relating.installed() for step in model.steps().values() for key in plain(step.documents)}
    assert set(registry()) == issued
    assert all(document.series for document in registry().values())


def test_every_clause_that_is_named_anywhere_exists():
    known = clause_ids()
    for document in registry().values():
        assert set(document.rules) <= known, document.key
    for name, file in read_all().items():
        named = [branch.clause.rules for limit in file.limits.values() for branch in limit.branches]
        named += [option.clause.rules for option in file.options.values()]
        named += [rung.clause.rules for rung in file.disputes]
        named += [rung.direct.rules for rung in file.disputes if rung.direct]
        assert {rule for rules in named for rule in rules} <= known, name
    for path in files("tests"):
        marked = {rule for mark in MARK.findall(text(path)) for rule in ID.findall(mark)}
        assert marked <= known, f"{path}: {marked - known}"


def test_every_limit_that_starts_can_be_stopped_and_the_other_way_round():
    """A duty that no step ends could only run late; a step that stops what never starts is a slip."""
    words = "\n".join(text(path) for name in settings.WORKFLOWS for path in files(name))
    for model in relating.installed():
        steps = model.steps().values()
        for limit in model.limits():
            started = any(limit.key == start.limit.key for step in steps for start in plain(step.starts))
            stopped = any(limit in step.stops for step in steps)
            names = "|".join(re.findall(rf"^(\w+) = Limit\(\s*\"{re.escape(limit.key)}\"", words, re.M))
            assert started or re.search(rf"start\((?:{names})\b", words), f"{model.KIND}: {limit.key} never starts"
            assert stopped or re.search(rf"stop\((?:{names})\b", words), f"{model.KIND}: {limit.key} never stops"


def test_every_limit_and_option_that_is_declared_is_asked_for_by_code():
    used = {limit.key for model in relating.installed() for limit in model.limits()}
    assert set(DECLARED) - used == set()
    words = "\n".join(text(path) for path in code())
    assert all(f'"{key}"' in words for key in DECLARED_OPTIONS)


def test_settings_name_things_that_can_be_imported():
    for path in (*settings.MIDDLEWARE, *settings.AUTHENTICATION_BACKENDS, settings.WSGI_APPLICATION):
        assert import_string(path)


def test_no_words_for_people_shout():
    """No exclamation marks (interface.md, Words)."""
    shouting = [
        f"{path}:{line} {words}"
        for path in code()
        for words, line in strings(path)
        if re.search("[\u4e00-\u9fff].*[!！]", words)
    ]
    assert shouting == []
    for path in files("templates", ending=".html"):
        assert "！" not in text(path), path


def test_every_module_says_what_it_is_for():
    """But for the empty ones, and the few lines by which an app or its URLs are found."""
    silent = [
        path
        for path in code()
        if text(path).strip()
        and not ast.get_docstring(ast.parse(text(path)))
        and path.name not in {"apps.py", "urls.py"}
    ]
    assert silent == []


@pytest.mark.parametrize(
    "path", sorted(path for path in Path(__file__).parent.rglob("test_*.py")), ids=lambda p: p.name
)
def test_tests_read_as_sentences(path):
    names = [node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
    short = [name for name in names if name.startswith("test_") and name.count("_") < 3]
    assert short == []
