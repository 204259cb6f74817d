"""The figures as rows: for the desk, and frozen for the assessment."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote_plus

from django.utils.translation import pgettext

from coordination.kernel.organs import Organ
from coordination.kernel.retold import label_words
from coordination.kernel.web.addresses import address
from coordination.kernel.web.workflows import workflows
from supervision.figures import Figures, Share
from supervision.figures.occasions import REFUSED
from supervision.figures.tallies import refusing

#: The drawing of the trend: its size, and what is left free around it.
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 220, 44, 14, 34


def link(found: Figures, which: str = "due", **narrowed) -> str:
    """The address of the list that shows what is counted."""
    return f"{address('supervision_duties')}?{_query(found, which, narrowed)}"


def _query(found: Figures, which: str, narrowed: dict[str, int | str]) -> str:
    said = (f"{name}={quote_plus(value) if isinstance(value, str) else value}" for name, value in narrowed.items())
    return "&".join((f"which={which}", *said, found.period.query))


def number(found: Figures, count: int, which: str, **narrowed) -> dict:
    """A count of referrals or refusals, and the address of the list that shows them."""
    url = f"{address('supervision_occasions')}?{_query(found, which, narrowed)}" if count else ""
    return {"count": count, "url": url}


def again(found: Figures) -> dict:
    """来回移送."""
    return number(found, found.ping_pong, "again")


def cell(found: Figures, share: Share, **narrowed) -> dict:
    return {"share": share, "url": link(found, **narrowed) if share.total else ""}


def matrix(found: Figures, townships: list[Organ], departments: list[Organ]) -> dict:
    """Townships down, departments across, only those between whom anything fell due."""
    pairs = {pair: share for pair, share in found.matrix.items() if share.total}
    busy = {organ for pair in pairs for organ in pair}
    down = [organ for organ in townships if organ.pk in busy]
    across = [one for one in departments if any((t.pk, one.pk) in pairs or (one.pk, t.pk) in pairs for t in down)]
    lines = [{"organ": t, "cells": [_between(found, t, d) for d in across]} for t in down]
    return {"across": across, "lines": lines}


def _between(found: Figures, township: Organ, department: Organ) -> dict:
    both = Share()
    for pair in ((township.pk, department.pk), (department.pk, township.pk)):
        if share := found.matrix.get(pair):
            both.add(share.total, share.kept)
    return cell(found, both, township=township.pk, department=department.pk)


def by_organ(found: Figures, organs: dict[int, Organ]) -> list[dict]:
    """In the order of the organs' names: no organ is ranked above another."""
    known = [(organs[pk], shares) for pk, shares in found.by_organ.items() if pk in organs]
    return [
        {
            "organ": organ,
            "law": cell(found, shares[False], organ=organ.pk, nature="law"),
            "local": cell(found, shares[True], organ=organ.pk, nature="local"),
        }
        for organ, shares in sorted(known, key=lambda one: one[0].sort_key)
    ]


def by_clause(found: Figures, *, local: bool) -> list[dict]:
    nature = "local" if local else "law"
    return [
        {
            "title": label_words(clause.title),
            "basis": clause.basis,
            **cell(found, share, limit=clause.limit, basis=clause.basis, nature=nature),
        }
        for clause, share in sorted(found.by_clause.items(), key=lambda one: (one[0].limit, one[0].basis))
        if clause.local == local
    ]


def flows(found: Figures, organs: dict[int, Organ]) -> list[dict]:
    """Both directions of a pair in one line."""
    pairs = {
        tuple(sorted(pair, key=lambda pk: (not organs[pk].is_township, pk)))
        for pair in found.flows
        if known(pair, organs)
    }
    lines = [
        {
            "one": organs[a],
            "other": organs[b],
            "there": found.flows.get((a, b), {}),
            "back": found.flows.get((b, a), {}),
            "cells": [*_flow(found, (a, b)), *_flow(found, (b, a))],
        }
        for a, b in pairs
    ]
    return sorted(lines, key=lambda line: (line["one"].sort_key, line["other"].sort_key))


def _flow(found: Figures, pair: tuple[int, int]) -> list[list[dict]]:
    """What was sent; and of that, what was objected to and what was sent back."""
    counts, (sender, receiver) = found.flows.get(pair, {}), pair
    cells = (("sent",), ("objected", "returned"))
    return [
        [number(found, counts.get(which, 0), which, sender=sender, receiver=receiver) for which in cell]
        for cell in cells
    ]


def known(pair: Iterable[int], organs: dict[int, Organ]) -> bool:
    return all(pk in organs for pk in pair)


def refusals(found: Figures, organs: dict[int, Organ]) -> list[dict]:
    lines = [
        {
            "organ": organs[organ],
            "kind": workflows()[kind]._meta.verbose_name,
            "step": refusing()[kind, step],
            **number(found, count, REFUSED, organ=organ, kind=kind, step=step),
        }
        for (organ, kind, step), count in found.refusals.items()
        if organ in organs
    ]
    return sorted(lines, key=lambda line: (line["organ"].sort_key, str(line["kind"]), str(line["step"])))


def trend(found: Figures) -> dict:
    """Twelve months as a table, and as a drawing: law solid with dots, local targets dashed with squares."""
    months = [
        {"month": month, "law": shares[False], "local": shares[True], "x": _x(place)}
        for place, (month, shares) in enumerate(found.by_month.items())
    ]
    for one in months:
        one["label"] = _month_words(one["month"])
        one["law_y"], one["local_y"] = _y(one["law"]), _y(one["local"])
    return {
        "months": months,
        "width": WIDTH,
        "height": HEIGHT,
        "law_line": _line(months, "law_y"),
        "local_line": _line(months, "local_y"),
        "grid": [{"percent": p, "y": _height(p)} for p in (100, 80, 60, 40, 20, 0)],
        "left": LEFT,
        "floor": HEIGHT - BOTTOM + 20,
    }


def _month_words(month: date) -> str:
    return pgettext("month of a chart", "%(month)d月") % {"month": month.month}


def _x(place: int) -> int:
    return LEFT + 20 + place * (WIDTH - LEFT - 40) // 11


def _height(percent: float) -> int:
    return round(TOP + (100 - percent) * (HEIGHT - TOP - BOTTOM) / 100)


def _y(share: Share) -> int | None:
    """Where too few fell due there is no percentage, and no point."""
    return None if share.percent is None else _height(share.percent)


def _line(months: list[dict], name: str) -> str:
    return " ".join(f"{one['x']},{one[name]}" for one in months if one[name] is not None)
