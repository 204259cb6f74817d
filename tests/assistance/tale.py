"""An assistance request told by short verbs: a township asks a department, which answers, extends, refuses."""

from datetime import date

from assistance.models import Assistance
from coordination.kernel.materials import Material
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.steps import begin, perform
from tests.county import Story, organ, person, upload

CONCLUSIONS = "1. 属于未经处理的洗煤废水。\n2. 悬浮物超过排放标准3.2倍。"


class AssistanceStory(Story):
    """The township's own case; the bureau of ecology is asked for a technical determination."""

    item = 44  # which the township itself holds

    def ask(self, case: Matter | None = None, **facts) -> Assistance:
        case = case or self.case()
        known = Assistance.first_initial(case, now()) | {
            "helper": organ(self.department),
            "kind_of": "technical",
            "technique": "testing",
            "questions": "外排的黑色液体是不是洗煤废水\n悬浮物是否超过排放标准",
            "materials": self.evidence(case),
            "contact": "",
        }
        return begin(Assistance, "draft", person(self.officer), **(known | facts))

    def approved(self, asked: Assistance | None = None, **facts) -> Assistance:
        asked = asked or self.ask(**facts)
        self.take(asked, "submit", self.officer)
        return self.take(asked, "approve", self.approver, words="同意")

    def sent(self, asked: Assistance | None = None, method: str = "platform", **facts) -> Assistance:
        return self.take(self.approved(asked, **facts), "send", self.officer, service_method=method)

    def received(self, asked: Assistance | None = None, **facts) -> Assistance:
        asked = asked or self.sent(**facts)
        return self.take(asked, "receive", self.receiver, signer="王芳", at=now())

    def supplement(self, asked: Assistance, by_day: date) -> Assistance:
        facts = {"items": "采样记录\n排污口照片", "why": "不能确认采样位置", "by_day": by_day}
        return self.take(asked, "ask_supplement", self.receiver, **facts)

    def extended(self, asked: Assistance, until: date) -> Assistance:
        facts = {"extension_ground": "样品须送市监测站复测", "until": until}
        return self.take(asked, "extend", self.receiver, **facts)

    def report(self, asked: Assistance) -> Material:
        return upload(asked, self.receiver, "evidence", "监测报告")

    def answered(self, asked: Assistance | None = None, **facts) -> Assistance:
        asked = asked or self.received()
        known = {
            "work_done": "9月21日现场采样三份，实验室检测。",
            "conclusions": CONCLUSIONS,
            "answer_basis": "煤炭工业污染物排放标准 GB 20426-2006",
            "opinion_limits": "只对送检样品负责",
            "evidence": [],
            "opinion_paper": self.report(asked),
            "experts": "郝工 高级工程师\n武工 工程师",
        }
        return self.take(asked, "answer", self.receiver, **(known | facts))

    def refused(self, asked: Assistance | None = None, **facts) -> Assistance:
        known = {
            "refusal_ground": "forbidden",
            "refusal_reasons": "所请事项涉及尚未公开的监测数据，规章明确禁止提供。",
            "refusal_basis": "有关规章",
        }
        return self.take(asked or self.received(), "refuse", self.receiver, **(known | facts))

    def recorded(self, asked: Assistance, name: str, /, **facts) -> Assistance:
        """What an organ off the platform did, recorded by the asker with its paper."""
        proof = upload(asked, self.officer, "scan", "书面凭证")
        perform(asked, name, person(self.officer), behalf={"scan": proof}, **facts)
        return Assistance.objects.get(pk=asked.pk)
