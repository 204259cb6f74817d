"""A dispute told by short verbs: a township sends, a bureau objects, and both climb the county's ladder."""

from datetime import date

from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.organs import Organ
from coordination.kernel.steps import begin, perform
from disputes.models import Dispute
from referrals.models import Referral
from tests.county import Story, organ, person, upload

OBJECTION = {"finding": "现场涉及的职责不在本机关清单内", "legal_basis": "权责清单", "proposal": "请协商"}
TALK = {"participants": "双方分管领导", "words": "未达成一致"}
CLAIM = {
    "dispute_facts": "双方对该事项由谁管辖认识不一致。",
    "request": "请求由受移送方办理，该事项在其清单内。",
    "basis": "县事项目录第53项",
}
MEETING = {"place": "县司法局会议室", "participants": "双方分管领导", "words": "由受移送方办理，三日内交接。"}
#: The paper of a decision that a body off the platform has taken.
PAPER = {"decision_number": "忻政指〔2026〕1号", "decided_on": date(2026, 9, 21)}


class DisputeStory(Story):
    """Between Yangfangkou and the housing bureau, above both of which the county government stands."""

    department = "zhujian"
    bureau, government = "sifa.supervisor1", "xianfu.supervisor"

    def found_other(self, case, **facts):
        """To the housing bureau, whatever the catalogue suggests."""
        return super().found_other(case, **({"choice_reason": "现场属于该局监管的工地。"} | facts))

    def objected(self) -> Referral:
        return self.take(self.accepted(), "object", self.receiver, **OBJECTION)

    def negotiated(self) -> Referral:
        return self.take(self.objected(), "negotiate", self.officer, at=now(), **TALK)

    def raised(self, about: Matter | None = None, login: str = "", **facts) -> Dispute:
        """By the sender's officer, unless somebody else is named."""
        about = about or self.negotiated()
        known = Dispute.first_initial(about, now()) | {"outcome": "receiver"} | CLAIM | facts
        return begin(Dispute, "raise_dispute", person(login or self.officer), **known)

    def general(self, **facts) -> Dispute:
        """About duties, without a matter below."""
        known = {"kind_of": "duties", "title": "工地扬尘巡查职责划分", "respondent": organ(self.department)}
        known |= {"outcome": "respondent", "interim": organ(self.township)} | CLAIM
        return begin(Dispute, "raise_dispute", person(self.officer), **(known | facts))

    def in_hand(self, dispute: Dispute | None = None, login: str = "") -> Dispute:
        accepted = {"handler": "金允", "phone": "0350-1"}
        return self.take(dispute or self.raised(), "accept", login or self.bureau, **accepted)

    def stated(self, dispute: Dispute, login: str, outcome: str, **facts) -> Dispute:
        known = {"words": "本单位的事实和理由。", "basis": "权责清单"}
        return self.take(dispute, "state", login, outcome=outcome, **(known | facts))

    def heard(self, dispute: Dispute | None = None, login: str = "") -> Dispute:
        """Both sides have written."""
        dispute = self.stated(self.in_hand(dispute, login), self.officer, "receiver")
        return self.stated(dispute, self.receiver, "sender")

    def unsettled(self) -> Dispute:
        return self.take(self.heard(), "end_settling", self.bureau, words="双方坚持各自意见")

    def before_the_government(self) -> Dispute:
        asked = {"request": "请求裁决由受移送方管辖。", "basis": "县事项目录第53项", "outcome": "receiver"}
        return self.heard(self.take(self.unsettled(), "apply", self.receiver, **asked), self.government)

    def decided(self, outcome: str, designated: Organ | None = None, dispute: Dispute | None = None) -> Dispute:
        known = {"finding": "经查阅清单、听取双方意见。", "words": "按事项清单确定。"}
        dispute = dispute or self.before_the_government()
        drafted = self.take(dispute, "draft_decision", self.government, outcome=outcome, designated=designated, **known)
        return self.take(drafted, "decide", "xianfu.head")

    def taken_up(self, dispute: Dispute) -> Dispute:
        """By the common superior, which nobody has asked."""
        return self.take(dispute, "take_up", self.government, handler="赵科", phone="0350-2")

    def heard_by_the_superior(self, dispute: Dispute) -> Dispute:
        dispute = self.stated(self.taken_up(dispute), self.officer, "receiver")
        return self.stated(dispute, self.receiver, "sender")

    def on_paper(self, dispute: Dispute, name: str, **facts) -> Dispute:
        """What an organ off the platform has done, recorded by the applicant."""
        scan = upload(dispute, self.officer, "scan", "书面凭证")
        perform(dispute, name, person(self.officer), behalf={"scan": scan}, **facts)
        return Dispute.objects.get(pk=dispute.pk)
