"""What every tale has: its days, its organs and people, and the doors to the steps and the materials."""

from datetime import date, datetime
from functools import cached_property

from cases.models import Case
from coordination.demo import papers
from coordination.demo.almanac import Almanac
from coordination.demo.cast import Cast
from coordination.kernel.catalogue import competent
from coordination.kernel.journal import Entry
from coordination.kernel.materials import Material, store
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.organs import Organ, Role, User
from coordination.kernel.steps import begin, perform
from disputes.models import Dispute
from referrals.models import Referral


class Fresh:
    """A matter of a tale as it stands now: read again after every step."""

    def __init__(self, model: type[Matter]) -> None:
        self.model = model

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, tale, owner=None) -> Matter | None:
        if self.name not in tale.seen and self.name in tale.ids:
            tale.seen[self.name] = self.model.objects.get(pk=tale.ids[self.name])
        return tale.seen.get(self.name)

    def __set__(self, tale, matter: Matter) -> None:
        tale.ids[self.name], tale.seen[self.name] = matter.pk, matter


class Told:
    """A scenario told in the county of `cast`; `begins`: its first day, in working days before the almanac's day 0.

    `case` is the finder's, `referral` its latest referral, `own` the receiver's case, `dispute` what is
    disputed about.
    """

    case = Fresh(Case)
    referral = Fresh(Referral)
    own = Fresh(Case)
    dispute = Fresh(Dispute)

    def __init__(self, scenario: dict, cast: Cast, almanac: Almanac, begins: int) -> None:
        self.scenario, self.cast, self.almanac, self.begins = scenario, cast, almanac, begins
        self.ids: dict[str, int] = {}
        self.seen: dict[str, Matter] = {}

    @property
    def pursued(self) -> Case:
        """The case that is pursued: the receiver's own where there is one, else the finder's."""
        return self.own or self.case

    def day(self, number: int, clock: str) -> datetime:
        """`clock` on the tale's day `number`; 0 is its first."""
        return self.almanac.day(self.begins + number, clock)

    def ago(self, **span: float) -> datetime:
        """So long before the present, for limits that run by the hour."""
        return self.almanac.ago(**span)

    def minute(self) -> datetime:
        """The present minute of the tale, as people write it down."""
        return now().replace(second=0, microsecond=0)

    @cached_property
    def finder(self) -> Organ:
        return self.cast.organs[self.scenario["organ"]]

    @cached_property
    def place(self) -> Organ:
        return self.cast.organs[self.scenario["place"]]

    @cached_property
    def other(self) -> Organ:
        """Whose it is, on the day on which the tale first asks."""
        return self.whose(now().date())

    @cached_property
    def designated(self) -> Organ:
        """Whom a decision designates."""
        return self.cast.organs[self.scenario["designated"]]

    def whose(self, day: date) -> Organ:
        """Who acts on the item there: as the catalogue says of `day`; without an item, as the scenario says."""
        if "item" not in self.scenario:
            return self.cast.organs[self.scenario["receiver"]]
        return competent(self.cast.items[self.scenario["item"]], self.place, day).executor

    def officer(self, organ: Organ) -> User:
        """Who handles this tale in `organ`."""
        return self.pair(organ)[0]

    def pair(self, organ: Organ) -> list[User]:
        """The two officers who sign (案件移送制度 三（四）); tales take turns as to who is first."""
        two = self.cast.officers(organ, now().date())[:2]
        return two[::-1] if int(self.scenario["key"][1:]) % 2 else two

    def clerk(self, organ: Organ) -> User:
        """Who signs for letters."""
        return self.cast.one(organ, Role.REGISTRY, Role.LIAISON, Role.OFFICER)

    def begin(self, model: type[Matter], step: str, user: User, /, *, organ: Organ, **facts) -> Matter:
        """Bring a matter into the world by its first step."""
        self.seen.clear()
        return begin(model, step, user, organ=organ, **facts)

    def do(self, matter: Matter, step: str, user: User, **facts) -> Entry:
        """Take a step; afterwards the matters of the tale are looked at anew."""
        self.seen.clear()
        return perform(matter.pk, step, user, **facts)

    def keep(self, matter: Matter, upload, kind: str, title: str, organ: Organ) -> Material:
        """Add an upload to a matter, for `organ`, by its handler."""
        actor = self.cast.actor(self.officer(organ), organ)
        return store(matter, upload, kind=kind, title=title, actor=actor, moment=now(), pages=1)

    def stamp(self) -> tuple[str, str]:
        """What a camera would print on a picture: what, where and when."""
        return self.scenario["title"], f"{self.where()}  {now():%Y-%m-%d %H:%M}"

    def where(self) -> str:
        return f"{self.place.short_name}{self.scenario['village']}"

    def paper(self, title: str, *lines: str, seals: tuple[str, ...]):
        """A sealed page: some organs have a scanner, others photograph it."""
        return (papers.page if int(self.scenario["key"][1:]) % 4 else papers.scan)(title, *lines, seals=seals)
