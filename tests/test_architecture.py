"""What docs/architecture.md promises of the shape of the house, read from the code itself."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models.fields.reverse_related import ForeignObjectRel

from coordination.kernel.flow_checks import relating
from coordination.kernel.matters import Matter
from coordination.local import lint
from tests.source import ROOT, calls, code, files, strings, text, tree

#: Who writes matters: the doorway; and the sweep the one column that a changed calendar moves.
DOORWAY = Path("coordination/kernel/steps/perform.py")
WRITES_IN_SQL = {Path("coordination/kernel/sweep/redated.py"): "next_due_at"}
WRITING = re.compile(r"(a?save|a?delete|a?update|(a?bulk|a?get_or|a?update_or)?_?a?(create|update)|raw_delete)$")
#: How a matter is called where one is at hand.
NAMES = {"matter", "case", "referral", "criminal", "origin", "locked", "whole", "born", "child"}
SQL_ON_MATTERS = re.compile(
    r"\b(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\s+\"?(kernel_matter|cases_case|referrals_\w+)\b", re.I
)


def flows() -> list[type[Matter]]:
    return relating.installed()


def reverse_names() -> set[str]:
    """`organ.held`, `item.matters` …: what leads from other rows to matters."""
    return {
        field.get_accessor_name()
        for model in (Matter, *flows())
        for field in model._meta.get_fields()
        if isinstance(field, ForeignObjectRel) and issubclass(field.related_model, Matter)
    } | {
        remote.get_accessor_name()
        for model in (Matter, *flows())
        for remote in (getattr(field, "remote_field", None) for field in model._meta.concrete_fields)
        if remote and not remote.get_accessor_name().endswith("+")
    }


def is_of_a_matter(before: str) -> bool:
    """Whether `before.save()` and its like would write a matter: by its class, by its name, or through another row."""
    classes = "|".join(["Matter", *(model.__name__ for model in flows())])
    if re.match(rf"(?:\w+\.)*({classes})\.(?:_base_manager|_default_manager|objects)\b", before):
        return True
    return before.split(".")[-1] in NAMES or bool(
        reverse_names() & {*re.split(r"\W+", before)} & {before.split(".")[-1]}
    )


def test_imports_run_downwards_only():
    done = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_workflow_stands_in_the_import_contract():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = [word.strip() for layer in contract["contracts"][0]["layers"] for word in re.split("[:|]", layer)]
    for name in settings.WORKFLOWS:
        assert name in contract["root_packages"]
        assert name in layers
    standing = [name for name in reversed(layers) if name in settings.WORKFLOWS]
    assert standing == settings.WORKFLOWS, "WORKFLOWS begins with the lowest floor"


def test_only_the_doorway_writes_matters():
    found = [
        f"{path}:{line} {before}.{name}()"
        for path in code()
        if path != DOORWAY
        for before, name, line in calls(path)
        if WRITING.match(name) and is_of_a_matter(before)
    ]
    assert found == []


def test_the_scan_would_notice_a_matter_written_elsewhere():
    for before in ("Case.objects", "models.Referral.objects.filter(pk=1)", "self.matter", "referral", "organ.held"):
        assert is_of_a_matter(before), before
    for before in ("Clock.objects", "clock", "row", "document", "matter.documents", "case.measures", "self.properties"):
        assert not is_of_a_matter(before), before


def test_sql_that_changes_matters_is_the_sweeps_alone_and_of_one_column():
    for path in code():
        for words, line in strings(path):
            if found := SQL_ON_MATTERS.search(words):
                assert path in WRITES_IN_SQL, f"{path}:{line} {found[0]}"
                assert re.search(rf"SET {WRITES_IN_SQL[path]} =", words)


def test_a_stage_is_never_assigned():
    """The state machine moves it; the field is protected besides."""
    for path in code():
        for node in ast.walk(tree(path)):
            targets = node.targets if isinstance(node, ast.Assign) else []
            assert not any(isinstance(one, ast.Attribute) and one.attr == "stage" for one in targets), (
                path,
                node.lineno,
            )
    assert all(model._meta.get_field("stage").protected for model in flows())


def test_time_is_asked_of_the_database_alone():
    asked = {
        ("timezone", "now"),
        ("timezone", "localdate"),
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("date", "today"),
    }
    found = [
        f"{path}:{line} {before}.{name}()"
        for path in code()
        if path.parts[1] != "local"
        for before, name, line in calls(path)
        if (before.split(".")[-1], name) in asked
    ]
    assert found == []
    assert lint.main() == 0


def test_nothing_hides_in_signals_or_in_save():
    for path in code():
        assert "django.db.models.signals" not in text(path), path
        assert "django.dispatch" not in text(path), path
        for node in ast.walk(tree(path)):
            hidden = isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"} and path.name != "forms.py"
            assert not hidden, f"{path}:{node.lineno} overrides {node.name}()"


def test_imports_stand_at_the_top():
    for path in code():
        inner = [
            node.lineno
            for function in ast.walk(tree(path))
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        assert inner == [], path


def tasks() -> list[tuple[Path, ast.FunctionDef]]:
    return [
        (path, node)
        for path in code()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and any("shared_task" in ast.unparse(one) for one in node.decorator_list)
    ]


def test_a_task_is_a_line_or_two_over_a_verb_and_takes_numbers_only():
    """What a message carries is a primary key or a size: the row is the truth."""
    assert tasks()
    for path, node in tasks():
        body = [one for one in node.body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
        assert len(body) <= 2, f"{path}: {node.name}"
        assert {ast.unparse(one.annotation) for one in node.args.args} <= {"int"}, f"{path}: {node.name}"


def test_tasks_are_named_in_one_place():
    places = [path for path in code() if path.name == "tasks.py"]
    exported = [node for path in places for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)]
    names = {alias.name for node in exported for alias in node.names}
    assert names == {node.name for _path, node in tasks()}


def test_files_and_functions_keep_their_proportions():
    """About 100 lines, seldom over 200; about 5 lines, seldom over 20. Declarations of a flow are one screen long."""
    long_files = {str(path): len(text(path).splitlines()) for path in code() if len(text(path).splitlines()) > 300}
    assert {path for path in long_files if not path.endswith("flow.py")} <= LONG_FILES, long_files
    long_functions = [
        f"{path}:{node.lineno} {node.name}"
        for path in code()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno > 45
    ]
    assert long_functions == []


#: A program of its own.
LONG_FILES = {"coordination/kernel/verifier.py"}


@pytest.mark.parametrize("name", ["models.py", "tasks.py"])
def test_what_only_re_exports_holds_nothing_of_its_own(name):
    body = tree(Path("coordination/kernel") / name).body
    kinds = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign)
    assert all(isinstance(node, kinds) for node in body)


def test_the_program_knows_no_path_of_any_machine():
    for path in (*files(), *files("tests"), *files("templates", ending=".html")):
        assert not re.search(r"/(work|home|root|Users)/\w", text(path)), path
