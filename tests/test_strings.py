"""Strings of the code reach their reader's language: none is translated too early, none is hidden from Babel."""

import ast
from collections.abc import Iterator

import pytest
from django.conf import settings

from coordination.local.paths import ROOT


def python_files() -> list:
    folders = ("coordination", *settings.WORKFLOWS)
    return [
        path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts
    ]


def imported(tree: ast.Module) -> list[ast.alias]:
    """What a module imports to translate with."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [alias for node in found if node.module == "django.utils.translation" for alias in node.names]


def aliases(tree: ast.Module) -> set[str | None]:
    return {alias.asname for alias in imported(tree) if "gettext" in alias.name}


def eager_names(tree: ast.Module) -> set[str]:
    """What it calls the functions that translate at once."""
    return {one.asname or one.name for one in imported(tree) if one.name in ("gettext", "ngettext", "pgettext")}


def calls(nodes: Iterator[ast.AST], names: set[str]) -> list[int]:
    return [n.lineno for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id in names]


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when a module is imported."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.Lambda):
            yield child
            yield from at_import(child)


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_strings_are_translated_for_their_reader_and_found_by_the_extraction(path):
    tree = ast.parse(path.read_text())
    assert aliases(tree) <= {"_", None}, "Babel knows gettext by its own names and by _"
    eager = eager_names(tree)
    if "commands" not in path.parts:  # a command is imported by the one who runs it
        assert calls(at_import(tree), eager) == [], "the language of whoever imports first: use gettext_lazy"
    inside = [part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)]
    assert calls(iter(inside), eager) == [], "Babel does not look into f-strings: translate before"
