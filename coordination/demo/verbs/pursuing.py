"""The verbs of whoever has filed the case: announcement, hearing, review, decision, service, performance, close."""

from coordination.demo.verbs.told import Told
from coordination.kernel.organs import Role

FINE = "责令改正违法行为，处罚款人民币{yuan}元。"


class Pursuing(Told):
    def _take(self, step: str, **facts) -> None:
        self.do(self.pursued, step, self.officer(self.pursued.holder), **facts)

    def file_own(self) -> None:
        """The finder holds the item itself."""
        self._take("file_case", words="违法事实初步查明，属于本机关行使的事项，符合立案条件。")

    def order_to_stop(self) -> None:
        self._take("order_to_stop", at=self.minute(), words="当场送达责令停止违法行为通知书，当事人停止作业。")

    def order_to_correct(self) -> None:
        by_day = self.almanac.calendar.working_day(self.minute().date(), 5)
        self._take("order_to_correct", correction="停止违法行为，清除倾倒的渣土，恢复河道原状。", correct_by=by_day)

    def preserve(self) -> None:
        self._take("preserve", at=self.minute(), words="对可能灭失的证据登记保存，开具清单，由当事人签字。")

    def decide_preservation(self) -> None:
        self._take("decide_preservation", words="证据已固定，解除登记保存，物品返还当事人。")

    def announce(self) -> None:
        words = "送达行政处罚事先告知书，告知拟处罚的内容、事实、理由、依据和陈述申辩的权利。"
        self._take("announce", at=self.minute(), words=words)

    def hear_party(self) -> None:
        self._take("hear_party", at=self.minute(), words="当事人表示无异议，放弃陈述申辩。")

    def ask_review(self) -> None:
        self._take("ask_legal_review", words="拟作出行政处罚决定，属于须法制审核的事项，提请审核。")

    def pass_review(self) -> None:
        reviewer = self.cast.one(self.pursued.holder, Role.LEGAL_REVIEWER)
        self.do(self.pursued, "pass_review", reviewer, words="事实清楚，证据充分，适用依据正确，程序合法。")

    def return_review(self) -> None:
        reviewer = self.cast.one(self.pursued.holder, Role.LEGAL_REVIEWER)
        self.do(self.pursued, "return_review", reviewer, words="询问笔录缺当事人签名，请补正后再提交。")

    def suspend(self) -> None:
        self._take("suspend", words="须等待测绘机构的面积鉴定结论，中止调查。")

    def decide(self) -> None:
        serial = int(self.scenario["key"][1:])
        number = f"{self.pursued.holder.mark}罚〔{self.minute():%Y}〕{serial}号"
        self._take("decide", decision_number=number, decision=FINE.format(yuan=500 * (1 + serial % 9)))

    def serve(self) -> None:
        self._take("serve_decision", at=self.minute(), words="直接送达当事人，当事人签收。")

    def execute(self) -> None:
        self._take("record_execution", at=self.minute(), words="罚款已缴至代收银行，现场已整改。")

    def apply_to_court(self) -> None:
        self._take("apply_to_court", words="当事人逾期不履行，经催告仍不履行，申请人民法院强制执行。")

    def close(self) -> None:
        self._take("close", words="决定已履行完毕，予以结案。")

    def decline_own(self) -> None:
        words = "初次违法、危害后果轻微并及时改正，依法不予立案，已教育当事人。"
        self.do(self.case, "decline_to_file", self.officer(self.finder), words=words)

    def archive(self) -> None:
        """The finder's file is put away."""
        clerk = self.clerk(self.finder)
        self.do(self.case, "archive", clerk, at=self.minute(), words="案卷材料齐全，归档。")
