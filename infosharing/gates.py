"""What must hold before a step of a shared record: refusals in words that a person can act on."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.gates import in_own_name
from coordination.kernel.calendar import Unit, Within, compute, work_calendar
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Link
from coordination.kernel.mechanisms import declare_option, kept_rules
from coordination.kernel.now import CST, to_the_minute
from coordination.kernel.steps import gate
from coordination.kernel.words import Refusal, law_language
from infosharing.contents import BY_KEY
from infosharing.words import Secret

#: The longest extension in working days; 0: the county's document gives no number.
CAP = declare_option("infosharing.extension_cap")
REPLY_DAY = gettext_lazy("征求意见函写明的答复日期")
WAITING = gettext_lazy("书面征求权利人意见，答复后方能共享")
SILENCE = gettext_lazy("权利人期满未答复；沉默不视为同意。")
WORDS_OF_ERASURE = gettext_lazy("涉及国家秘密，内容已清除")
STATE_SECRET = gettext_lazy(
    "涉及国家秘密的信息不得在本平台录入和共享，本次所填内容没有保存；请按保密规定处理，已登记的请用“清除内容”。"
)
#: What a right holder agrees to besides the readers.
AGREED = ("purpose", "scope")
#: What people type of a record, wherever it is read.
SAID = ("title", "content", "handling", "purpose", "scope", "reason")
#: A mobile telephone or the number of an identity card: marks of a person.
PERSONAL = re.compile(r"(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")

__all__ = ["in_own_name"]


def in_law_language(words) -> str:
    """Words of the product that are kept for good."""
    with law_language():
        return str(words)


@gate("NW-4.25", "YY-1.12")
def no_state_secret(matter, actor, facts, moment) -> None:
    """执法信息共享工作机制 三（四）: hard, and before anything is stored."""
    if facts.get("secret") == Secret.STATE:
        raise Refusal(str(STATE_SECRET), field="secret", code="secret")


@gate()
def formed_already(matter, actor, facts, moment) -> None:
    for name in ("formed_at", "at"):
        if facts.get(name) and facts[name] > moment:
            raise Refusal(_("时间不能晚于现在，请核对。"), field=name)


@gate("NW-4.23", "NW-4.32")
def reported_after_review(matter, actor, facts, moment) -> None:
    """What goes out has been formed, reviewed and, where it was wrong, put right before; told to the minute."""
    known = (matter.formed_at, matter.reviewed_at, matter.corrected_at)
    earliest = to_the_minute(max(filter(None, known)))
    if facts["at"] < earliest:
        words = _("上报时间不能早于信息形成、审查和更正的时间（%(at)s），请核对。")
        raise Refusal(words % {"at": f"{earliest.astimezone(CST):%Y-%m-%d %H:%M}"}, field="at")


@gate("NW-4.15", "NW-4.16", "NW-4.17", "NW-4.33")
def days_in_order(matter, actor, facts, moment) -> None:
    """Nothing was filed, decided or received tomorrow, and nothing was decided before it was filed."""
    labels = {fact.name: fact.label for fact in BY_KEY[facts.get("content_class") or matter.content_class].facts}
    days = [(name, facts[name]) for name in ("filed_on", "decided_on") if name in labels and facts.get(name)]
    for name, day in days:
        if day > moment.astimezone(CST).date():
            raise Refusal(_("“%(label)s”不能晚于今天，请核对。") % {"label": labels[name]}, field=name)
    if len(days) == 2 and days[0][1] > days[1][1]:
        told = {"first": labels["filed_on"], "second": labels["decided_on"]}
        raise Refusal(_("“%(first)s”不能晚于“%(second)s”，请核对。") % told, field="filed_on")


@gate("NW-4.15", "NW-4.16", "NW-4.17", "NW-4.33")
def facts_of_the_class(matter, actor, facts, moment) -> None:
    """Each class has the facts that the document lists for it (三（二）)."""
    wanted = BY_KEY[facts.get("content_class") or matter.content_class]
    for fact in wanted.facts:
        if fact.required and facts.get(fact.name) in (None, "", False):
            raise Refusal(
                _("“%(content)s”须填写“%(label)s”。") % {"content": wanted.title, "label": fact.label},
                field=fact.name,
                code="missing",
            )


@gate("NW-3.43", "NW-4.20", "YY-1.9")
def nobody_named(matter, actor, facts, moment) -> None:
    """How complaints are handled is shared, who complained is not."""
    if not BY_KEY[facts.get("content_class") or matter.content_class].nameless:
        return
    for name in SAID:
        if PERSONAL.search(facts.get(name) or ""):
            raise Refusal(_("不得写入投诉举报人的电话、身份证号等身份信息，请删除后再提交。"), field=name)


@gate()
def to_others(matter, actor, facts, moment) -> None:
    if actor.organ in (facts.get("recipients") or ()):
        raise Refusal(_("使用单位不必选本单位。"), field="recipients")


@gate("NW-4.11", "NW-4.24")
def to_one_in_charge(matter, actor, facts, moment) -> None:
    """An act outside the platform's catalogue is pushed to the department in charge of it."""
    if BY_KEY[facts["content_class"]].mailed and not facts.get("recipients"):
        raise Refusal(_("目录外监管行为须推送监管行为主管单位，请在使用单位中选择。"), field="recipients")


@gate("NW-4.13")
def own_case(matter, actor, facts, moment) -> None:
    """Whoever provides answers for it: a case is shared by the organ that handles it."""
    case = facts.get("case")
    if case and case.holder_id != actor.organ.pk:
        raise Refusal(_("只能共享本单位承办案件的信息。"), field="case")
    if case and facts["content_class"] != "coercion" and case.decided_at is None and case.stage != "not_filed":
        raise Refusal(_("案件尚未作出决定，形成决定后再共享。"), field="case")


@gate("NW-4.33")
def not_shared_before(matter, actor, facts, moment) -> None:
    """One case is one record of a class; what has changed since is a correction of it."""
    case = facts.get("case")
    before = case and shared_out_of(case, facts["content_class"])
    if before:
        raise Refusal(
            _("该案的这类信息已经登记（%(number)s），有变化请在其中更正。") % {"number": before.number}, field="case"
        )


def shared_out_of(case, content_class: str):
    """The record of this class that stands and came out of the case, or None."""
    links = Link.objects.filter(
        source_id=case.pk, kind="shared_record", target__sharedrecord__content_class=content_class
    )
    standing = links.exclude(target__stage__in=("not_shared", "withdrawn")).select_related("target").first()
    return standing and standing.target


def latest_extension(matter, moment) -> date | None:
    """The last day to which the sharing may be put off, counted in working days from its first end; None: no cap."""
    days = kept_rules(matter.county_id).option(CAP, moment)
    clock = Clock.objects.filter(matter_id=matter.pk, limit="infosharing.share").order_by("pk").last()
    if not days or clock is None or clock.due_at is None:
        return None
    granted = clock.events.filter(kind="extend").order_by("pk").first()
    first = granted.before if granted else clock.due_at
    calendar = work_calendar(matter.county_id, kept_rules(matter.county_id).calendar_version)
    return compute(Within(Unit.WORKING_DAYS, days), first - timedelta(seconds=1), calendar).last_day


@gate("NW-3.47", "JH-4.12")
def within_the_cap(matter, actor, facts, moment) -> None:
    """Where the county's document caps the extension, no later day is taken."""
    latest = latest_extension(matter, moment)
    if latest and facts["until"] > latest:
        raise Refusal(_("延长共享期限最晚至 %(latest)s，请改填。") % {"latest": latest}, field="until")


@gate("NW-4.33")
def found_accurate(matter, actor, facts, moment) -> None:
    if not facts.get("accurate"):
        raise Refusal(_("请核对内容是否真实、准确、完整；有误的先修改，不宜共享的办理“不予共享”。"), field="accurate")


@gate("NW-4.26")
def reply_day_to_come(matter, actor, facts, moment) -> None:
    if facts["reply_by"] <= moment.astimezone(CST).date():
        raise Refusal(_("答复日期应在今天以后，给权利人留出考虑的时间。"), field="reply_by")


@gate("NW-4.26", "NW-4.34")
def readers_named(matter, actor, facts, moment) -> None:
    """The right holder must know who will read it."""
    to_others(matter, actor, facts, moment)
    if not facts.get("recipients"):
        raise Refusal(_("请选择使用单位：征求意见函须写明向谁共享。"), field="recipients")


@gate("NW-4.26")
def answered_in_time(matter, actor, facts, moment) -> None:
    """The day on the paper lies between the question and the last day to answer it, whenever it is recorded. Without
    one the answer is of today, which after that day is too late."""
    today = moment.astimezone(CST).date()
    answered = facts.get("answered_on") or today
    if answered > today:
        raise Refusal(_("答复日期不能晚于今天，请核对。"), field="answered_on")
    if answered < matter.asked_at.astimezone(CST).date():
        raise Refusal(_("答复日期不能早于征求意见的日期，请核对。"), field="answered_on")
    if answered > matter.reply_by:
        words = _("期限内的答复请按书面答复填写日期（不晚于%(day)s）；期满没有答复的，请办理“期满未答复，不予共享”。")
        raise Refusal(words % {"day": f"{matter.reply_by:%Y-%m-%d}"}, field="answered_on")


@gate("NW-4.26")
def late_record_on_paper(matter, actor, facts, moment) -> None:
    """An answer of which the record speaks only after the day is proved by its paper."""
    if matter.reply_over and not facts.get("answer_scan"):
        raise Refusal(_("答复期限已过，请上传权利人在期限内作出的书面答复扫描件。"), field="answer_scan")


@gate("NW-4.26")
def consent_on_paper(matter, actor, facts, moment) -> None:
    if not facts.get("consent_scan"):
        raise Refusal(_("请上传权利人书面同意的回执扫描件。"), field="consent_scan")


@gate("NW-4.26")
def consented(matter, actor, facts, moment) -> None:
    """Silence is no consent: without a written yes nothing that touches the right holder goes out."""
    if matter.needs_consent and matter.opinion != "agreed":
        raise Refusal(_("涉及商业秘密或个人隐私，须先书面征求权利人意见并取得同意，请办理“征求权利人意见”。"))


@gate("NW-4.34")
def to_somebody(matter, actor, facts, moment) -> None:
    to_others(matter, actor, facts, moment)
    if not facts.get("recipients") and not matter.would_reach():
        raise Refusal(_("请选择使用单位；这类信息还没有单位订阅。"), field="recipients")


@gate("NW-4.26", "NW-4.34")
def as_consented(matter, actor, facts, moment) -> None:
    """The right holder agreed to certain readers, for a purpose and in a scope: those that the letter named."""
    if not matter.needs_consent:
        return
    if {organ.pk for organ in facts.get("recipients") or ()} - {*matter.recipients}:
        raise Refusal(
            _("权利人同意的是征求意见函所列的使用单位，不能增加；确需增加的请另行登记并征求意见。"), field="recipients"
        )
    for name in AGREED:
        if facts.get(name) != getattr(matter, name):
            raise Refusal(
                _("权利人同意的是征求意见函所列的使用目的和范围，不能更改；确需更改的请另行登记并征求意见。"),
                field=name,
            )


@gate("NW-4.34")
def no_copy_past_the_log(matter, actor, facts, moment) -> None:
    if facts.get("copy_notice") and matter.needs_consent:
        raise Refusal(_("涉及商业秘密或个人隐私的信息只在平台上查阅并留下记录，不制发抄告函。"), field="copy_notice")


@gate("NW-4.26")
def not_newly_secret(matter, actor, facts, moment) -> None:
    if facts.get("secret") != matter.secret:
        raise Refusal(_("涉密情况与原记录不同：请撤回本记录，另行登记并按规定征求权利人意见。"), field="secret")
