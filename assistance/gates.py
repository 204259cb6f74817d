"""What must hold before a step of an assistance request: refusals in words that a person can act on."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.words import KindOf, RefusalGround, by_number, lines
from cases.gates import category_of_major
from cases.timely import not_before
from coordination.kernel.calendar import work_calendar
from coordination.kernel.catalogue import holds
from coordination.kernel.mechanisms import declare_option, kept_rules
from coordination.kernel.now import CST
from coordination.kernel.steps import gate
from coordination.kernel.words import Refusal

MIN_EXPERTS = declare_option("assistance.min_experts")
EXTENSION_CAP = declare_option("assistance.extension_cap")

__all__ = ["category_of_major"]


@gate("NW-3.55")
def asker_in_own_name(matter, actor, facts, moment) -> None:
    if not actor.organ.may_act_in_own_name:
        raise Refusal(
            _("%(organ)s是内设（直属、派出）机构，不能以自己的名义请求协助，请以所属机关的岗位登录办理。")
            % {"organ": actor.organ.name}
        )


@gate("NW-3.55", "YY-6.6")
def helper_in_own_name(matter, actor, facts, moment) -> None:
    helper = facts["helper"]
    if not helper.may_act_in_own_name:
        raise Refusal(
            _("%(organ)s是内设（直属、派出）机构，请选择它所属的机关作为协助单位。") % {"organ": helper}, field="helper"
        )
    if helper == actor.organ:
        raise Refusal(_("不能请求本单位协助，请选择其他单位。"), field="helper")


@gate("LAW-20")
def helper_is_not_accused(matter, actor, facts, moment) -> None:
    """信访工作条例 art. 30: what somebody has said against an organ is not passed on to it; said before anybody drafts
    a letter that could not be sent."""
    origin = facts.get("origin") or matter
    if origin.hidden_organ_id in facts["helper"].whole:
        raise Refusal(_("该单位是被反映的单位，不得向该单位透露有关情况，请选择其他单位协助。"), field="helper")


@gate("NW-1.22")
def origin_is_ours(matter, actor, facts, moment) -> None:
    """Whoever bears the case asks; of a referral, its receiver (案件移送制度 五（十三）)."""
    origin = facts["origin"]
    if origin.holder_id != actor.organ.pk:
        raise Refusal(_("只能为本单位承办的案件或者移送事项请求协助。"), field="origin")
    if origin.closed_at is not None:
        raise Refusal(_("该事项已经办结，不能再请求协助。"), field="origin")


@gate("YY-6.4")
def technique_named(matter, actor, facts, moment) -> None:
    if facts["kind_of"] == KindOf.TECHNICAL and not facts.get("technique"):
        raise Refusal(_("请选择技术认定的方式：鉴定、检验、检测或者认定。"), field="technique")


@gate("NW-3.55", "QX-4.8")
def questions_asked(matter, actor, facts, moment) -> None:
    if not lines(matter.questions):
        raise Refusal(_("请逐行写明请求协助的问题或者事项。"), field="questions")


@gate("NW-3.55")
def facts_in_writing(matter, actor, facts, moment) -> None:
    if len(matter.basic_facts.strip()) < 10:
        raise Refusal(_("请把案件的基本情况写清楚，使协助单位能够判断。"), field="basic_facts")


#: What a request must have before it is approved and again before it leaves.
COMPLETE = (questions_asked, facts_in_writing)


@gate()
def reachable(matter, actor, facts, moment) -> None:
    """An organ that is not on the platform gets the letter on paper."""
    if matter.helper.off_platform and facts["service_method"] == "platform":
        raise Refusal(
            _("%(organ)s不在本平台，请选择直接送达或者邮寄送达。") % {"organ": matter.helper}, field="service_method"
        )


received_after_sending = not_before("sent_at", gettext_lazy("发出协助函的时间"))
arrived_after_dispatch = not_before("dispatched_at", gettext_lazy("派员时间"))
#: Officers are sent because somebody asks for them.
dispatched_after_the_letter = not_before("served_at", gettext_lazy("协助函送达的时间"), "NW-3.58")
returned_after_the_loan = not_before("lent_at", gettext_lazy("借出的时间"), "NW-3.12")


@gate("QX-4.12")
def day_to_come(matter, actor, facts, moment) -> None:
    if facts["by_day"] < moment.astimezone(CST).date():
        raise Refusal(_("提供补充材料的日期已经过去，请选择今天以后的日期。"), field="by_day")


@gate("NW-3.59")
def there_is_a_date(matter, actor, facts, moment) -> None:
    if matter.supplement_paused:
        raise Refusal(_("补充材料期间不计入答复期限，收到补充材料后才能延期。"))
    if matter.answer_clock is None or matter.answer_clock.due_at is None:
        raise Refusal(_("本次答复没有确定的截止日期，不需要延期，请及时答复。"))


@gate("NW-3.59", "JH-6.5")
def not_yet_expired(matter, actor, facts, moment) -> None:
    """县乡执法协助工作机制 三（五）: 应事前告知. What was not told beforehand extends nothing."""
    if matter.answer_clock.overdue(moment):
        raise Refusal(_("答复期限已经届满。延期应当事前告知，现在不能再延期，请尽快答复。"), field="until")


@gate("QX-4.11")
def later_than_due(matter, actor, facts, moment) -> None:
    """A past day is no extension, nor is one that the limit already reaches."""
    if matter.end_of(facts["until"]) <= matter.answer_clock.due_at:
        raise Refusal(_("新的答复日期必须晚于原答复期限，请重新选择。"), field="until")


@gate("NW-3.59")
def within_cap(matter, actor, facts, moment) -> None:
    """A county may cap what all extensions add, in working days; 0: no cap."""
    cap = kept_rules(matter.county_id).option(EXTENSION_CAP, moment)
    if not cap:
        return
    last = work_calendar(matter.county_id).working_day(matter.first_last_day, cap)
    if facts["until"] > last:
        raise Refusal(
            _("延期累计不超过 %(cap)s 个工作日，最迟到 %(day)s，请重新选择。") % {"cap": cap, "day": last.isoformat()},
            field="until",
        )


@gate("NW-3.12")
def archives_listed(matter, actor, facts, moment) -> None:
    if not matter.listed_archives:
        raise Refusal(_("请先用“登记调阅档案”逐件登记，再出具清单。"))


@gate("NW-3.12")
def return_day_named(matter, actor, facts, moment) -> None:
    if matter.lends_originals and not facts.get("return_by"):
        raise Refusal(_("清单中有借出的原件，请填写归还日期。"), field="return_by")
    if facts.get("return_by") and facts["return_by"] < moment.astimezone(CST).date():
        raise Refusal(_("归还日期已经过去，请重新选择。"), field="return_by")


@gate("NW-3.12")
def archives_in_list(matter, actor, facts, moment) -> None:
    """What was opened to the asker stands on a list before the request is answered."""
    if matter.listed_archives and matter.lent_at is None:
        raise Refusal(_("已登记调阅档案，请先出具调阅清单，再答复。"))


@gate("NW-3.12")
def archives_returned(matter, actor, facts, moment) -> None:
    if matter.originals_out:
        raise Refusal(_("借出的档案原件尚未归还，请先办理“登记归还档案”。"))


@gate("NW-3.56")
def every_question_answered(matter, actor, facts, moment) -> None:
    """Each numbered question has its conclusion."""
    given = by_number(facts["conclusions"])
    for number in range(1, len(lines(matter.questions)) + 1):
        if number not in given:
            raise Refusal(
                _("请对第 %(number)s 个问题给出结论（另起一行，以“%(number)s.”开头）。") % {"number": number},
                field="conclusions",
            )


@gate("NW-3.56")
def experts_named(matter, actor, facts, moment) -> None:
    """A technical opinion names those who gave it."""
    wanted = kept_rules(matter.county_id).option(MIN_EXPERTS, moment)
    if matter.kind_of == KindOf.TECHNICAL and len(lines(facts.get("experts") or "")) < wanted:
        raise Refusal(
            _("技术认定意见应当写明 %(wanted)s 名以上专业人员，每行一人。") % {"wanted": wanted}, field="experts"
        )


@gate("NW-3.57")
def opinion_on_paper(matter, actor, facts, moment) -> None:
    """What is to be evidence is a signed and sealed paper."""
    if matter.kind_of == KindOf.TECHNICAL and not facts.get("opinion_paper"):
        raise Refusal(_("技术认定意见要作为证据使用，请上传签字盖章的意见书（报告）扫描件。"), field="opinion_paper")


@gate("NW-3.57")
def evidence_of_its_own(matter, actor, facts, moment) -> None:
    """What the asker attached to its letter does not come back as the helper's opinion or evidence."""
    theirs = set(matter.offered_by(actor).values_list("pk", flat=True))
    paper = facts.get("opinion_paper")
    if paper and paper.pk not in theirs:
        raise Refusal(_("意见书应当由协助单位提供，请求单位随函附送的材料不能作为意见书。"), field="opinion_paper")
    if any(one.pk not in theirs for one in facts.get("evidence") or ()):
        raise Refusal(_("提供的证据材料应当由协助单位上传，请求单位的材料不用选择。"), field="evidence")


@gate("YY-6.8")
def suggests_another(matter, actor, facts, moment) -> None:
    if facts.get("suggested") in (matter.helper, matter.asker):
        raise Refusal(_("建议的单位应当是双方以外的其他单位，请重新选择或者不填。"), field="suggested")


@gate("LAW-4", "YY-6.7")
def outside_powers(matter, actor, facts, moment) -> None:
    """行政处罚法 art. 26: within its powers an organ shall assist."""
    if facts["refusal_ground"] != RefusalGround.OUTSIDE_POWERS or matter.item is None:
        return
    if holds(matter.helper, matter.item, moment.astimezone(CST).date(), matter.place):
        raise Refusal(
            _("“%(item)s”在本单位执法事项清单内，属于本单位职权范围，应当依法予以协助，不得推诿。")
            % {"item": matter.item.title},
            field="refusal_ground",
        )
