"""`manage.py verify`: does everything hold that must hold after any fault (reliability.md, Invariants)?"""

import json
import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.invariants import Found, look
from coordination.kernel.verifier import Verifier


class Command(BaseCommand):
    help = _("核验全部数据：时限的触发、事项的环节、文号和流转记录。每项应为 0，否则退出码为 1。")

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args, **options) -> None:
        found, faults = look(), _faults_of_the_journal()
        if options["json"]:
            counts = {each.invariant.key: each.count for each in found}
            self.stdout.write(json.dumps({**counts, "journal": faults}))
        else:
            for each in found:
                self.stdout.write(_line(each))
            words = _("流转记录的问题（详见 verify_journal）")
            self.stdout.write(f"{faults:>8}  {words}")
        if faults or any(each.count for each in found):
            sys.exit(1)


def _line(found: Found) -> str:
    places = f"  {' '.join(found.places)}" if found.places else ""
    return f"{found.count:>8}  {found.invariant.words}{places}"


def _faults_of_the_journal() -> int:
    verifier = Verifier(journal.public_keys())
    with journal.snapshot():
        return sum(1 for _fault in verifier.run(journal.records()))
