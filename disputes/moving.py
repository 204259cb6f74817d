"""How a dispute moves from rung to rung, and what it does to the matter below when it is settled."""

from coordination.kernel.clocks import Clock
from coordination.kernel.organs import Organ
from coordination.kernel.words import law_language
from disputes.flow import ANSWER, CONCLUDE, ESCALATE, NEGOTIATE, OF_A_RUNG, Stage

S = Stage


class Moving:
    """The ways of a dispute; each is called by a step and leaves saving to the doorway."""

    def climb(self) -> str:
        """The application lies before the body of the next rung, which bears the dispute from now on."""
        self.rung += 1
        self.body = Organ.objects.get(pk=self.ladder[self.rung]["organ"])
        self.holder, self.applied_at, self.awaited = self.body, self.act.moment, []
        self.act.book.stop(ESCALATE)
        self.show_below()
        return S.APPLIED

    def rise_to(self, rung: int) -> None:
        """The body of a higher rung has taken the dispute up by itself; both sides write to it."""
        self.end_rung()
        self.act.book.stop(ESCALATE)
        self.taken_up_from, self.rung = self.rung, rung
        self.body = Organ.objects.get(pk=self.ladder[rung]["organ"])
        self.holder, self.awaited = self.body, list(self.parties)
        self.applied_at = self.accepted_at = self.act.moment
        self.show_below()

    def show_below(self) -> None:
        """Whoever is to settle a dispute reads what it is about. Of a matter that is not moved (a complaint, a joint
        operation) it reads the dispute alone, and what the sides bring."""
        if self.lower is not None:
            self.act.next(self.about_id, "show_to_body", body=self.body)

    def leave_unsettled(self) -> None:
        """A rung has failed: both may ask the next one."""
        self.end_rung()
        self.holder, self.unsettled_at, self.awaited = self.applicant, self.act.moment, list(self.parties)

    def end_rung(self) -> None:
        for limit, state in OF_A_RUNG:
            self.act.book.stop(limit, state)

    def put_forward(self, actor, facts: dict, awaited: list[int]) -> None:
        """A proposal lies before those whose word is awaited."""
        self.propose_words(facts)
        self.proposed_by, self.proposed_at, self.awaited = actor.organ, self.act.moment, awaited

    def propose_words(self, facts: dict) -> None:
        self.proposed_outcome, self.proposed_organ = facts["outcome"], facts.get("designated")
        self.proposed_words = facts["words"]
        kept = ("at", "place", "participants", "finding", "reply_by")
        self.proposal = {name: str(facts[name]) for name in kept if facts.get(name)}

    def turn_down(self) -> str:
        """Back to the talks or the mediation; after a recommendation only the next rung is left."""
        if self.rung == 0:
            return self.talk_on()
        if self.recommending and not self.last:
            self.leave_unsettled()
            return S.UNSETTLED
        return self.go_on_in_hand()

    def talk_on(self) -> str:
        """Both owe talks again; whoever has proposed and waited, from now on."""
        self.act.book.stop(ANSWER, Clock.State.CANCELLED)
        self.awaited = list(self.parties)
        if not self.act.book.of(NEGOTIATE, self.proposed_by):
            self.act.book.start(NEGOTIATE.since("proposed_at"), organ=self.proposed_by, since=self.act.moment)
        return S.NEGOTIATING

    def go_on_in_hand(self) -> str:
        """The body has it in hand again; whoever has not written on this rung may still write."""
        self.act.book.stop(ANSWER, Clock.State.CANCELLED)
        written = self.statements.filter(rung=self.rung).values_list("organ_id", flat=True)
        self.awaited = [pk for pk in self.parties if pk not in written]
        return S.IN_HAND

    def pronounce(self) -> None:
        """What was drafted is decided, and told to both sides in the journal."""
        with law_language():
            for label, words in self.proposed():
                self.act.note(label, words)
        self.settle(self.proposed_outcome, self.proposed_organ, self.proposed_words)

    def keep_record(self, actor, facts: dict) -> None:
        """Of a decision that somebody records for the body: the number and the day of its paper, and who that was."""
        if actor.on_behalf_of is None:
            return
        self.decision_number, self.decided_on = facts["decision_number"], facts["decided_on"]
        self.recorded_by = actor.post.organ
        with law_language():
            for label, words in self.record_facts():
                self.act.note(label, words)

    def settle(self, outcome: str, designated: Organ | None, words: str) -> None:
        """It is over: the matter below moves accordingly, and the sides carry it out."""
        self.outcome, self.designated, self.result_words = outcome, designated, words
        self.holder, self.settled_at, self.awaited = self.applicant, self.act.moment, []
        self.end_rung()
        self.act.book.start(CONCLUDE.since("settled_at"))
        if self.lower is not None:
            by = self.body or self.proposed_by
            facts = {"outcome": outcome, "designated": designated, "words": words, "body": by.name}
            self.act.next(self.about_id, "abide_by", **facts)

    def keep_statement(self, actor, facts: dict) -> None:
        self.statements.create(
            organ=actor.organ,
            rung=self.rung,
            outcome=facts["outcome"],
            designated=facts.get("designated"),
            words=facts["words"],
            basis=facts["basis"],
            at=self.act.moment,
        )
