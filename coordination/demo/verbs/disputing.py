"""The verbs of a dispute: who raises it, what both sides write, what the body does."""

from coordination.demo.verbs.told import Told
from coordination.kernel.now import now
from coordination.kernel.organs import Organ, Role
from disputes.models import Dispute

#: Who acts for a body: who handles, who signs.
HANDLING, SIGNING = (Role.SUPERVISOR, Role.LIAISON), (Role.PRINCIPAL_HEAD, Role.APPROVER)
#: What each side of a referral, or of a case that no letter has left, holds, and the words in which it says so.
HELD = {
    "competent": "该事项在对方单位执法事项清单内，现场情况与清单所列一致，应当由对方办理。",
    "holder": "现场行为与本单位清单所列事项的构成不同，发现单位可以依职责处理，应当由发现单位办理。",
    "receiver": "该事项在受移送方执法事项清单内，现场情况与清单所列一致，应当由受移送方办理。",
    "sender": "现场行为与清单所列事项的构成不同，本单位没有相应执法权，应当由移送方办理。",
}
#: What the other side asks for.
AGAINST = {
    "competent": "holder",
    "holder": "competent",
    "receiver": "sender",
    "sender": "receiver",
    "respondent": "applicant",
}
DUTIES = "请求明确由申请方负责日常巡查，发现问题后依法处置。"


class Disputing(Told):
    def raise_dispute(self, by: Organ, outcome: str, **other) -> None:
        """`by` takes the referral, or the case before there is one, into a dispute and says how it should end."""
        about = self.referral or self.case
        facts = {
            "dispute_facts": "双方对现场行为属于哪一项执法事项、由谁管辖认识不一致。",
            "talks": "双方到现场核对并当面协商，未能达成一致。" if about.talked else "",
            "request": HELD[outcome],
            "basis": "《中华人民共和国行政处罚法》第二十五条；县事项目录及本单位权责清单。",
            "outcome": outcome,
        }
        known = Dispute.first_initial(about, now()) | facts | other
        self.dispute = self.begin(Dispute, "raise_dispute", self.officer(by), organ=by, **known)

    def raise_general(self, other: Organ) -> None:
        """About duties in general: no matter lies below."""
        facts = {
            "kind_of": "duties",
            "title": self.scenario["title"],
            "respondent": other,
            "interim": self.finder,
            "dispute_facts": self.scenario["basic_facts"],
            "request": "请求明确由对方负责日常巡查，发现问题后依法处置。",
            "basis": self.scenario["basis"],
            "outcome": "respondent",
        }
        self.dispute = self.begin(Dispute, "raise_dispute", self.officer(self.finder), organ=self.finder, **facts)

    def record_talks(self, by: Organ, words: str) -> None:
        facts = {"at": self.minute(), "participants": self._both(), "words": words}
        self.do(self.dispute, "record_talks", self.officer(by), **facts)

    def propose(self, by: Organ, outcome: str, words: str) -> None:
        self.do(self.dispute, "propose", self.officer(by), **self._meeting(outcome, words, "对方单位会议室"))

    def end_talks(self, by: Organ) -> None:
        self.do(self.dispute, "end_talks", self.officer(by), words="两次协商未能达成一致。")

    def ask_next_rung(self, by: Organ) -> None:
        """Each side asks for what it holds itself."""
        claimed, own = self.dispute.claim_outcome, by == self.dispute.applicant
        outcome = claimed if own else AGAINST[claimed]
        request = self.dispute.request if own else HELD.get(outcome, DUTIES)
        facts = {"outcome": outcome, "request": request, "basis": self.dispute.basis}
        self.do(self.dispute, "apply", self.officer(by), talks="前一级处理后双方仍有分歧。", **facts)

    def accept_dispute(self) -> None:
        handler = self.cast.one(self.dispute.body, *HANDLING)
        facts = {"handler": handler.name, "phone": "0350-0002000", "words": "请双方说明现场情况和所依据的清单事项。"}
        self.do(self.dispute, "accept", handler, **facts)

    def take_up_dispute(self) -> None:
        """The common superior, which nobody has asked (行政处罚法 art. 25)."""
        handler = self.cast.one(self.dispute.superior, *HANDLING)
        words = "该事项影响范围较大，由本级直接受理，请双方提交书面意见。"
        self.do(self.dispute, "take_up", handler, handler=handler.name, phone="0350-0002001", words=words)

    def state(self, by: Organ, outcome: str, words: str = "", designated: Organ | None = None) -> None:
        facts = {
            "outcome": outcome,
            "designated": designated,
            "words": words or HELD[outcome],
            "basis": "县事项目录及本单位权责清单。",
        }
        self.do(self.dispute, "state", self.officer(by), **facts)

    def hear(self, words: str) -> None:
        facts = {"at": self.minute(), "participants": self._both(), "words": words}
        self.do(self.dispute, "hear", self.cast.one(self.dispute.body, *HANDLING), **facts)

    def mediate(self, outcome: str, words: str) -> None:
        handler = self.cast.one(self.dispute.body, *HANDLING)
        place = f"{self.dispute.body.short_name}会议室"
        self.do(self.dispute, "propose_settlement", handler, **self._meeting(outcome, words, place))

    def consent(self, by: Organ) -> None:
        user = self.officer(by)
        self.do(self.dispute, "consent", user, signer=user.name)

    def end_settling(self) -> None:
        words = "两次调解，双方坚持各自意见，未能达成一致。"
        self.do(self.dispute, "end_settling", self.cast.one(self.dispute.body, *HANDLING), words=words)

    def draft_decision(self, outcome: str, designated: Organ | None = None) -> None:
        facts = self._decision(outcome, designated)
        self.do(self.dispute, "draft_decision", self.cast.one(self.dispute.body, *HANDLING), **facts)

    def sign_decision(self) -> None:
        self.do(self.dispute, "decide", self.cast.one(self.dispute.body, *SIGNING))

    def conclude_dispute(self, by: Organ) -> None:
        self.do(self.dispute, "conclude", self.officer(by), words="双方已按处理结果办理，材料核对无误。")

    def withdraw_dispute(self, by: Organ, words: str) -> None:
        self.do(self.dispute, "withdraw", self.officer(by), words=words)

    def on_paper(self, step: str, paper: str, **facts) -> None:
        """What a body off the platform has done, recorded by the applicant with a scan of its paper."""
        dispute = self.dispute
        seals = (dispute.body.short_name,)
        scan = self.keep(dispute, self.paper(paper, dispute.title, seals=seals), "scan", paper, dispute.applicant)
        behalf = {"scan": scan, "words": f"根据{paper}记录"}
        self.do(dispute, step, self.officer(dispute.applicant), behalf=behalf, **facts)

    def decided_on_paper(self, outcome: str, designated: Organ | None = None) -> None:
        paper = {"decision_number": "忻政指〔2026〕3号", "decided_on": now().date()}
        self.on_paper("draft_decision", "指定管辖决定书", **paper, **self._decision(outcome, designated))

    def _decision(self, outcome: str, designated: Organ | None) -> dict:
        return {
            "outcome": outcome,
            "designated": designated,
            "finding": "经查阅事项清单、核对现场并听取双方意见，争议行为的性质和所属事项已经查明。",
            "words": "双方应当执行本决定，自收到之日起三日内完成材料交接。",
        }

    def _meeting(self, outcome: str, words: str, place: str) -> dict:
        return {
            "outcome": outcome,
            "at": self.minute(),
            "place": place,
            "participants": self._both(),
            "words": words,
        }

    def _both(self) -> str:
        sides = (self.dispute.applicant, self.dispute.respondent)
        return "、".join(f"{organ.short_name}{self.officer(organ).name}" for organ in sides)
