"""What must hold before a step of a complaint: refusals in words that a person can act on."""

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.gates import category_of_major, in_own_name, refuse_unexplained
from complaints.routing import acting
from complaints.unsaid import TELLING
from complaints.words import TAKEN_OVER, Finding, Medium, Papers, Route, State
from coordination.kernel.mechanisms import declare_option, kept_rules
from coordination.kernel.organs import Organ, in_force
from coordination.kernel.steps import gate
from coordination.kernel.words import Refusal

__all__ = ["category_of_major", "in_own_name"]

DEFAULT_ROUTE = declare_option("complaints.route")
#: What a county calls the routes: who carries the complaint on, the organ or the complainant himself.
CARRIED_BY = {Route.TRANSFER: "organ", Route.PASS_ON: "complainant"}
IDENTIFYING = (*TELLING, "sealed_address")


@gate("LAW-22")
def anonymous_or_named(matter, actor, facts, moment) -> None:
    """A name is asked for, or it is said that there is none; whoever asks for secrecy has something to be kept."""
    named = any(facts.get(name) for name in IDENTIFYING)
    if facts.get("anonymous") and facts.get("sealed_name"):
        raise Refusal(_("已选择匿名，请不要填写姓名；愿意留下联系方式的可以只填电话。"), field="sealed_name")
    if not facts.get("anonymous") and not facts.get("sealed_name"):
        raise Refusal(_("请填写投诉举报人姓名（名称）；不愿具名的请选择匿名。"), field="sealed_name")
    if facts.get("asks_secrecy") and not named:
        raise Refusal(_("没有登记任何身份信息，不需要选择保密。"), field="asks_secrecy")


@gate("LAW-20")
def accused_in_an_organ(matter, actor, facts, moment) -> None:
    """Whoever accuses somebody accuses him in his organ, from which it is kept: it is named, and it is his."""
    organ, person = facts.get("accused"), facts.get("accused_person")
    if facts.get("accused_words") and not (organ or person):
        raise Refusal(
            _("请选择被反映人员所在的行政机关：该单位不会看到；是本单位的，由上一级机关办理。"), field="accused"
        )
    if organ and person:
        his = {acting(post.organ) for post in person.posts.select_related("organ__parent")}
        if acting(organ) not in his:
            raise Refusal(
                _("%(person)s不在%(organ)s任职，请核对被反映的行政机关。") % {"person": person.name, "organ": organ},
                field="accused",
            )


@gate("LAW-19")
def passed_on_by_whom(matter, actor, facts, moment) -> None:
    if facts.get("medium") == Medium.PASSED_ON and not facts.get("passed_on_by"):
        raise Refusal(_("请填写转送、交办的机关。"), field="passed_on_by")


@gate("NW-2.16", "YY-3.8")
def told_unless_unreachable(matter, actor, facts, moment) -> None:
    """联系方式不详 is the only ground for telling nobody."""
    if matter.has_contact and not (facts.get("way") and facts.get("at")):
        raise Refusal(_("请先把不予受理的理由告知投诉举报人，并填写告知方式和时间。"), field="way")


@gate("LAW-22")
def handler_is_of_the_organ(matter, actor, facts, moment) -> None:
    posts = actor.organ.posts.filter(in_force(moment.date()), user=facts["handler"])
    if not posts.exists():
        raise Refusal(_("承办人应当是本单位人员。"), field="handler")


def item_is(state: State) -> Callable:
    """The item that the step is about is one of this complaint, and stands there."""

    @gate()
    def stands(matter, actor, facts, moment) -> None:
        about = facts["about"]
        of_this = about.complaint_id == matter.pk
        about.read_under(matter)
        if not of_this or about.state != state:
            raise Refusal(
                _("所选事项现在不是“%(state)s”，请刷新页面后重新选择。") % {"state": state.label}, field="about"
            )

    return stands


#: They take no enforcement decisions: what they find true, they can but see to.
NO_ENFORCERS = (
    Organ.Kind.GOVERNMENT,
    Organ.Kind.JUSTICE_BUREAU,
    Organ.Kind.COORDINATION_OFFICE,
    Organ.Kind.STAFFING_OFFICE,
)


@gate("NW-2.10", "NW-3.26", "NW-3.27")
def handled_without_a_case(matter, actor, facts, moment) -> None:
    """What is true is answered without a case only where it is about conduct, or where the organ enforces nothing."""
    about_conduct = matter.hidden_organ_id or matter.accused_words
    if facts.get("finding") == Finding.HANDLED and not about_conduct and matter.asked.kind not in NO_ENFORCERS:
        raise Refusal(
            _("违法行为属实的，请选择“本单位立案办理”或者“登记并准备移送”；反映行政机关及其人员问题的才可以直接处理。"),
            field="finding",
        )


@gate("NW-2.10")
def item_named(matter, actor, facts, moment) -> None:
    if facts["about"].item is None and not facts.get("item"):
        raise Refusal(_("立案办理须确定对应的执法事项，请选择。"), field="item")


@gate("NW-2.11")
def named_apart(matter, actor, facts, moment) -> None:
    """A case and its letter bear the name of their own item, never what another item says of somebody."""
    if not facts.get("title") and matter.items.count() > 1:
        raise Refusal(_("本件投诉举报有几个事项，请填写该事项的案由，不要写入其他事项的内容。"), field="title")


@gate("NW-2.11")
def to_another_organ(matter, actor, facts, moment) -> None:
    if facts["competent"] == matter.asked:
        raise Refusal(_("该单位就是本单位，请选择“本单位立案办理”或者“直接答复”。"), field="competent")


@gate("LAW-20")
def never_to_the_accused(matter, actor, facts, moment) -> None:
    """信访工作条例 art. 30: nothing of it may be passed on to whom it accuses, nor to a unit of his."""
    if facts["competent"].whole & {matter.hidden_organ_id, matter.accused_id}:
        raise Refusal(_("该单位是被反映的单位，不能把投诉举报转给它，请选择其他有权处理的机关。"), field="competent")


@gate("LAW-3", "NW-2.12")
def competence_explained(matter, actor, facts, moment) -> None:
    """The catalogue suggests, a person decides; another choice needs a reason."""
    about = facts["about"]
    about.item = facts.get("item") or about.item
    about.place = facts.get("place") or matter.place
    if about.item is None and not facts.get("choice_reason"):
        raise Refusal(_("还没有确定执法事项，请说明为什么由该单位处理。"), field="choice_reason")
    refuse_unexplained(about, facts["competent"], facts.get("choice_reason"), moment)


@gate("NW-3.30", "NW-3.31")
def from_above_to_a_township(matter, actor, facts, moment) -> None:
    """县乡执法协助工作机制 三（二）2 is a department's way, and leads to a township."""
    if matter.asked.is_township:
        raise Refusal(_("乡镇收到的投诉举报，不属于本单位职权范围的，请用“登记并准备移送”。"))
    if not facts["competent"].is_township:
        raise Refusal(_("请选择有管辖权的乡镇；属于其他部门的，请用“登记并准备移送”。"), field="competent")


@gate("NW-3.32")
def papers_go_along(matter, actor, facts, moment) -> None:
    if matter.has_papers and facts["papers"] == Papers.NONE:
        raise Refusal(_("已收到书面材料，应当移交乡镇；请遮盖身份信息后移交副本，或者封存移交。"), field="papers")


def usual_route(route: Route) -> Callable:
    """The county says which way a department's complaint goes on; the other one needs a reason."""

    @gate("NW-2.12", "NW-3.30")
    def is_usual(matter, actor, facts, moment) -> None:
        choice = not matter.asked.is_township and facts["competent"].is_township
        usual = kept_rules(matter.county_id).option(DEFAULT_ROUTE, moment) == CARRIED_BY[route]
        if choice and not usual and not facts.get("choice_reason"):
            raise Refusal(
                _("本县规定的办理方式是“%(usual)s”，改用这一方式请说明理由。") % {"usual": _other(route).label},
                field="choice_reason",
            )

    return is_usual


def _other(route: Route) -> Route:
    return next(one for one in CARRIED_BY if one != route)


@gate("NW-2.15", "LAW-22")
def taken_over(matter, actor, facts, moment) -> None:
    about = facts["about"]
    of_this = about.complaint_id == matter.pk
    about.read_under(matter)
    if not of_this or about.state not in TAKEN_OVER:
        raise Refusal(_("本单位受理（接收）该事项以后才能确定承办人。"), field="about")


@gate("NW-3.34")
def own_item(matter, actor, facts, moment) -> None:
    """Several organs may have taken items of one complaint: each speaks of its own."""
    if facts["about"].competent_id != actor.organ.pk:
        raise Refusal(_("该事项由其他单位办理，请选择本单位接办的事项。"), field="about")


@gate()
def passed_on_without_a_letter(matter, actor, facts, moment) -> None:
    if facts["about"].route != Route.PASS_ON:
        raise Refusal(_("该事项随移送函办理，处理结果请在移送中反馈。"), field="about")


@gate("NW-2.15")
def own_word(matter, actor, facts, moment) -> None:
    teller = facts["about"].teller
    if teller != actor.organ:
        raise Refusal(_("该事项的处理结果由%(organ)s告知投诉举报人。") % {"organ": teller}, field="about")


@gate("NW-3.35")
def result_is_there(matter, actor, facts, moment) -> None:
    about = facts["about"]
    of_this = about.complaint_id == matter.pk
    about.read_under(matter)
    if not of_this or about.resulted_at is None or about.reported_at or about.route != Route.PASS_ON:
        raise Refusal(_("所选事项还没有处理结果，或者不需要另行反馈。"), field="about")


@gate("NW-2.8", "NW-2.13", "NW-2.14", "NW-3.35")
def nothing_owed(matter, actor, facts, moment) -> None:
    """Before the end: the word of the transfer, of the filing, the petitioner's receipt, the township's report, the
    result of a referral."""
    if matter.transfer_word_owed or matter.filing_word_owed:
        raise Refusal(_("还没有把移送情况（是否立案）告知投诉举报人，请先告知。"))
    if matter.receipt_owed:
        raise Refusal(_("还没有书面告知信访人接收情况，请先告知。"))
    owed = Q(route=Route.PASS_ON, reported_at=None) | Q(route=Route.TRANSFER, referral__stage="filed")
    waiting = matter.items.filter(owed).first()
    if waiting:
        raise Refusal(_("%(organ)s还没有反馈处理结果，请联系该单位。") % {"organ": waiting.competent})
