"""`python -m coordination.local.lint`: SQL in Python strings must not ask the database for its own time.

Ruff forbids `timezone.now` and `datetime.now` (pyproject.toml, banned-api); what it cannot see is SQL inside strings.
Every moment comes from coordination.kernel.now, or travelled time and the sweep would disagree with each other.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from coordination.local.paths import ROOT

ALLOWED = {Path("coordination/kernel/now.py"), Path("coordination/local/lint.py")}
FOLDERS = ("coordination", "cases", "referrals", "supervision", "bench")
OWN_TIME = re.compile(
    r"\b(now|clock_timestamp|transaction_timestamp|statement_timestamp|timeofday)\s*\(\s*\)"
    r"|\b(current_timestamp|current_date|current_time|localtimestamp|localtime)\b",
    re.IGNORECASE,
)
SQL = re.compile(r"\b(select|insert|update|delete|where|values|default|create|interval)\b", re.IGNORECASE)


def findings(source: str) -> Iterator[int]:
    """The lines of the strings of SQL that call one of PostgreSQL's clocks; docstrings may speak of them."""
    tree = ast.parse(source)
    spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        words = node.value if isinstance(node, ast.Constant) and id(node) not in spoken else None
        if isinstance(words, str) and SQL.search(words) and OWN_TIME.search(words):
            yield node.lineno


def main() -> int:
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    bad = [
        f"{path.relative_to(ROOT)}:{line}: SQL with a time of its own; pass kernel.now.now() as a parameter"
        for path in files
        if path.relative_to(ROOT) not in ALLOWED
        for line in findings(path.read_text())
    ]
    print("\n".join(bad) or "no SQL asks the database for its own time")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
