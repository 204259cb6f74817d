"""`manage.py appoint <login> system|security|audit [--county ningwu] [--name 姓名]`: the first administrators.

Later the security administrator appoints in the admin; here whoever runs the server appoints the first ones.
"""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.accounts import appoint, give_initial_password, note
from coordination.kernel.duties import Duty
from coordination.kernel.organs import County, User


class Command(BaseCommand):
    help = _("任命系统、安全或者审计管理员；给出姓名的，同时开立账号并显示初始密码。")

    def add_arguments(self, parser) -> None:
        parser.add_argument("login", help=_("登录名"))
        parser.add_argument("duty", choices=Duty.values, help=_("管理职责"))
        parser.add_argument("--county", help=_("只管理这一个县（代码）"))
        parser.add_argument("--name", help=_("姓名：账号还没有时据此开立"))

    def handle(self, *args, login: str, duty: str, county: str | None, name: str | None, **options) -> None:
        where = County.objects.filter(code=county).first()
        if county and where is None:
            raise CommandError(_("没有这个县：%(code)s") % {"code": county})
        user = User.objects.filter(username=login).first()
        if user is None:
            user = self._made(login, name)
        appoint(user, duty, where)
        note(user, user, gettext_lazy("命令行任命管理职责"))
        self.stdout.write(f"{login} {user.get_duty_display()}")

    def _made(self, login: str, name: str | None) -> User:
        if not name:
            raise CommandError(_("没有这个账号；要开立，请用 --name 给出姓名。"))
        user = User.objects.create(username=login, name=name)
        self.stdout.write(_("初始密码：%(password)s") % {"password": give_initial_password(user)})
        return user
