"""The verbs of a complaint: taken down on the telephone, verified, routed item by item, told back."""

from complaints.models import Complaint, ComplaintItem
from coordination.demo.verbs.told import Fresh, Told
from coordination.kernel.materials import Material
from coordination.kernel.organs import Organ, Role

#: What a scenario and the intake form both know.
KNOWN = (
    "channel",
    "medium",
    "passed_on_by",
    "sector",
    "title",
    "subject_name",
    "reported",
    "accused_words",
    "urgency",
    "ongoing",
    "anonymous",
    "asks_secrecy",
    "has_papers",
    "sealed_name",
    "sealed_phone",
    "sealed_address",
)
CLERKS = (Role.OFFICER, Role.SUPERVISOR, Role.LIAISON, Role.REGISTRY)


class Complaining(Told):
    complaint = Fresh(Complaint)

    def take_down(self) -> None:
        """Somebody is on the telephone; the organ that he asks writes it down."""
        facts = {name: self.scenario[name] for name in KNOWN if name in self.scenario}
        facts |= {"place": self.place, "place_text": self.where(), "received_at": self.minute()}
        if "item" in self.scenario:
            facts["item"] = self.cast.items[self.scenario["item"]]
        if "accused" in self.scenario:
            facts["accused"] = self.cast.organs[self.scenario["accused"]]
        self.complaint = self.begin(Complaint, "register", self.listener(self.finder), organ=self.finder, **facts)

    def listener(self, organ: Organ):
        """Who speaks with complainants: an officer where the organ has any."""
        return self.officer(organ) if self.cast.officers(organ, self.minute().date()) else self.cast.one(organ, *CLERKS)

    def accept_complaint(self, words: str = "已记录，安排人员到现场核实。") -> None:
        self.do(self.complaint, "accept", self.listener(self.complaint.asked), words=words)

    def decline_complaint(self) -> None:
        """Told on the telephone why it is not taken up."""
        facts = {"reasons": self.scenario["basic_facts"], "way": "telephone", "at": self.minute()}
        self.do(self.complaint, "decline", self.listener(self.complaint.asked), **facts)

    def return_complaint(self) -> None:
        reason = self.scenario["basic_facts"]
        self.do(self.complaint, "return_assigned", self.listener(self.complaint.asked), words=reason)

    def about(self, position: int = 1) -> ComplaintItem:
        return ComplaintItem.objects.get(complaint=self.complaint.pk, position=position)

    def say(self, step: str, organ: Organ, position: int = 1, **facts) -> None:
        """A step about one item, by whoever speaks for `organ`."""
        self.do(self.complaint, step, self.listener(organ), about=self.about(position), **facts)

    def add_to_complaint(self, words: str) -> None:
        self.do(self.complaint, "add_item", self.listener(self.finder), words=words)

    def answer_complaint(self, result: str, position: int = 1) -> None:
        self.say("answer", self.complaint.asked, position, result=result)

    def open_own_case(self) -> None:
        self.say("open_case", self.finder, words=self.scenario["basic_facts"])
        self.case = self.about().case

    def prepare_transfer(self) -> None:
        """Registered as another organ's lead; the record of the call and what was found on the spot go along."""
        upload = self.paper("投诉举报登记表", *self.stamp(), self.scenario["reported"], seals=(self.finder.short_name,))
        self.keep(self.complaint, upload, "source_material", "投诉举报登记表（不含身份信息）", self.finder)
        going = list(Material.objects.filter(matter_id=self.complaint.pk))
        facts = {"competent": self.other, "found_at": self.minute(), "words": self.scenario["basic_facts"]}
        self.say("transfer", self.finder, **facts, materials=going)
        self.case = self.about().case
        self.collect()

    def tell_transfer(self) -> None:
        facts = {"way": "telephone", "at": self.minute(), "words": "已告知移送情况，对方表示知道了。"}
        self.do(self.complaint, "tell_transfer", self.listener(self.finder), **facts)

    def pass_on(self) -> None:
        """The department's way: the complainant is told which township to go to, and the township at once."""
        township = self.cast.organs[self.scenario["receiver"]]
        facts = {
            "competent": township,
            "at": self.minute(),
            "person": self.listener(township).name,
            "papers": "redacted" if self.scenario.get("has_papers") else "none",
            "complainant_told": "电话告知向该乡镇反映，并告知联系电话。",
            "guidance": "请核对用地手续，按事项清单依法处理。",
            "choice_reason": "投诉人要求直接向乡镇当面反映。",
        }
        self.say("pass_on", self.finder, **facts)

    def take_up(self) -> None:
        self.say("take_up", self.about().competent, words="已派执法人员到现场核实。")

    def record_result(self, result: str) -> None:
        self.say("record_result", self.about().competent, result=result)

    def tell_result(self, position: int = 1) -> None:
        facts = {"way": "telephone", "at": self.minute(), "words": "对处理结果没有异议。"}
        self.say("tell_complainant", self.about(position).teller, position, **facts)

    def nobody_to_tell(self) -> None:
        self.say("note_unreachable", self.about().teller, words="匿名来电，来电显示为公用电话，没有留下联系方式。")

    def report_back(self) -> None:
        self.say("report_back", self.about().competent)

    def conclude_complaint(self) -> None:
        self.do(self.complaint, "conclude", self.listener(self.complaint.asked))

    def archive_complaint(self) -> None:
        self.do(self.complaint, "archive", self.listener(self.complaint.asked), at=self.minute())
