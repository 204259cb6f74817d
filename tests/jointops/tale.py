"""What people do in joint operations and meetings, by short verbs."""

from datetime import date

from coordination.kernel.matters import Matter
from coordination.kernel.now import now, travel_to
from coordination.kernel.steps import begin, perform
from jointops.models import Meeting, Operation
from tests.county import at, organ, person, upload

PLAN = {
    "title": "秋季煤场扬尘联合执法",
    "content": "检查煤场密闭和抑尘措施、排污许可、土地手续。",
    "subject_name": "宁武县青石储运有限公司",
    "area": "阳方口镇辖区储煤场",
    "division": "生态环境部门检查排污许可和抑尘；阳方口镇检查占地和堆存。",
    "planned_from": date(2026, 9, 24),
    "planned_to": date(2026, 9, 25),
    "procedure": "一、集中进场；二、分组检查；三、现场告知。",
    "filing": "发现的违法行为由各机关在职权范围内分别立案。",
}


class JointStory:
    """阳方口镇 initiates, 生态环境 and 自然资源 take part."""

    initiator, approver = "yangfangkou.officer1", "yangfangkou.approver"
    first, second = "shengtai.officer1", "ziran.officer1"
    participants = ("shengtai", "ziran")

    def proposed(self, **facts) -> Operation:
        known = PLAN | {"participants": [organ(key) for key in self.participants]}
        return begin(Operation, "propose", person(self.initiator), **(known | facts))

    def circulated(self, **facts) -> Operation:
        return self.take(self.proposed(**facts), "circulate", self.approver, words="同意")

    def confirmed(self, operation: Operation | None = None, **facts) -> Operation:
        operation = operation or self.circulated(**facts)
        self.take(operation, "confirm", self.first, leader="王芳", people="4 人，采样车 1 辆")
        return self.take(operation, "confirm", self.second, leader="李强", people="2 人")

    def settled(self, operation: Operation | None = None) -> Operation:
        return self.take(operation or self.confirmed(), "settle", self.initiator)

    def carried_out(self, operation: Operation | None = None) -> Operation:
        operation = operation or self.settled()
        travel_to(at("2026-09-24 10:00"))
        facts = {"at": at("2026-09-24 08:30"), "attended": "三个机关共 8 人", "words": "发现煤堆未苫盖。"}
        return self.take(operation, "carry_out", self.initiator, **facts)

    def called(self, **facts) -> Meeting:
        known = {
            "meeting_kind": "regular",
            "title": "第三季度执法协商会议",
            "agenda": "秸秆焚烧巡查中的普遍性问题",
            "planned_at": at("2026-09-23 09:00"),
            "place_text": "镇政府二楼会议室",
            "invited": [organ(key) for key in self.participants],
        }
        return begin(Meeting, "call", person(self.initiator), **(known | facts))

    def held(self, meeting: Meeting | None = None) -> Meeting:
        meeting = meeting or self.called()
        facts = {
            "at": now(),
            "chair": "康春琴",
            "attending": [organ("shengtai")],
            "points": "一、联合巡查每周一次。",
        }
        return self.take(meeting, "hold", self.initiator, **facts)

    def scan(self, matter: Matter, login: str):
        return upload(matter, login, "scan", "书面答复")

    def take(self, matter: Matter, name: str, login: str, /, **facts):
        behalf = facts.pop("behalf", None)
        perform(matter, name, person(login), behalf=behalf, **facts)
        return type(matter).objects.get(pk=matter.pk)
