"""`manage.py sweep`: one pass over the clocks, for operators, for cron where there is no worker, and for tests."""

import json

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.sweep import run
from coordination.kernel.sweep.passing import BATCH

_SUMMARY = gettext_lazy(
    "触发 %(claimed)s 项，%(batches)s 批，重新计算时限 %(redated)s 个，SQL %(statements)s 条，用时 %(seconds)s 秒。"
)


class Command(BaseCommand):
    help = _("巡查时限一次：触发到期的提醒、超期和督办，各触发一次，可与其他巡查同时运行。")

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
        parser.add_argument("--batch", type=int, default=BATCH, help=_("每批处理的时限数"))

    def handle(self, *args, batch: int, **options) -> None:
        done = run(batch).as_dict()
        if options["json"]:
            self.stdout.write(json.dumps(done, ensure_ascii=False))
            return
        self.stdout.write(_SUMMARY % done)
        for fault in done["faults"]:
            self.stderr.write(fault)
