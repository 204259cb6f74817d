"""The program's own text, for tests that read it: files, syntax trees, calls."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FOLDERS = ("coordination", *settings.WORKFLOWS)


def files(*folders: str, ending: str = ".py") -> Iterator[Path]:
    """The files of the program, or of some of its folders, relative to the checkout."""
    for folder in folders or FOLDERS:
        yield from (path.relative_to(ROOT) for path in sorted((ROOT / folder).rglob(f"*{ending}")))


def code() -> Iterator[Path]:
    """Python files that people write and that run in production: no migrations, no demonstration."""
    yield from (path for path in files() if not {"migrations", "demo"} & {*path.parts})


@cache
def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


def calls(path: Path) -> Iterator[tuple[str, str, int]]:
    """(`what stands before the dot`, `name`, line) of every call of a method."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield ast.unparse(node.func.value), node.func.attr, node.lineno


def strings(path: Path) -> Iterator[tuple[str, int]]:
    """The strings of a file that are no docstrings, f-strings by their parts."""
    spoken = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
            yield node.value, node.lineno
