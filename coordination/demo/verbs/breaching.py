"""The verbs of a breach of the rules of information sharing: written down by who finds it, looked into by the authority
in charge (执法信息共享工作机制 三（五）)."""

from coordination.demo.verbs.told import Fresh, Told
from coordination.kernel.organs import Organ, Role
from infosharing.models import Breach, SharedRecord


class Breaching(Told):
    breach = Fresh(Breach)

    def record_breach(self, by: Organ, accused: Organ, words: str, record: SharedRecord | None = None) -> None:
        """`by` has found it; `record`: on which shared record, if on one."""
        facts = {"breach_kind": self.scenario.get("breach", "not_shared"), "happened_at": self.minute(), "words": words}
        self.breach = self.begin(
            Breach, "record_breach", self.officer(by), organ=by, accused=accused, record=record, **facts
        )

    def settle_breach(self, step: str, **facts) -> None:
        """What the authority's supervisor finds, or has seen to."""
        self.do(self.breach, step, self.cast.one(self.breach.authority, Role.SUPERVISOR), **facts)
