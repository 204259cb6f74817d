"""`manage.py docs`: writes docs/flows/*.md and docs/rules.md from what is declared."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from coordination.kernel.docs_flows import page
from coordination.kernel.rules import as_markdown, carried
from coordination.kernel.web.workflows import workflows


class Command(BaseCommand):
    help = "Write docs/flows/ and docs/rules.md from the declarations."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is out of date")

    def handle(self, *args, check: bool, **options) -> None:
        stale = [path for path, text in self._pages().items() if not path.exists() or path.read_text() != text]
        if check and stale:
            self.stderr.write("out of date, run `make docs`: " + ", ".join(path.name for path in stale))
            raise SystemExit(1)
        for path, text in self._pages().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.stdout.write(f"{len(stale)} pages were out of date")

    def _pages(self) -> dict[Path, str]:
        docs = Path(settings.BASE_DIR) / "docs"
        flows = {docs / "flows" / f"{kind}.md": page(model) for kind, model in workflows().items()}
        return flows | {docs / "rules.md": as_markdown(carried())}
