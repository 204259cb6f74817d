"""`manage.py verify_journal`: is the journal as it was written?"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel import journal
from coordination.kernel.verifier import FAULTS, Fault, Verifier

KEPT = 1000
_SUMMARY = gettext_lazy(
    "事项 %(matters)s 个，记录 %(entries)s 条（可读内容已删除 %(erased)s 条，待封存 %(unsealed)s 条），"
    "检查点 %(checkpoints)s 个，问题 %(faults)s 个。"
)


class Command(BaseCommand):
    help = _("核验流转记录：链条、可读内容的承诺、检查点与签名。发现问题时退出码为 1。")

    def add_arguments(self, parser) -> None:
        parser.add_argument("--matter", type=int, help=_("只核验一个事项（内部编号）"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
        parser.add_argument("--export", help=_("同时写出可独立核验的文件（含办理人姓名和可读内容，请妥善保管）"))
        parser.add_argument("--code", default="", help=_("文书页脚的校验码，必须找到对应的检查点"))

    def handle(self, *args, matter=None, export=None, code="", **options) -> None:
        verifier, as_json = Verifier(journal.public_keys(), code), options["json"]
        with journal.snapshot():
            faults = _first(verifier.run(_kept(journal.records(matter), export)), self._told(as_json))
        counts = asdict(verifier.counts)
        if as_json:
            found = [{"kind": fault.kind, "where": fault.where, "words": _words(fault)} for fault in faults]
            self.stdout.write(json.dumps({**counts, "list": found}, ensure_ascii=False))
        else:
            self.stdout.write(_SUMMARY % counts)
            self.stdout.write(_("签名公钥：%(key)s") % {"key": journal.public_keys()[0]})
        if verifier.counts.faults:
            sys.exit(1)

    def _told(self, as_json: bool) -> Callable[[Fault], None]:
        return (lambda fault: None) if as_json else (lambda fault: self.stdout.write(_words(fault)))


def _words(fault: Fault) -> str:
    return _(FAULTS[fault.kind]) % {"where": fault.where}


def _first(faults: Iterable[Fault], tell: Callable[[Fault], None]) -> list[Fault]:
    """Tell every fault, keep the first ones: a journal that is wrong throughout must not fill the memory."""
    kept: list[Fault] = []
    for fault in faults:
        tell(fault)
        if len(kept) < KEPT:
            kept.append(fault)
    return kept


def _kept(records: Iterable[dict], path: str | None) -> Iterator[dict]:
    """The records, each also written as a line of the export, which holds names and facts: for its owner alone."""
    if path is None:
        yield from records
        return
    Path(path).touch(mode=0o600)
    with Path(path).open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record) + "\n")
            yield record
