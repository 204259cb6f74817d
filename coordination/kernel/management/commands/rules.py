"""`manage.py rules [ID …] [--json]`: for each clause what carries it, and the counts."""

import json

from django.core.management.base import BaseCommand, CommandError

from coordination.kernel.rules import carried, clauses, totals


class Command(BaseCommand):
    help = "Print which step, gate, limit, document and test carries each clause, and the counts."

    def add_arguments(self, parser) -> None:
        parser.add_argument("ids", nargs="*", help="clauses, e.g. NW-1.1; none: the counts alone")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, ids: list[str], **options) -> None:
        unknown = [key for key in ids if key not in clauses()]
        if unknown:
            raise CommandError(
                f"no such clause: {', '.join(unknown)} (the list is coordination/mechanisms/clauses.tsv)"
            )
        found = {key: {**clauses()[key], **places} for key, places in carried().items() if key in ids}
        if options["json"]:
            self.stdout.write(json.dumps({**totals(), "clauses": found}, ensure_ascii=False, indent=1))
            return
        for key, places in found.items():
            self.stdout.write(
                f"{key}  {places['quote']}\n  carried by: {', '.join(places['carried']) or '-'}\n"
                f"  tests:      {', '.join(places['tests']) or '-'}"
            )
        counts = totals()
        self.stdout.write(f"{counts['total']} clauses, {counts['carried']} carried, {counts['tested']} tested")
