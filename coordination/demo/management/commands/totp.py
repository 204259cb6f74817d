"""`manage.py totp <account>`: what the phone of a demo account shows now. In the demonstration alone."""

from time import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from coordination.demo.accounts import code_of
from coordination.kernel.organs import User

LASTS = 30  # seconds


class Command(BaseCommand):
    help = _("显示演示账号此刻的二次验证码。")

    def add_arguments(self, parser) -> None:
        parser.add_argument("account", help=_("登录名"))

    def handle(self, *args, **options) -> None:
        if not settings.TIME_TRAVEL:
            raise CommandError(_("只有演示环境（CSX_MODE=demo）可以这样取得验证码。"))
        user = User.objects.filter(username=options["account"]).first()
        if user is None:
            raise CommandError(_("没有这个账号：%(name)s") % {"name": options["account"]})
        code = code_of(user)
        if not code:
            raise CommandError(_("这个账号没有启用二次验证，用密码即可登录。"))
        left = LASTS - int(time()) % LASTS
        self.stdout.write(_("%(code)s（还有 %(left)s 秒更换）") % {"code": code, "left": left})
