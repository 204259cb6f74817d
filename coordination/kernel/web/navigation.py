"""What stands in the top bar and in the phone's bottom bar: only what this installation has."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.kernel import written
from coordination.kernel.notices import Notice
from coordination.kernel.organs import User, posts_of, reader_of
from coordination.kernel.web.addresses import address_if_any

#: The unread count looks at so many of the newest notices and no further.
NEWEST = 100


@dataclass(frozen=True)
class Entry:
    """A place people go to: its URL name, its word and its sign; `phone` puts it into the bottom bar.

    `tool`: nothing of one's own waits there, it is looked up; such places stand apart at the end of the bar.
    """

    name: str
    label: str
    sign: str
    phone: str = ""
    tool: bool = False


ENTRIES = (
    Entry("desk", _("工作台"), "desk", phone=pgettext_lazy("bottom bar", "待办")),
    Entry("cases:list", pgettext_lazy("navigation", "案件"), "case"),
    Entry("referrals:list", pgettext_lazy("navigation", "案件移送"), "referral"),
    Entry("complaints:list", pgettext_lazy("navigation", "投诉举报"), "complaint"),
    Entry("assistance:list", pgettext_lazy("navigation", "执法协助"), "assistance"),
    Entry("infosharing:list", pgettext_lazy("navigation", "信息共享"), "sharing"),
    Entry("jointops:list", pgettext_lazy("navigation", "联合执法"), "joint"),
    Entry("disputes:list", pgettext_lazy("navigation", "争议协调"), "dispute"),
    Entry("supervision", pgettext_lazy("navigation", "统计督办"), "chart"),
    Entry("catalogue", pgettext_lazy("navigation", "清单"), "items", tool=True),
    Entry("directory", _("通讯录"), "contacts", tool=True),
    Entry("calculator", pgettext_lazy("navigation", "时限计算器"), "calculator", tool=True),
)
#: On the phone only: to write down what was found, and to begin with its photographs.
ON_THE_SPOT = (
    Entry("cases:new", pgettext_lazy("bottom bar", "登记"), "plus", phone=pgettext_lazy("bottom bar", "登记")),
    Entry("referral-start", pgettext_lazy("bottom bar", "拍照"), "camera", phone=pgettext_lazy("bottom bar", "拍照")),
)


def navigation(request: HttpRequest | None) -> dict:
    """`top`: every place; `phone`: at most three for the bottom bar, whose last is 更多; `search`, `inbox`, …"""
    path = request.path if request else ""
    top = [_shown(entry, path) for entry in ENTRIES if address_if_any(entry.name)]
    here = max((shown for shown in top if shown["here"]), key=lambda shown: len(shown["url"]), default=None)
    for shown in top:
        shown["here"] = shown is here
    phone = [shown for shown in top if shown["phone"]][:1]
    phone += [_shown(entry, path) for entry in ON_THE_SPOT if address_if_any(entry.name)]
    return {
        "top": top,
        "phone": phone,
        "search": address_if_any("search"),
        "inbox": address_if_any("notices"),
        "account": address_if_any("account"),
        "home": address_if_any("desk") or "/",
        "logout": address_if_any("logout"),
        "login": address_if_any("login"),
        "admin": address_if_any("admin:index"),
        **_mine(getattr(request, "user", None)),
    }


def _mine(user: User | None) -> dict:
    """The reader's posts and how many of his newest notices he has not opened. One query beside the posts."""
    posts = posts_of(user) if user is not None and user.is_authenticated else ()
    if not posts:
        return {"posts": (), "unread": 0}
    newest = written.values(("unread", reader_of(user)), lambda: _newest(user))
    return {"posts": posts, "unread": sum(not read for (read,) in newest)}


def _newest(user: User) -> QuerySet[Notice]:
    return Notice.objects.once_to(user).with_read(user).order_by("-id").values_list("read")[:NEWEST]


def _shown(entry: Entry, path: str) -> dict:
    url = address_if_any(entry.name)
    here = path == url or (url != "/" and path.startswith(url))
    shown = {"url": url, "label": str(entry.label), "sign": entry.sign, "phone": entry.phone, "tool": entry.tool}
    return {**shown, "here": here}
