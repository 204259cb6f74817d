"""The smallest county in which a matter has a journal and materials: two organs, a person in each, bare matters.

The matters are made as rows, not by steps: what is tested here stands below the steps. Names are invented.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.models import Case
from coordination.kernel import journal
from coordination.kernel.matters import Matter, Participation
from coordination.kernel.now import CST
from coordination.kernel.organs import Actor, County, Organ, Post, User

MOMENT = datetime(2026, 9, 21, 9, 0, tzinfo=CST)


@dataclass
class World:
    county: County
    township: Organ
    department: Organ
    sender: Actor
    receiver: Actor

    def matter(self, number: str = "A1", *, sides: tuple[str, ...] = ("township", "department"), **more) -> Matter:
        """A bare case of the township; `sides` are the organs that take part."""
        case = Case.objects.create(
            number=number, kind="cases", county=self.county, title="占用农田堆放渣土", stage="lead",
            originator=self.township, holder=self.township, opened_by=self.sender.user, opened_at=MOMENT,
            discovered_at=MOMENT, basic_facts="堆放渣土约四十立方米", **more)  # fmt: skip
        for side in sides:
            Participation.objects.create(
                matter=case, kind=case.kind, organ=getattr(self, side), side=side, since=MOMENT
            )
        return case

    def write(self, matter: Matter, step: str = "verify", minutes: int = 0, **more) -> journal.Entry:
        """One entry of the township's officer."""
        words = {"label": step, "facts": [["核实情况", f"第 {minutes} 分钟"]]}
        return journal.append(
            matter, step=step, before="lead", after="lead", actor=self.sender, words=words,
            moment=MOMENT + timedelta(minutes=minutes), **more)  # fmt: skip


def small_world() -> World:
    county = County.objects.create(code="small", name="小县", mechanism="ningwu")
    township = _organ(county, "township", "云中镇", Organ.Kind.TOWNSHIP)
    department = _organ(county, "department", "县自然资源局", Organ.Kind.DEPARTMENT)
    return World(county, township, department, _officer(township, "赵春雨"), _officer(department, "钱秋实"))


def _organ(county: County, key: str, name: str, kind: str) -> Organ:
    return Organ.objects.create(county=county, key=f"small.{key}", name=name, short_name=name, kind=kind)


def _officer(organ: Organ, name: str) -> Actor:
    user = User.objects.create(username=organ.key, name=name, certificate_state=User.Certificate.VALID)
    return Actor(user, Post.objects.create(user=user, organ=organ, role="officer", since=MOMENT.date()))
