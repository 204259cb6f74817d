"""The accounts to try the demonstration with: one for each role, where there is something to see."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _
from django_otp.oath import TOTP

from coordination.demo.load import DEMO_PASSWORD
from coordination.kernel.accounts import device_of
from coordination.kernel.organs import Post, Role, User

#: Role → whose post is shown: the sender's and the receiver's side of the same matters, and who is above them.
SHOWN = (
    (Role.OFFICER, "yangfangkou.officer2"),
    (Role.OFFICER, "shengtai.officer2"),
    (Role.ASSISTANT, "yangfangkou.assistant"),
    (Role.APPROVER, "yangfangkou.approver"),
    (Role.PRINCIPAL_HEAD, "yangfangkou.head"),
    (Role.PRINCIPAL_HEAD, "ziran.head"),
    (Role.LEGAL_REVIEWER, "ziran.legal"),
    (Role.LIAISON, "shengtai.liaison"),
    (Role.REGISTRY, "shengtai.registry"),
    (Role.RESPONSIBLE_PERSON, "shichang.officer2"),
    (Role.SUPERVISOR, "sifa.supervisor1"),
    (Role.SUPERVISOR, "xianfu.supervisor"),
    (Role.LEADER_IN_CHARGE, "xianfu.approver"),
    (Role.PRINCIPAL_HEAD, "xianfu.head"),
    (Role.ORGAN_ADMIN, "yangfangkou.registry"),
)
COLUMNS = ("login", "password", "code", "organ", "role", "name")


@dataclass(frozen=True)
class Account:
    login: str
    password: str
    code: str  # of the second factor, at this moment; empty where none is asked for
    organ: str
    role: str
    name: str


def accounts() -> list[Account]:
    """Those of SHOWN that exist, then the administrators."""
    posts = Post.objects.filter(user__username__in={login for _role, login in SHOWN}).select_related("user", "organ")
    known = {(post.role, post.user.username): post for post in posts}
    shown = [_account(known[pair].user, str(known[pair].organ.name), pair[0].label) for pair in SHOWN if pair in known]
    admins = User.objects.filter(is_staff=True).order_by("pk")
    return shown + [_account(user, "", user.get_duty_display() or _("超级管理员")) for user in admins]


def _account(user: User, organ: str, role: str) -> Account:
    return Account(user.username, DEMO_PASSWORD, code_of(user), organ, str(role), user.name)


def code_of(user: User) -> str:
    """What the phone of this account shows now."""
    device = device_of(user)
    return f"{TOTP(device.bin_key).token():06d}" if device else ""


def table(rows: list[Account]) -> str:
    """Aligned for a terminal, where a Chinese character is two columns wide."""
    heads = (_("登录名"), _("密码"), _("验证码"), _("单位"), _("岗位"), _("姓名（虚构）"))
    lines = [heads, *(tuple(asdict(row)[name] for name in COLUMNS) for row in rows)]
    widths = [max(_width(line[n]) for line in lines) for n in range(len(heads))]
    return "\n".join("  ".join(_padded(cell, widths[n]) for n, cell in enumerate(line)).rstrip() for line in lines)


def _width(words: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in words)


def _padded(words: str, width: int) -> str:
    return words + " " * (width - _width(words))
