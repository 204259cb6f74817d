"""How an order comes about in the tests: short verbs of those who supervise and those who answer."""

from datetime import date

from coordination.kernel.steps import begin
from supervision.models import Order
from tests.county import Story, organ, person


class OrderStory(Story):
    """A department lets a referral lie; those who supervise it write."""

    def order(self, by: str = "sifa.supervisor1", **facts) -> Order:
        """A draft; by default the justice bureau's opinion about nothing in particular."""
        known = {
            "paper": "opinion",
            "supervised": organ("shengtai"),
            "title": "移送材料超期未受理",
            "source": "monitoring",
            "rule_missed": "案件移送制度 三（七）",
            "facts_found": "收到移送材料后未出具送达回证。",
            "finding": "未按规定受理",
            "requirement": "立即受理并出具送达回证。",
            "answer_by": date(2026, 9, 28),
            "report_duty": "",
        }
        if facts.get("paper") == "rectification":
            known |= {"situation": "not_shared", "rule_missed": "", "title": "处罚信息没有共享"}
        return begin(Order, "draft", person(by), **(known | facts))

    def issued(self, order: Order | None = None, signer: str = "sifa.approver") -> Order:
        return self.take(order or self.order(), "issue", signer, words="同意")

    def answered(self, order: Order | None = None, **facts) -> Order:
        return self.take(order or self.issued(), "reply", self.receiver, **({"answer": "已受理"} | facts))

    def verified(self, order: Order | None = None) -> Order:
        return self.take(order or self.answered(), "confirm", "sifa.supervisor1", grade="good", words="已核实")
