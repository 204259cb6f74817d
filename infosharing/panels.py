"""What the page of a record shows to whom: the content, its versions, who has read it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.kernel.matters import OVERSEERS, Secrecy
from coordination.kernel.organs import Organ, Post, Role, User
from coordination.kernel.web.moments import moment_words
from infosharing.versions import Reading

LOG_SHOWN = 50


def watches(post: Post, county: str) -> bool:
    """Whether through this post one supervises the county."""
    return post.role == Role.SUPERVISOR and post.organ.kind in OVERSEERS and post.organ.county_id == county


def sections_of(record, user: User) -> list[dict]:
    """The provider sees everything; readers and supervisors the version in force, behind the question what for if it is
    restricted; the provider and the supervisors the use log; the rest that there is something."""
    answers_for_it = record.provides(user) or record.watched_by(user)
    if record.erased and answers_for_it:  # whom it had reached, and who had opened it, is asked for now
        return [_content(record, _shut(record)), _readers(record), _log(record)]
    if not record.may_read(user):
        return [_content(record, _shut(record))]
    at_once = record.provides(user) or record.secrecy == Secrecy.NONE
    found = [_content(record, _open(record) if at_once else _door(record)), _readers(record)]
    if record.versions.count() > 1:
        found.append(_versions(record))
    if answers_for_it and record.secrecy == Secrecy.RESTRICTED:
        found.append(_log(record))
    return found


def _content(record, shown: dict) -> dict:
    number = _("第 %(number)s 版") % {"number": record.version_now.number}
    return {"title": _("共享内容"), "note": number, **shown}


def _shut(record) -> dict:
    if record.erased:
        return {"words": _("涉及国家秘密，内容已清除，任何人不能再查阅。")}
    if record.stage == "withdrawn":
        return {"words": _("已撤回，内容不再提供；理由见基本情况。")}
    return {"words": _("内容只向提供单位和使用单位开放。")}


def _open(record) -> dict:
    return {"facts": record.version_now.words(record.content_class)}


def _door(record) -> dict:
    door = {"title": _("查阅内容"), "url": reverse("record_content", args=[record.number]), "label": _("查阅")}
    return {"words": _("涉及权利人的商业秘密或个人隐私，查阅须说明用途并留下记录。"), "files": [door]}


def _readers(record) -> dict:
    names, signed = dict(Organ.objects.filter(pk__in=record.recipients).values_list("pk", "name")), _signed(record)
    told = [(names[pk], _state(record, pk, signed.get(pk))) for pk in record.recipients if pk in names]
    chosen = [(name, _("共享后送达")) for name, _state in told] if record.shared_at is None else told
    nobody = _("尚未选择使用单位；共享时选择，订阅单位自动列入。")
    return {"title": _("使用单位"), "facts": chosen} if chosen else {"title": _("使用单位"), "words": nobody}


def _state(record, organ: int, signed: datetime | None) -> str:
    if organ in record.awaited:
        return _("待签收")
    return _("%(at)s 已签收") % {"at": moment_words(signed)} if signed else _("已送达")


def _signed(record) -> dict[int, datetime]:
    """When each reader has signed for the version in force."""
    since = record.corrected_at or record.shared_at
    if since is None:
        return {}
    done = record.entries.filter(step="acknowledge", at__gte=since).order_by("seq")
    rows = done.values_list("organ_id", "on_behalf_of_id", "at")
    return {behalf or organ: at for organ, behalf, at in rows}


def _versions(record) -> dict:
    rows = [
        {
            "title": _("第 %(number)s 版") % {"number": version.number},
            "note": " · ".join(filter(None, (moment_words(version.at), str(version.by), version.reason))),
            "url": reverse("record_version", args=[record.number, version.number]),
            "label": _("查看"),
        }
        for version in record.versions.select_related("by").order_by("-number")
    ]
    return {"title": _("版本"), "note": _("旧版本保留，不作修改"), "files": rows}


def _log(record) -> dict:
    rows = Reading.objects.filter(version__record=record).select_related("by", "organ", "version")[:LOG_SHOWN]
    lines = [(moment_words(row.at), f"{row.organ} {row.by} · {row.get_use_display()} · {_seen(row)}") for row in rows]
    nobody = _("还没有单位查阅。")
    shown = {"facts": lines} if lines else {"words": nobody}
    return {"title": _("查阅记录"), "note": _("仅提供单位和监督机关可见"), **shown}


def _seen(row: Reading) -> str:
    return _("第 %(number)s 版") % {"number": row.version.number}
