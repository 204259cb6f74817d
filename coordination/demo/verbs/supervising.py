"""The verbs of who supervises and who answers, of what is owed by the calendar, and of patrols."""

from datetime import timedelta

from coordination.demo import papers
from coordination.demo.verbs.told import Fresh, Told
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ, Role, User
from coordination.kernel.steps import nudge
from supervision.duties.opening import open_duties
from supervision.models import Order, Patrol, PeriodicDuty

#: What a scenario and the form of an order both know.
KNOWN = (
    *("paper", "title", "source", "situation", "rule_missed", "facts_found", "finding", "requirement"),
    "report_duty",
)
STAFF = (Role.SUPERVISOR, Role.OFFICER, Role.LIAISON)


class Supervising(Told):
    order = Fresh(Order)
    duty = Fresh(PeriodicDuty)
    patrol = Fresh(Patrol)

    def of(self, name: str) -> Organ:
        return self.cast.organs[self.scenario[name]]

    def someone(self, name: str, *roles: str) -> User:
        return self.cast.one(self.of(name), *roles)

    def in_days(self, days: int):
        return self.minute().date() + timedelta(days=days)

    # orders
    def draft_order(self, **more) -> None:
        facts = {name: self.scenario.get(name, "") for name in KNOWN}
        facts["supervised"] = more.get("supervised") or self.of("supervised")
        facts["answer_by"] = self.in_days(self.scenario.get("days", 7))
        self.order = self.begin(Order, "draft", self.someone("by", *STAFF), organ=self.of("by"), **(facts | more))

    def draft_about_the_latest(self) -> None:
        """About the limit that is overdue longest, whoever bears it."""
        late = Clock.objects.filter(state="running", overdue_at__lte=self.minute(), nature="statutory")
        clock = late.exclude(organ=self.of("by")).select_related("organ", "matter").order_by("overdue_at", "pk")[0]
        self.draft_order(about=clock.matter, clock=clock, supervised=clock.organ, title=clock.matter.title)

    def urge(self, matter: Matter, limit: str) -> None:
        """催一下: the bearer of an open duty is reminded by who supervises it."""
        clock = Clock.objects.get(matter=matter.pk, limit=limit, state="running")
        nudge(clock.pk, self.someone("by", Role.SUPERVISOR))

    def draft_about(self, matter: Matter, limit: str) -> None:
        """About one limit of a matter, whoever bears it."""
        clock = Clock.objects.select_related("organ").get(matter=matter.pk, limit=limit, state="running")
        known = {"about": matter, "clock": clock, "supervised": clock.organ, "source": "monitoring"}
        self.draft_order(**known)

    def issue(self) -> None:
        signer = self.someone("by", Role.APPROVER, Role.PRINCIPAL_HEAD)
        self.do(self.order, "issue", signer, words="同意，请按期办理。")

    def reply(self, answer: str) -> None:
        upload = self.paper("办理结果反馈", *self.stamp(), answer, seals=(self.of("supervised").short_name,))
        scan = self.keep(self.order, upload, "scan", "书面反馈", self.of("supervised"))
        self.do(self.order, "reply", self.someone("supervised", Role.OFFICER), answer=answer, reply_scan=scan)

    def confirm(self, words: str) -> None:
        self.do(self.order, "confirm", self.someone("by", *STAFF), grade="good", words=words)

    def ask_more(self, words: str) -> None:
        self.do(self.order, "ask_more", self.someone("by", *STAFF), words=words, answer_by=self.in_days(7))

    def hold_to_account(self, facts_found: str) -> None:
        leader = self.someone("supervised", Role.PRINCIPAL_HEAD)
        facts = {"outcome": "talk", "basis": "执法线索相互告知工作机制 三（三）", "facts_found": facts_found}
        self.do(self.order, "hold_to_account", self.someone("by", *STAFF), leader=leader, **facts)

    def close_order(self) -> None:
        self.do(self.order, "close", self.someone("by", *STAFF), words="已核实整改到位，予以结案。")

    def revoke_order(self, words: str) -> None:
        self.do(self.order, "revoke", self.someone("by", *STAFF), words=words)

    # periodic duties
    def open_duties(self) -> None:
        open_duties()

    def training(self) -> PeriodicDuty:
        """The training of the scenario's department in this year."""
        year = self.minute().year
        return PeriodicDuty.objects.get(duty="training", bearer=self.of("by"), cycle_first__year=year)

    def record_duty(self, people: int, words: str) -> None:
        self.duty = self.training()
        upload = self.paper("培训签到表", *self.stamp(), words, seals=(self.of("by").short_name,))
        proof = self.keep(self.duty, upload, "scan", "培训签到表", self.of("by"))
        facts = {"on": self.minute().date(), "hours": None, "people": people, "words": words, "proof": proof}
        self.do(self.duty, "record", self.someone("by", Role.OFFICER, Role.LIAISON), **facts)

    def conclude_duty(self) -> None:
        self.do(self.duty, "conclude", self.someone("by", Role.OFFICER, Role.LIAISON))

    def excuse_duty(self, reason: str) -> None:
        """Nothing is called for in this year."""
        self.duty = self.training()
        self.do(self.duty, "excuse", self.someone("by", Role.PRINCIPAL_HEAD, Role.APPROVER), words=reason)

    # patrols
    def walk(self) -> None:
        facts = {name: self.scenario[name] for name in ("village", "place_text", "title", "words")}
        facts |= {"item": self.cast.items[self.scenario["item"]], "found_at": self.minute() - timedelta(minutes=20)}
        self.patrol = self.begin(Patrol, "discover", self.someone("by", Role.OFFICER), organ=self.of("by"), **facts)
        self.keep(self.patrol, papers.photo("巡查照片", *self.stamp()), "photo", "巡查照片", self.of("by"))

    def assign(self) -> None:
        given = {"handler": self.of("handler"), "handle_by": self.in_days(5), "words": "请尽快处置并反馈。"}
        self.do(self.patrol, "assign", self.someone("by", Role.LEADER_IN_CHARGE, Role.APPROVER), **given)

    def handle(self, words: str) -> None:
        self.do(self.patrol, "handle", self.someone("handler", Role.OFFICER), words=words)

    def feed_back(self, result: str) -> None:
        self.do(self.patrol, "feed_back", self.someone("handler", Role.OFFICER), result=result)

    def evaluate(self) -> None:
        self.do(self.patrol, "evaluate", self.someone("by", Role.OFFICER), grade="good", words="处置及时，现场已恢复。")

    def find_nothing(self, words: str) -> None:
        self.do(self.patrol, "find_nothing", self.someone("by", Role.OFFICER), words=words)
