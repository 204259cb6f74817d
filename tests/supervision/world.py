"""What supervision brings to the tests that walk over every workflow."""

import hashlib
from datetime import date
from importlib import import_module
from types import ModuleType

from django.urls import reverse

from coordination.kernel.clocks import Clock
from coordination.kernel.documents.printing import keep
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.steps import begin, perform, system_birth
from supervision.duties.models import PeriodicDuty
from supervision.frozen import Assessment, digest
from supervision.models import Order
from supervision.patrols.models import Patrol
from tests.county import at, organ, person, upload


def order(by: str, **facts) -> Order:
    """A draft about nothing in particular."""
    known = {
        "paper": "rectification",
        "supervised": organ("yangfangkou"),
        "title": "共享信息超期",
        "source": "inspection",
        "rule_missed": "执法信息共享工作机制 三（三）",
        "facts_found": "处罚信息形成后未共享。",
        "finding": "未按要求共享",
        "requirement": "立即补报。",
        "answer_by": date(2026, 9, 30),
        "report_duty": "",
        "situation": "not_shared",
    }
    return begin(Order, "draft", person(by), **(known | facts))


def duty(bearer: str, about: str | None = None, **facts) -> PeriodicDuty:
    cycle = {"cycle_first": date(2026, 1, 1), "cycle_last": date(2026, 12, 31)}
    known = {"duty": "guidance", "title": "到乡镇带领办案或者指导（2026年）", **cycle}
    whose = {"bearer": organ(bearer), "about_organ": about and organ(about)}
    return system_birth(PeriodicDuty, "fall_due", organ(bearer), **(known | whose | facts))


def patrol(by: str, handler: str, **facts) -> Patrol:
    known = {
        "village": "后窑湾村",
        "place_text": "河道边",
        "found_at": at("2026-09-21 08:30"),
        "title": "河道边堆放垃圾",
        "item": None,
        "words": "约三立方米",
    }
    found = begin(Patrol, "discover", person(by), **(known | facts))
    give = {"handler": organ(handler), "handle_by": date(2026, 9, 25), "words": "尽快处置"}
    perform(found, "assign", person(by), **give)
    return Patrol.objects.get(pk=found.pk)


def matters_to_try() -> dict[str, Matter]:
    tried = order("shengtai.officer1")
    # whatever stage a test puts it into, it has come there through the ones before
    Order.objects.filter(pk=tried.pk).update(issued_at=now(), answered_at=now(), signed_by=person("shengtai.approver"))
    found = {
        "supervision": Order.objects.get(pk=tried.pk),
        "duties": duty("shengtai", "yangfangkou"),
        "patrols": patrol("yangfangkou.officer1", "shengtai"),
    }
    for matter in found.values():
        upload(matter, "shengtai.officer1", "photo", "现场照片")
    return found


def plant(found) -> None:
    """An order that was sent and one that is only drafted, a duty, a patrol: each with words of its own."""
    told = ("title", "facts_found", "finding", "requirement", "report_duty")
    sent = order("zhujian.officer1", supervised=organ("dongzhai"), **{one: found.word("order", one) for one in told})
    perform(sent, "issue", person("zhujian.approver"), words=found.word("order", "words"))
    found.add("order", sent)
    draft = {one: found.word("order_draft", one) for one in told}
    found.add("order_draft", order("zhujian.officer1", supervised=organ("dongzhai"), **draft))
    found.add("duty", duty("linye", "fenghuang", title=found.word("duty", "title")))
    walked = {one: found.word("patrol", one) for one in ("village", "place_text", "title", "words")}
    found.add("patrol", patrol("fenghuang.officer1", "linye", **walked))
    found.seen_by |= {
        "order": {"ningwu.zhujian", "ningwu.dongzhai"},
        "order_draft": {"ningwu.zhujian"},
        "duty": {"ningwu.linye", "ningwu.fenghuang"},
        "patrol": {"ningwu.fenghuang", "ningwu.linye"},
    }
    _assessed()


def _assessed() -> None:
    """A frozen report of the county: its tables hold no words of any matter."""
    content = b"%PDF-1.7"
    rows = {"period": "2026 年 8 月", "counted_at": "", "method": [], "tables": []}
    sha256 = hashlib.sha256(content).hexdigest()
    kept = {"rows": rows, "sha256": digest(rows), "pdf": keep(content, sha256), "pdf_sha256": sha256}
    month = {"first": date(2026, 8, 1), "last": date(2026, 8, 1)}
    by = person("sifa.supervisor1")
    Assessment.objects.create(county=organ("sifa").county, made_at=now(), made_by=by, **month, **kept)


#: What nobody may meet as the one thing to do.
OFF_THE_ROAD: dict[str, set[str]] = {
    "duties": {"excuse"},
    "patrols": {"find_nothing", "send_back"},
    "supervision": {"ask_more", "grant_time", "hold_to_account", "revoke"},
}


def __getattr__(name: str) -> dict:
    """DOORS, made when tests/doors.py asks for them: it stands on this module, and they on it."""
    if name != "DOORS":
        raise AttributeError(name)
    return _doors(import_module("tests.doors"))


def _doors(doors: ModuleType) -> dict:
    """Whoever counts nothing is led away from the desk, and finds no other screen of it."""
    door, reader, plain = doors.Door, doors.To.READER, doors.plain
    some, led = frozenset({200, 404}), frozenset({200, 302})
    months = ("?from=2026-08&to=2026-09", "?from=x")
    counted = ("?which=sent", "?which=again&sender=1", "?which=refused&organ=1&kind=referrals&step=object")
    lists = ("?which=due&organ=1", "?which=late&township=1&department=2", "?limit=ZQ")

    owed = ("?year=2026&duty=guidance&which=owed", "?year=2026&duty=training&which=records", "?year=x&duty=q")
    walked = ("?year=2026&place=none&item=none&village=x", "?place=99999999999&stage=z&village=q", "?stage=assigned")

    def of(model: type, name: str):
        return lambda planted: (
            doors.Try(reverse(name, args=[pk])) for pk in model.objects.values_list("pk", flat=True)[:2]
        )

    return {
        "supervision": door(reader, plain("supervision", *months), answers=led),
        "supervision_duties": door(reader, plain("supervision_duties", *lists), answers=some),
        "supervision_occasions": door(reader, plain("supervision_occasions", *counted), answers=some),
        "supervision_urge": door(reader, of(Clock, "supervision_urge"), posts=True, gets=False),
        "supervision_accountability": door(reader, plain("supervision_accountability"), answers=some),
        "supervision_periodic": door(reader, plain("supervision_periodic", "?year=2026", "?year=x")),
        "supervision_periodic_list": door(reader, plain("supervision_periodic_list", *owed)),
        "supervision_ledger_list": door(reader, plain("supervision_ledger_list", *walked)),
        "supervision_ledger": door(reader, plain("supervision_ledger")),
        "supervision_assessments": door(reader, plain("supervision_assessments"), answers=some),
        "supervision_assess": door(reader, plain("supervision_assess"), posts=True, gets=False),
        "supervision_assessment_pdf": door(reader, of(Assessment, "supervision_assessment_pdf"), answers=some),
        "supervision_assessment_xlsx": door(reader, of(Assessment, "supervision_assessment_xlsx"), answers=some),
    }
