"""A suspected crime told by short verbs: a department finds it, the police act on paper and the sender records it."""

from coordination.kernel.catalogue import Item
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.steps import begin, perform
from referrals.models import CriminalTransfer
from tests.county import Story, organ, person, upload


class CriminalStory(Story):
    """The bureau of ecology holds the case; police and procuratorate are off the platform."""

    township = "shengtai"
    head = "shengtai.head"

    def case(self, **facts):
        known = {
            "title": "非法倾倒危险废物",
            "place": organ("yangfangkou"),
            "item": Item.objects.get(number=self.item),
            "basic_facts": "2026年9月查实该公司在厂区西侧渗坑倾倒废矿物油约6吨，无危险废物转移联单。",
        }
        return super().case(**(known | facts))

    def group(self, case: Matter | None = None, **facts) -> CriminalTransfer:
        case = case or self.case()
        known = CriminalTransfer.first_initial(case, now()) | {
            "crime": "污染环境罪",
            "crime_basis": "刑法第三百三十八条，非法倾倒危险废物三吨以上",
            "members": [person(self.officer), person(self.second)],
            "materials": self.evidence(case),
        }
        return begin(CriminalTransfer, "form_group", person(self.officer), **(known | facts))

    def reported(self, transfer: CriminalTransfer | None = None, **facts) -> CriminalTransfer:
        transfer = transfer or self.group()
        report = upload(transfer, self.officer, "evidence", "涉嫌犯罪案件情况的调查报告")
        known = {
            "proposal": "transfer",
            "report_words": "现场核实、称重属实，达到追诉标准。",
            "investigation_report": report,
            "appraisal_note": "废矿物油列入国家危险废物名录，依法不需要另行鉴定。",
        }
        return self.take(transfer, "propose", self.officer, **(known | facts))

    def approved(self, transfer: CriminalTransfer | None = None, **facts) -> CriminalTransfer:
        return self.take(transfer or self.reported(**facts), "approve", self.head, words="同意移送")

    def sent(self, transfer: CriminalTransfer | None = None) -> CriminalTransfer:
        return self.take(transfer or self.approved(), "send", self.officer)

    def told(self, transfer: CriminalTransfer, name: str, /, **facts) -> CriminalTransfer:
        """What the police or the procuratorate did, recorded by an officer of the sender, with the paper."""
        scan = upload(transfer, self.officer, "scan", "书面凭证")
        known = {"at": now()} | facts
        perform(transfer, name, person(self.officer), behalf={"scan": scan}, **known)
        return CriminalTransfer.objects.get(pk=transfer.pk)

    def received(self, transfer: CriminalTransfer | None = None, **facts) -> CriminalTransfer:
        return self.told(transfer or self.sent(), "sign_receipt", **({"received_by": "李警官"} | facts))

    def filed(self, transfer: CriminalTransfer | None = None, **facts) -> CriminalTransfer:
        return self.told(transfer or self.received(), "file_case", **({"filing_number": "宁公立〔2026〕9号"} | facts))

    def declined(self, transfer: CriminalTransfer | None = None, **facts) -> CriminalTransfer:
        known = {
            "notice_number": "宁公不立〔2026〕3号",
            "not_filed_reasons": "数量未达追诉标准",
            "returned_files": "案卷一册",
        }
        return self.told(transfer or self.received(), "decline_to_file", **(known | facts))

    def reconsidering(self, transfer: CriminalTransfer | None = None) -> CriminalTransfer:
        transfer = transfer or self.declined()
        return self.take(transfer, "ask_reconsideration", self.officer, reasons="称重记录证明数量超过三吨")

    def supervised(self, transfer: CriminalTransfer) -> CriminalTransfer:
        return self.take(transfer, "ask_supervision", self.officer, reasons="称重记录证明数量超过三吨")

    def handed_over(self, transfer: CriminalTransfer | None = None) -> CriminalTransfer:
        transfer = self.take(transfer or self.filed(), "list_handover", self.officer)
        sealed = upload(transfer, self.officer, "scan", "双方签字盖章的移交清单")
        facts = {"at": now(), "handed_to": "李警官", "sealed_scan": sealed}
        return self.take(transfer, "hand_over", self.officer, **facts)
