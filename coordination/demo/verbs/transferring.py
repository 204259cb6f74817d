"""The verbs of a suspected crime: the special group, its report, the head's word, and what police and procuratorate do
on paper, which the sender records with a scan (国务院令第310号)."""

from coordination.demo import papers
from coordination.demo.verbs.told import Fresh, Told
from coordination.kernel.materials import Material
from coordination.kernel.now import now
from coordination.kernel.organs import Organ, Role
from referrals.criminal.documents import REPORT
from referrals.models import CriminalTransfer

#: What a scenario and the form of the first step both know; where more came out than the case says, its facts too.
NAMED = {"crime": "crime", "crime_basis": "crime_basis", "suspected_facts": "basic_facts"}
#: The step that is recorded → the paper that it is recorded by.
PAPERS = {
    "sign_receipt": "涉嫌犯罪案件移送书回执",
    "find_not_theirs": "不属管辖告知书",
    "pass_on": "案件转送告知书",
    "file_case": "立案告知书",
    "decline_to_file": "不予立案通知书",
    "uphold": "不予立案复议决定书",
    "order_filing": "通知立案书",
    "return_case": "案件退回函",
}


class Transferring(Told):
    """`transfer` is the tale's criminal transfer; `case` is the sender's."""

    transfer = Fresh(CriminalTransfer)

    def form_group(self, **earlier) -> None:
        """Two officers take it up, with all that the case knows; `earlier`: penalties given before."""
        known = CriminalTransfer.first_initial(self.case, now())
        known |= {field: self.scenario[name] for name, field in NAMED.items() if name in self.scenario} | earlier
        known |= {"suspected_at": self.minute(), "members": self.pair(self.finder)}
        self.transfer = self.begin(
            CriminalTransfer, "form_group", self.officer(self.finder), organ=self.finder, **known
        )

    def report_crime(self, proposal: str = "transfer") -> None:
        """The group reports in writing, with what was tested or why nothing had to be."""
        said = self.scenario
        facts = {"proposal": proposal, "report_words": said["report"], "appraisals": self._appraisals()}
        facts["investigation_report"] = self._paper(REPORT, said["report"])
        facts["appraisal_note"] = said.get("appraisal_note", "")
        self.do(self.transfer, "propose", self.officer(self.finder), **facts)

    def agree(self) -> None:
        self.do(self.transfer, "approve", self._head(), words="同意移送公安机关。")

    def refuse_transfer(self) -> None:
        self.do(self.transfer, "refuse", self._head(), refusal_reasons=self.scenario["reasons"])

    def send_to_police(self) -> None:
        self.do(self.transfer, "send", self.officer(self.finder))

    def sign_receipt(self) -> None:
        signer = self.cast.one(self.transfer.police, Role.LIAISON).name
        self.on_record("sign_receipt", self.transfer.police, received_by=signer)

    def find_not_theirs(self) -> None:
        self.on_record("find_not_theirs", self.transfer.police, words=self.scenario["reasons"])

    def pass_to_others(self) -> None:
        to = self.cast.organs[self.scenario["passed_to"]]
        self.on_record("pass_on", self.transfer.police, passed_to=to, words=self.scenario["reasons"])

    def file_with_police(self) -> None:
        self.on_record("file_case", self.transfer.police, filing_number=self._number("公（刑）立字"))

    def decline_with_police(self) -> None:
        facts = {"notice_number": self._number("公（刑）不立字"), "not_filed_reasons": self.scenario["declined"]}
        self.on_record("decline_to_file", self.transfer.police, returned_files="案卷一册，随通知书退回", **facts)

    def ask_reconsideration(self) -> None:
        reasons = self.scenario["reasons"]
        self.do(self.transfer, "ask_reconsideration", self.officer(self.finder), reasons=reasons)

    def uphold(self) -> None:
        words = "经复议，认为现有证据尚不足以证明有犯罪事实，维持不予立案。"
        self.on_record("uphold", self.transfer.police, notice_number=self._number("公（刑）复字"), words=words)

    def ask_supervision(self) -> None:
        self.do(self.transfer, "ask_supervision", self.officer(self.finder), reasons=self.scenario["reasons"])

    def order_filing(self) -> None:
        facts = {"notice_number": self._number("检通立"), "words": "不立案理由不能成立，通知公安机关立案。"}
        self.on_record("order_filing", self.transfer.procuratorate, **facts)

    def hand_over(self) -> None:
        """The list is made, then signed by both."""
        self.do(self.transfer, "list_handover", self.officer(self.finder), words="派两名执法人员送交，当面清点。")
        seals = (self.finder.short_name, self.transfer.police.short_name)
        sealed = self._paper("双方签字盖章的移交清单", "所列物品和材料逐项核对无误。", seals=seals)
        person = self.cast.one(self.transfer.police, Role.LIAISON).name
        facts = {"at": self.minute(), "handed_to": person, "sealed_scan": sealed, "words": "当面清点，双方签字。"}
        self.do(self.transfer, "hand_over", self.officer(self.finder), **facts)

    def return_case(self) -> None:
        self.on_record("return_case", self.transfer.police, words=self.scenario["reasons"])

    def conclude_transfer(self, fine: int, set_off: int) -> None:
        facts = {"at": self.minute(), "result": self.scenario["result"], "criminal_fine": fine, "fine_set_off": set_off}
        self.do(self.transfer, "conclude", self.officer(self.finder), **facts)

    def on_record(self, step: str, organ: Organ, **facts) -> None:
        """What `organ` has done off the platform, as its paper says."""
        name = PAPERS[step]
        page = papers.page(name, self.scenario["title"], seals=(organ.short_name,))
        scan = self.keep(self.transfer, page, "scan", name, self.finder)
        facts |= {"at": self.minute(), "behalf": {"scan": scan, "words": f"根据{name}记录"}}
        self.do(self.transfer, step, self.officer(self.finder), **facts)

    def _paper(self, title: str, *lines: str, seals: tuple[str, ...] = ()) -> Material:
        upload = self.paper(title, *lines, seals=seals or (self.finder.short_name,))
        return self.keep(self.transfer, upload, "scan", title, self.finder)

    def _appraisals(self) -> list[Material]:
        if "appraisal" not in self.scenario:
            return []
        title, said = self.scenario["appraisal"].split("：")
        upload = self.paper(title, said, seals=("鉴定机构",))
        return [self.keep(self.transfer, upload, "evidence", title, self.finder)]

    def _number(self, mark: str) -> str:
        """Such as police and procuratorates give: invented, one for each tale."""
        return f"宁{mark}〔{self.minute():%Y}〕{int(self.scenario['key'][1:])}号"

    def _head(self):
        return self.cast.one(self.finder, Role.PRINCIPAL_HEAD)
