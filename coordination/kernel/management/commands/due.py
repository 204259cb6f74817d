"""`manage.py due`: when a time limit ends, and why, on the command line."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coordination.kernel.web.calculation import Calculation, answer
from coordination.kernel.web.due_form import FACTS, DueForm


class Command(BaseCommand):
    help = "计算时限的到期时间，并逐日说明理由。例如：due --within '3 working days' --start '2026-09-30 17:00'"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--start", required=True, help="起算时间，如 '2026-09-30 17:00'（北京时间）")
        parser.add_argument("--within", help="期限，如 '3 working days'、'90 days'、'24 hours'、'same day'、'at once'")
        parser.add_argument("--county", help="县代码，如 ningwu")
        parser.add_argument("--limit", help="机制中的时限，如 referrals.send")
        for fact, choices in FACTS.items():
            parser.add_argument(f"--{fact}", help=" / ".join(value for value, _label in choices))
        parser.add_argument("--pause", action="append", default=[], metavar="FROM..TO", help="暂停，可写多次")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args, **options) -> None:
        form = DueForm({**options, "pause": "\n".join(options["pause"])})
        found = answer(form)
        if found is None:
            raise CommandError(faults(form), returncode=2)
        self.stdout.write(as_json(found) if options["json"] else as_text(found))


def faults(form: DueForm) -> str:
    """Every fault, a line each, with the option that it concerns."""
    return "\n".join(
        message if name == "__all__" else f"--{name}：{message}"
        for name, messages in form.errors.items()
        for message in messages
    )


def as_json(found: Calculation) -> str:
    return json.dumps(found.as_json(), ensure_ascii=False, indent=2)


def as_text(found: Calculation) -> str:
    """The result first, then what it stands on, then the reasoning line by line."""
    clause = [f"{name}：{value}" for name, value in found.clause]
    return "\n".join([f"到期：{found.result}", *clause, *(f"  {line}" for line in found.lines)])
