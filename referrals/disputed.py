"""What becomes of a referral that was objected to or in dispute (案件移送制度 四（十）, 行政处罚法 art. 25)."""

from coordination.kernel.clocks import Clock
from coordination.kernel.organs import Organ
from referrals.flow import ANSWER, DISPUTE_ENDS, FILE, HANDOVER, RECEIPT_ACCEPTS, RECEIVER, TALKING, Stage


class Disputed:
    """The ways out of an objection and of a dispute."""

    def go_on(self) -> str:
        """The matter goes on with the receiver where it stood before the objection, under the clock of that place."""
        untalked = self.disputed_from and self.disputed_from not in TALKING
        place = Stage(self.disputed_from if untalked else self.objected_from)
        start = FILE.since("accepted_at") if place == Stage.ACCEPTED else ANSWER.since("served_at")
        if not self.act.book.of(start.limit):  # it runs on where nobody had objected
            self.act.book.start(start, organ=RECEIVER.organ(self))
        untouched = place == Stage.SERVED and RECEIPT_ACCEPTS.holds(self, self.act.moment)
        if untouched and not self.act.book.of(HANDOVER):  # from the day on which the objection is out of the way
            self.act.book.start(HANDOVER.since("served_at"), since=self.act.moment)
        return place

    def pass_to(self, designated: Organ) -> None:
        """A third organ is designated: the letter is served on it now, its clocks are new, and whoever keeps the matter
        hands over; until then he bears it."""
        if self.handed_over_at and not self.receiver.off_platform:
            self.keeper = self.receiver
        self.receiver, self.served_at, self.signed_at = designated, self.act.moment, None
        self.forget_the_former_receiver()
        for limit in DISPUTE_ENDS:
            self.act.book.stop(limit, Clock.State.REPLACED)
        self.act.book.start(ANSWER.since("served_at"))
        if RECEIPT_ACCEPTS.holds(self, self.act.moment):
            self.act.book.start(HANDOVER.since("served_at"))

    def forget_the_former_receiver(self) -> None:
        """How it was told and served, what it checked, asked for and held, stays in the journal: none of it is the
        designated organ's."""
        self.told_at = self.sender_confirmed_at = self.handed_over_at = self.accepted_at = None
        self.supplement_asked_at = self.supplied_at = self.opinion_organ = None
        self.oral_outcome = self.service_method = self.differences = ""

    def disputants(self) -> list[int | None]:
        return [self.sender_id, self.receiver_id]

    @property
    def talked(self) -> bool:
        """A negotiation is on record (案件移送制度 四（十）, NW-1.17)."""
        return Stage.NEGOTIATING in (self.stage, self.disputed_from)
