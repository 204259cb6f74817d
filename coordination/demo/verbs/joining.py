"""What several organs do together: plans, answers, each organ's own outcome; meetings and what they oblige to."""

from datetime import date, datetime

from coordination.demo.verbs.told import Fresh, Told
from coordination.kernel.organs import Organ, Role, User
from jointops.models import Meeting, Operation

HEADS = (Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)


class Joining(Told):
    operation = Fresh(Operation)
    meeting = Fresh(Meeting)

    def named(self, keys: list[str]) -> list[Organ]:
        return [self.cast.organs[key] for key in keys]

    def head(self, organ: Organ) -> User:
        return self.cast.one(organ, *HEADS)

    def handler(self, organ: Organ) -> User:
        return self.cast.one(organ, Role.OFFICER, Role.LIAISON, Role.SUPERVISOR)

    def plan_jointly(self, first: date, last: date) -> None:
        said = self.scenario
        kept = ("title", "subject_name", "area", "content", "division", "procedure", "filing")
        facts = {name: said[name] for name in kept} | {
            "participants": self.named(said["participants"]),
            "evidence": said.get("evidence", ""),
            "single_inspection": said.get("single", False),
            "needs_government": said.get("government", False),
            "planned_from": first,
            "planned_to": last,
        }
        self.operation = self.begin(Operation, "propose", self.officer(self.finder), organ=self.finder, **facts)

    def circulate(self) -> None:
        self.do(self.operation, "circulate", self.head(self.finder), words="同意按此方案实施")

    def say_yes(self, key: str) -> None:
        organ = self.cast.organs[key]
        facts = {"leader": self.head(organ).name, "people": "执法人员 4 人，车辆 1 辆", "words": ""}
        self.do(self.operation, "confirm", self.handler(organ), **facts)

    def say_no(self, key: str, words: str) -> None:
        self.do(self.operation, "decline", self.handler(self.cast.organs[key]), words=words)

    def settle(self, words: str = "") -> None:
        self.do(self.operation, "settle", self.officer(self.finder), words=words)

    def ask_government(self) -> None:
        facts = {"signer": self.head(self.finder).name, "reasons": self.scenario["reasons"], "words": ""}
        self.do(self.operation, "ask_government", self.head(self.finder), **facts)

    def carry_out(self) -> None:
        facts = {"at": self.minute(), "attended": "三个机关共 12 人", "words": self.scenario["findings"]}
        self.do(self.operation, "carry_out", self.officer(self.finder), **facts)

    def record_outcome(self, one: dict) -> None:
        facts = {"outcome": one["outcome"], "number": one.get("number", ""), "words": one["words"]}
        self.do(self.operation, "record_outcome", self.officer(self.cast.organs[one["organ"]]), **facts)

    def summarise(self) -> None:
        self.do(self.operation, "summarise", self.officer(self.finder), words=self.scenario["summary"])

    def cancel_operation(self, reason: str) -> None:
        self.do(self.operation, "cancel", self.officer(self.finder), words=reason)

    def call(self, planned_at: datetime) -> None:
        said = self.scenario
        facts = {name: said[name] for name in ("title", "agenda", "place_text")} | {
            "meeting_kind": said["kind"],
            "planned_at": planned_at,
            "invited": self.named(said["invited"]),
        }
        self.meeting = self.begin(Meeting, "call", self.officer(self.finder), organ=self.finder, **facts)

    def attend(self, key: str) -> None:
        organ = self.cast.organs[key]
        self.do(self.meeting, "attend", self.handler(organ), people=f"负责人 {self.head_or_handler(organ).name}")

    def excuse(self, key: str, words: str) -> None:
        self.do(self.meeting, "excuse", self.handler(self.cast.organs[key]), words=words)

    def head_or_handler(self, organ: Organ) -> User:
        return self.cast.one(organ, *HEADS, Role.OFFICER, Role.SUPERVISOR)

    def hold(self, coming: list[str]) -> None:
        facts = {
            "at": self.minute(),
            "chair": self.head(self.finder).name,
            "attending": self.named(coming),
            "points": self.scenario["points"],
            "differing": self.scenario.get("differing", ""),
        }
        self.do(self.meeting, "hold", self.officer(self.finder), **facts)

    def assign_task(self, task: dict, by_day: date) -> None:
        facts = {"organ": self.cast.organs[task["organ"]], "task": task["task"], "by_day": by_day}
        self.do(self.meeting, "assign", self.officer(self.finder), **facts)

    def report_done(self, task: dict) -> None:
        self.do(self.meeting, "report_done", self.handler(self.cast.organs[task["organ"]]), words=task["done"])

    def conclude_meeting(self) -> None:
        self.do(self.meeting, "conclude", self.officer(self.finder))

    def cancel_meeting(self, reason: str) -> None:
        self.do(self.meeting, "cancel", self.officer(self.finder), words=reason)
