"""The sender's verbs: draft, approval, letter, sheet; and by telephone first."""

from datetime import timedelta

from coordination.demo import papers
from coordination.demo.verbs.told import Told
from coordination.kernel.now import now
from coordination.kernel.organs import Organ, Role
from referrals.models import Referral

ON_PAPER = "in_person"


class Sending(Told):
    def draft(self, **other) -> None:
        """A referral of the case, with what the case and the catalogue already know. What was only reported goes as a
        lead; what was found on the spot, with evidence, as a case."""
        known = Referral.first_initial(self.case, now())
        known["kind_of"] = "lead" if self.scenario["source"] == "complaint" else "case"
        known |= {"officers": self.pair(self.case.holder), "copy_to": "县司法局"} | other
        self.referral = self.begin(Referral, "draft", self.officer(self.case.holder), organ=self.case.holder, **known)

    def submit(self) -> None:
        self.do(self.referral, "submit", self.officer(self.sender))

    def return_draft(self, words: str) -> None:
        self.do(self.referral, "return_draft", self._approver(), words=words)

    def approve(self) -> None:
        self.do(self.referral, "approve", self._approver(), words="同意移送")

    def revise(self, **other) -> None:
        """The draft is bettered: all its fields, some of them anew."""
        names = ("receiver", "choice_reason", "kind_of", "scope", "basic_facts", "jurisdiction_basis", "copy_to")
        names += ("property_declared", "urgency", "category")
        known = {name: getattr(self.referral, name) for name in names} | {"officers": self.pair(self.sender)}
        self.do(self.referral, "revise", self.officer(self.sender), **(known | other))

    def send(self) -> None:
        method = ON_PAPER if self.receiver.off_platform else "platform"
        self.do(self.referral, "send", self.officer(self.sender), service_method=method)

    def withdraw(self, words: str) -> None:
        self.do(self.referral, "withdraw", self.officer(self.sender), words=words)

    def tell_orally(self, outcome: str, words: str) -> None:
        """By telephone, approved by telephone a quarter of an hour before."""
        facts = {
            "told_at": self.minute(),
            "person": self.cast.one(self.receiver, Role.LIAISON, Role.OFFICER).name,
            "outcome": outcome,
            "words": words,
            "approved_by": self._approver().name,
            "approved_at": self.minute() - timedelta(minutes=15),
        }
        self.do(self.referral, "tell_orally", self.officer(self.sender), **facts)

    def serve_otherwise(self) -> None:
        """Left at the receiver's office, with a witness and a photograph."""
        photo = self.keep(
            self.referral, papers.photo("留置送达照片", *self.stamp()), "scan", "留置送达照片", self.sender
        )
        facts = {"service_method": "leaving", "at": self.minute(), "witness": "村委会主任 高新民", "photo": photo}
        words = "对方工作人员称须请示，不予签收；当场说明理由后留置，见证人签字。"
        self.do(self.referral, "serve_otherwise", self.officer(self.sender), words=words, **facts)

    def confirm_sent(self) -> None:
        """Two officers of whoever has the matter confirm the sheet and seal it."""
        keeper = self.referral.keeper
        lines = (f"移交单位：{keeper.name}", f"移交人：{'、'.join(one.name for one in self.pair(keeper))}")
        page = papers.page("案件移送材料交接单", *lines, seals=(keeper.short_name,))
        sealed = self.keep(self.referral, page, "scan", "移交方盖章的交接单", keeper)
        facts = {"officers": self.pair(keeper), "sealed_scan": sealed}
        self.do(self.referral, "confirm_sent", self.officer(keeper), **facts)

    def supply(self) -> None:
        """What the receiver asked for is added, then said to be there."""
        photo = papers.photo("补充照片", *self.stamp())
        self.keep(self.referral, photo, "photo", "补充照片", self.sender)
        self.do(self.referral, "supply", self.officer(self.sender), words="已补充现场照片，随案材料已更新。")

    def conclude(self) -> None:
        self.do(self.referral, "conclude", self.clerk(self.sender))

    @property
    def sender(self) -> Organ:
        return self.referral.sender

    @property
    def receiver(self) -> Organ:
        return self.referral.receiver

    def _approver(self):
        return self.cast.one(self.sender, Role.APPROVER, Role.LEADER_IN_CHARGE)
