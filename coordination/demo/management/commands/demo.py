"""`manage.py demo`: a living county in an empty database; `--accounts`: whom to log in as."""

import json
import time
from dataclasses import asdict

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from coordination.demo import build
from coordination.demo.accounts import accounts, table


class Command(BaseCommand):
    help = _("在空数据库中建立演示县：日历、机关、人员、事项，以及截至今日的案件和移送。%(invented)s") % {
        "invented": build.INVENTED
    }

    def add_arguments(self, parser) -> None:
        parser.add_argument("--accounts", action="store_true", help=_("列出各岗位的演示账号"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args, **options) -> None:
        if not settings.TIME_TRAVEL:
            raise CommandError(_("演示数据只能用于演示或测试环境（CSX_MODE=demo）。"))
        told = self._accounts(options["json"]) if options["accounts"] else self._build(options["json"])
        self.stdout.write(told)

    def _accounts(self, as_json: bool) -> str:
        rows = accounts()
        if as_json:
            return json.dumps([asdict(row) for row in rows], ensure_ascii=False)
        anew = _("验证码每 30 秒更换，每个只能用一次：.venv/bin/python manage.py totp <登录名>")
        return f"{table(rows)}\n{anew}\n{build.INVENTED}"

    def _say(self, day) -> None:
        self.stdout.write(_("  演示进行到 %s") % day)
        self.stdout.flush()

    def _build(self, as_json: bool) -> str:
        if build.loaded():
            return json.dumps({"loaded": True}) if as_json else _("演示县已经建立，没有改动。")
        begun = time.monotonic()
        made = build.build(say=(lambda day: None) if as_json else self._say)
        facts = asdict(made) | {"documents": build.print_documents(), "seconds": round(time.monotonic() - begun, 1)}
        if as_json:
            return json.dumps({"loaded": False, **facts})
        said = _("演示县已建立：事项 %(matters)s 个，流转记录 %(entries)s 条，文书 %(documents)s 份。")
        return said % facts
