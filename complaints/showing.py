"""What the page of a complaint shows of its items: each with its route, whose turn it is, and where it leads."""

from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.identity import may_reveal
from complaints.routing import responsible_is_asked
from complaints.words import ENDED, State
from coordination.kernel.matters import Matter, reach_of
from coordination.kernel.organs import User
from coordination.kernel.web.facts import facts_of
from coordination.kernel.web.moments import moment_words
from coordination.kernel.words import carries


def sections(complaint, user: User) -> list[dict]:
    """What was said, the responsibility, the complainant, and each item: a receiver reads its own items alone."""
    whole = sees_whole(complaint, user)
    items = list(complaint.items.select_related("competent", "responsible", "item", "handler", "case", "referral"))
    led = [pk for one in items for pk in (one.case_id, one.referral_id) if pk]
    seen = set(Matter.objects.visible_to(user).filter(pk__in=led).values_list("pk", flat=True))
    panels = [_responsibility(complaint, items), _complainant(complaint, user)]
    shown = items if whole else own_items(items, user)
    return [*([_reported(complaint)] if whole else []), *panels, *(_item(one, seen) for one in shown)]


@carries("LAW-20", "LAW-21", "LAW-22")
def sees_whole(complaint, user: User) -> bool:
    """Whether `user` reads all that was said, not only the items of his organ: all but who merely received one."""
    organs, watched = reach_of(user)
    received = bool(organs & {*complaint.receivers})
    return not received or bool(organs & {complaint.asked_id, complaint.recorder_id}) or complaint.county_id in watched


def own_items(items: list, user: User) -> list:
    organs, _watched = reach_of(user)
    return [one for one in items if one.competent_id in organs]


def _reported(complaint) -> dict:
    """What was said, and against whom."""
    shown = ("reported", "accused", "accused_person", "accused_words")
    return {"title": _("反映的内容"), "facts": facts_of(complaint, shown)}


def _responsibility(complaint, items) -> dict:
    """Who answers for the complaint, and whose turn it is: two organs until the handover is complete."""
    word = _("首问责任单位") if responsible_is_asked(complaint) else _("首办责任单位")
    turn = next((one.turn for one in items if one.state not in ENDED), complaint.asked)
    facts = [(word, complaint.first_responsible.name)]
    if complaint.closed_at:
        return {"title": _("责任和办理单位"), "facts": facts}
    facts.append((_("现在由谁办理"), turn.name))
    return {"title": _("责任和办理单位"), "facts": facts, "words": _hint(complaint, turn)}


def _hint(complaint, turn) -> str:
    if complaint.recorder_id and turn.off_platform:
        words = _("%(organ)s不在本平台：请%(recorder)s与其联系，并按办理情况逐步“代为记录”。")
        return words % {"organ": turn.name, "recorder": complaint.recorder.name}
    if complaint.first_responsible_id != turn.pk and complaint.stage != "told":
        return _("交接完成以前，首问（首办）责任不转移。")
    return ""


def _complainant(complaint, user: User) -> dict:
    """The way to the name is offered to those who may go it."""
    return {
        "title": _("投诉举报人"),
        "template": "complaints/complainant.html",
        "may_reveal": may_reveal(complaint, user),
    }


def _item(one, seen: set[int]) -> dict:
    facts = [
        (_("反映的事项"), one.words),
        (_("执法事项"), one.item and str(one.item)),
        (_("办理方式"), one.get_route_display()),
        (_("有权处理的机关"), one.competent and one.competent.name),
        (_("接办单位承办人"), one.handler and one.handler.name),
        (_("书面材料"), one.get_papers_display()),
        (_("核实结论"), one.get_finding_display()),
        (_("处理结果"), one.result),
        (_("告知投诉举报人"), one.told_at and f"{moment_words(one.told_at)} {one.get_told_way_display()}"),
        (_("反馈告知单位"), one.reported_at and moment_words(one.reported_at)),
    ]
    over = one.state in ENDED or one.complaint.closed_at
    turn = "" if over else _("轮到%(organ)s") % {"organ": one.turn.short_name}
    shown = [(label, value) for label, value in facts if value]
    return {
        "title": _("事项 %(number)s") % {"number": one.position},
        "note": " · ".join(filter(None, (one.get_state_display(), turn))),
        "facts": shown,
        "files": _leads(one, seen),
        "words": _("下一步：打开案件，起草移送函。") if one.state == State.TO_REFER and one.case_id in seen else "",
    }


def _leads(one, seen: set[int]) -> list[dict]:
    """The case and the referral that came out of the item, for those who may open them."""
    found = ((_("案件"), one.case), (_("移送"), one.referral))
    return [
        {
            "title": f"{kind} {matter.number}",
            "note": matter.get_stage_label(),
            "url": reverse("matter", args=[matter.number]),
            "label": _("打开"),
        }
        for kind, matter in found
        if matter and matter.pk in seen
    ]
