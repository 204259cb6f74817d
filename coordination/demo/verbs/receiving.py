"""The receiver's verbs: sign, check line by line, answer, object; and what is recorded for an organ off the
platform."""

from cases.models import Case
from coordination.demo.verbs.sending import Sending
from coordination.kernel.materials import Material, MaterialKind, Tick
from coordination.kernel.materials import sheet as lines_of
from coordination.kernel.now import now
from coordination.kernel.organs import Organ, Role
from coordination.kernel.steps import review_evidence

SHEET = "双方盖章的交接单"


class Receiving(Sending):
    def sign_for(self) -> None:
        clerk = self.clerk(self.receiver)
        self.do(self.referral, "sign_for", clerk, signer=clerk.name)

    def listed(self) -> list[Material]:
        """What the handover sheet lists: scans of the sheet itself are none."""
        return [one.material for one in lines_of(self.referral) if one.material.kind != MaterialKind.SCAN]

    def take_over(self, differences: str = "") -> None:
        """Line by line with the sender's sheet; named differences leave the last line unticked."""
        lines = self.listed()
        facts = {
            "receiver_person": self.officer(self.receiver).name,
            "checked": lines[:-1] if differences else lines,
            "differences": differences,
            "sealed_scan": self._sealed_sheet(len(lines)),
        }
        self.do(self.referral, "confirm_received", self.officer(self.receiver), **facts)

    def _sealed_sheet(self, count: int, keeper: Organ | None = None):
        sides = (f"移送单位：{self.sender.name}", f"接收单位：{self.receiver.name}", f"所列材料{count}件，双方核对。")
        seals = (self.sender.short_name, self.receiver.short_name)
        upload = self.paper("案件移送材料交接单", *sides, seals=seals)
        return self.keep(self.referral, upload, "scan", SHEET, keeper or self.receiver)

    def review(self) -> None:
        """Each piece of the sender's evidence is examined before it is used (案件移送制度 五（十二）)."""
        actor = self.cast.actor(self.officer(self.receiver), self.receiver)
        lines = [line for line in lines_of(self.referral) if line.reviewable_by(self.receiver.pk)]
        review_evidence(self.referral, [Tick(one.material.pk, "ok") for one in lines], actor=actor, moment=now())

    def ask_supplement(self) -> None:
        facts = {
            "items": "当事人身份材料复印件；现场照片两张以上。",
            "why": "现有材料不足以确认当事人和违法行为发生的具体位置。",
            "by_day": self.almanac.calendar.working_day(now().date(), 5),
        }
        self.do(self.referral, "ask_supplement", self.officer(self.receiver), **facts)

    def object(self, organ: Organ | None = None, **other) -> None:
        facts = {
            "finding": "经核对事项清单，现场行为涉及的职责与来函所述不尽一致，本机关认为不属于本机关管辖。",
            "legal_basis": "县事项目录及本机关权责清单。",
            "competent_organ": organ,
            "proposal": "建议双方在三日内当面协商，共同到现场核对。",
        } | other
        self.do(self.referral, "object", self.officer(self.receiver), **facts)

    def negotiate(self, words: str) -> None:
        people = "、".join(self.officer(organ).name for organ in (self.sender, self.receiver))
        facts = {"at": self.minute(), "participants": people, "words": words}
        self.do(self.referral, "negotiate", self.officer(self.sender), **facts)

    def give_up_objection(self) -> None:
        words = "经共同到现场核对，该事项由本机关行使，撤回异议，继续办理。"
        self.do(self.referral, "give_up_objection", self.officer(self.receiver), words=words)

    def agree_return(self, words: str, competent: Organ | None = None) -> None:
        """Taken back: the sender's own, or still another's."""
        facts = {"again": "again" if competent else "own", "competent_organ": competent, "words": words}
        self.do(self.referral, "agree_return", self.officer(self.sender), **facts)

    def file(self) -> None:
        """The receiver files the case as its own."""
        words = "经审查移送材料，符合立案条件。"
        self.do(self.referral, "file_case", self.officer(self.receiver), words=words)
        self.own = Case.objects.get(pk=self.referral.links_out.get(kind="filed_case").target_id)

    def decline(self) -> None:
        facts = {"reasons": "经核查，当事人已自行改正，违法行为轻微且没有造成危害后果。"}
        facts["legal_basis"] = "《中华人民共和国行政处罚法》第三十三条第一款。"
        self.do(self.referral, "decline_to_file", self.officer(self.receiver), **facts)

    def return_result(self) -> None:
        facts = {"result": f"已作出行政处罚决定：{self.own.decision}", "executed": "当事人已履行完毕。"}
        facts["decision_number"] = self.own.decision_number
        self.do(self.referral, "return_result", self.officer(self.receiver), **facts)

    def recorded(self, step: str, paper: str, **facts) -> None:
        """A step of an organ off the platform, recorded by the sender with a scan of that organ's paper."""
        upload = self.paper(paper, f"{self.receiver.name}：", self.scenario["title"], seals=(self.receiver.short_name,))
        proof = self.keep(self.referral, upload, "scan", paper, self.sender)
        behalf = {"scan": proof, "words": f"根据{paper}记录"}
        self.do(self.referral, step, self.officer(self.sender), behalf=behalf, **facts)

    def recorded_take_over(self) -> None:
        """The other organ's contact has signed the sheet on paper."""
        lines = self.listed()
        facts = {"receiver_person": self.cast.one(self.receiver, Role.LIAISON).name, "checked": lines}
        facts["sealed_scan"] = self._sealed_sheet(len(lines), self.sender)
        self.recorded("confirm_received", "接收回执", **facts)
