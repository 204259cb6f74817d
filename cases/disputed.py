"""What a dispute about whose a case is does to the case (行政处罚法 art. 25): enforcement goes on meanwhile."""

from cases.flow import FILE, SENDING, UNDECIDED
from cases.words import DisputeOutcome
from coordination.kernel.clocks import Clock
from coordination.kernel.organs import Organ


class Disputed:
    """Between the organ that bears the case and the one that it has found to be competent."""

    def disputants(self) -> list[int | None]:
        return [self.holder_id, self.competent_organ_id]

    @property
    def disputable(self) -> bool:
        """It was found to be another's, and nobody has settled yet whose it is."""
        return self.competence_found_at is not None and not self.in_dispute and self.jurisdiction_settled_at is None

    def settle_whose(self, outcome: str, designated: Organ | None, words: str) -> None:
        """Whose it is, is no longer a question. Another's: the sending limit starts anew, and until the handover the
        holder bears it. The holder's own: it decides promptly whether to file."""
        self.in_dispute, self.jurisdiction_settled_at = False, self.act.moment
        self.act.book.stop(SENDING, Clock.State.REPLACED)
        if outcome == DisputeOutcome.HOLDER:
            self.keep_here()
        else:
            self.send_on(designated or self.competent_organ, words)

    def keep_here(self) -> None:
        self.designated, self.competent_organ, self.competence_found_at = True, None, None
        if self.filed_at is None and self.stage in UNDECIDED:
            self.act.book.start(FILE.since("jurisdiction_settled_at"))

    def send_on(self, organ: Organ, words: str) -> None:
        """What is already decided here stays decided."""
        self.designated, self.competent_organ, self.competence_reason = False, organ, words
        if self.stage in UNDECIDED:
            self.restart_sending()
