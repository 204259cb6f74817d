"""考核: the figures of a period that is over, frozen with their method and a hash, from the same rows as the desk.

纳入依法行政考核 (NW-2.21), 纳入法治政府考核 (NW-3.69); who failed to cooperate is listed by duty (NW-3.70, NW-4.28).
Organs stand in the order of their names; no person is ranked, nobody's logins are counted.
"""

import hashlib
from datetime import datetime

from django.db.models import Count, Q, Sum
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from coordination.kernel import pdf
from coordination.kernel.clocks import Clock
from coordination.kernel.documents.printing import keep
from coordination.kernel.organs import County, Organ, User
from coordination.kernel.templatetags.documents import cn_date
from coordination.kernel.web.moments import end_words, moment_words
from coordination.kernel.words import Refusal, carries, law_language
from supervision import tables
from supervision.figures import Figures, Period, Share, figures
from supervision.figures.duties import Choice, chosen
from supervision.frozen import Assessment, digest
from supervision.models import Accountability, Order, PeriodicDuty
from supervision.readers import partners, remit_of
from supervision.report import on_paper

#: So many late duties are listed; the number of all of them is said.
LISTED = 2000


@carries("LAW-20", "NW-2.20", "NW-2.21", "NW-3.69", "NW-3.70", "NW-4.28")
def assess(county: County, period: Period, by: User, moment: datetime) -> Assessment:
    """Count, freeze, print. Raises Refusal for a period that is not over: its figures would still move."""
    if period.until > moment:
        raise Refusal(_("统计期还没有结束，请选择已经结束的月份。"), field="to")
    with law_language():
        rows = rows_of(figures(county.pk, period, moment, anew=True), remit_of(by).organ)
        sha256 = digest(rows)
        known = {"rows": rows, "tables": on_paper(rows), "sha256": sha256, "county": county}
        page = render_to_string("documents/assessment_report.html", known)
    content = pdf.render(page)
    pdf_sha256 = hashlib.sha256(content).hexdigest()
    return Assessment.objects.create(
        county=county,
        first=period.first,
        last=period.last,
        rows=rows,
        sha256=sha256,
        pdf=keep(content, pdf_sha256),
        pdf_sha256=pdf_sha256,
        made_at=moment,
        made_by=by,
    )


def rows_of(found: Figures, issuer: Organ) -> dict:
    """Every table as plain words and numbers; which organ has it made, and when."""
    organs = {one.pk: one for one in Organ.objects.filter(county=found.county)}
    return {
        "period": found.period.words,
        "counted_at": moment_words(found.moment),
        "issuer": issuer.name,
        "made_on": cn_date(found.moment),
        "method": METHOD,
        "tables": [
            _overall(found),
            _by_organ(found, organs),
            _by_clause(found),
            _matrix(found, organs),
            _flows(found, organs),
            _refusals(found, organs),
            _orders(found),
            _duties(found),
            _accountability(found),
            _late(found),
        ],
    }


METHOD = [
    "时限按届满的月份归入统计期；届满前办结的为按期，已转出、变更、暂停或者届满前取消的不计，届满之后不再变动。",
    "法定时限（含本县机制文件写明的）与本地内部目标分开统计，内部目标不是法定期限。",
    "应办不足5项的只列按期数和应办数，不计算百分比；百分比保留一位小数，只舍不入。",
    "单位按名称排列，不排名；不统计个人，不统计登录、阅读次数。",
    "由反映行政机关及其人员问题的投诉举报产生的事项计入总数，不列入清单。",
]


def _table(title: str, head: list[str], lines: list[list]) -> dict:
    return {"title": title, "head": head, "lines": lines}


def _counts(share: Share) -> list:
    return [share.total, share.kept, share.words]


def _overall(found: Figures) -> dict:
    lines = [["法定时限", *_counts(found.law)], ["本地内部目标", *_counts(found.local)]]
    return _table("总体", ["类别", "应办", "按期", "按期率"], lines)


def _by_organ(found: Figures, organs: dict[int, Organ]) -> dict:
    lines = [
        [line["organ"].name, *_counts(line["law"]["share"]), *_counts(line["local"]["share"])]
        for line in tables.by_organ(found, organs)
    ]
    head = ["承担单位", "法定应办", "按期", "按期率", "内部目标应办", "按期", "按期率"]
    return _table("按承担单位", head, lines)


def _by_clause(found: Figures) -> dict:
    lines = [
        [line["title"], line["basis"], nature, *_counts(line["share"])]
        for local, nature in ((False, "法定"), (True, "内部目标"))
        for line in tables.by_clause(found, local=local)
    ]
    return _table("按时限和依据", ["时限", "依据", "性质", "应办", "按期", "按期率"], lines)


def _matrix(found: Figures, organs: dict[int, Organ]) -> dict:
    """One line a pair: a table as wide as the county has departments would not fit a page."""
    matrix = tables.matrix(found, *partners(organs, found.county))
    lines = [
        [line["organ"].short_name, department.short_name, *_counts(cell["share"])]
        for line in matrix["lines"]
        for department, cell in zip(matrix["across"], line["cells"], strict=True)
        if cell["share"].total
    ]
    return _table("乡镇与部门之间", ["乡镇", "部门", "应办", "按期", "按期率"], lines)


def _flows(found: Figures, organs: dict[int, Organ]) -> dict:
    def both(flow: dict) -> list:
        return [flow.get("sent", 0), flow.get("objected", 0), flow.get("returned", 0)]

    lines = [
        [line["one"].short_name, line["other"].short_name, *both(line["there"]), *both(line["back"])]
        for line in tables.flows(found, organs)
    ]
    head = ["甲方", "乙方", "甲移乙", "异议", "退回", "乙移甲", "异议", "退回"]
    return _table("移送往来", head, lines)


def _refusals(found: Figures, organs: dict[int, Organ]) -> dict:
    lines = [
        [line["organ"].short_name, f"{line['kind']} · {line['step']}", line["count"]]
        for line in tables.refusals(found, organs)
    ]
    return _table("拒绝、异议和不予办理", ["单位", "环节", "次数"], lines)


def _orders(found: Figures) -> dict:
    """Orders issued in the period, by whom they were addressed to."""
    span = Q(county=found.county, issued_at__gte=found.period.since, issued_at__lt=found.period.until)
    grouped = Order.objects.filter(span).order_by().values_list("supervised__sort_key", "supervised__name", "paper")
    counted = grouped.annotate(
        n=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        verified=Count("pk", filter=Q(verified_at__isnull=False)),
    )
    names = dict(Order._meta.get_field("paper").choices)
    lines = [[name, str(names[paper]), *counts] for _sort, name, paper, *counts in sorted(counted)]
    return _table("督办、监督和限期整改", ["单位", "文书", "发出", "已反馈", "已核实"], lines)


def _duties(found: Figures) -> dict:
    """Periodic duties whose cycle meets the period."""
    meets = Q(cycle_first__lte=found.period.last) & (Q(cycle_last__gte=found.period.first) | Q(cycle_last=None))
    rows = PeriodicDuty.objects.filter(meets, county=found.county).order_by()
    counted = rows.values_list("bearer__sort_key", "bearer__name", "duty").annotate(
        owed=Count("pk"), done=Count("pk", filter=Q(stage="done")), times=Sum("times_done"), hours=Sum("hours_done")
    )
    names = dict(PeriodicDuty._meta.get_field("duty").choices)
    lines = [[name, str(names[duty]), *n, float(hours)] for _sort, name, duty, *n, hours in sorted(counted)]
    return _table("周期性职责", ["承担单位", "职责", "应履行", "已履行", "开展次数", "学时"], lines)


def _accountability(found: Figures) -> dict:
    span = Q(order__county=found.county, at__gte=found.period.since, at__lt=found.period.until)
    rows = Accountability.objects.filter(span).order_by()
    counted = rows.values_list("order__supervised__sort_key", "order__supervised__name", "outcome").annotate(
        n=Count("pk")
    )
    names = dict(Accountability._meta.get_field("outcome").choices)
    return _table(
        "责任追究", ["单位", "处理", "次数"], [[name, str(names[one]), n] for _sort, name, one, n in sorted(counted)]
    )


def _late(found: Figures) -> dict:
    """Which duties were not done in time: by number, without the names of anybody; and nothing by which an organ that
    reads the report would learn of what accuses it (LAW-20)."""
    open_to_all = {"matter__hidden_organ": None, "matter__hidden_person": None}
    late = chosen(Choice("late", nature="law"), found.period, found.moment).filter(county=found.county, **open_to_all)
    shown = late.select_related("organ", "matter").order_by("organ__sort_key", "overdue_at", "pk")[:LISTED]
    lines = [[c.organ.name, c.matter.number, c.title, c.basis, end_words(c.due_at), _ended(c)] for c in shown]
    head = ["承担单位", "事项编号", "时限", "依据", "应于", "办结"]
    return _table("未按期履行的清单（法定时限）", head, lines)


def _ended(clock: Clock) -> str:
    return moment_words(clock.ended_at) if clock.ended_at else "未办结"
