"""The finder's verbs: the lead, measures on the spot, evidence, property, whose it is, and what cannot wait."""

from datetime import timedelta

from cases.models import Case
from coordination.demo import papers
from coordination.demo.verbs.told import Told
from coordination.kernel.organs import Role

#: The word before the colon of a measure in scenarios/ → its step; every other word was said to dissuade.
MEASURES = {"固定证据": "secure_evidence", "责令停止": "order_to_stop"}
ON_PATROL = ("patrol", "inspection", "assigned")
#: What a scenario and the form of the first step both know.
KNOWN = (
    "title",
    "source",
    "urgency",
    "category",
    "ongoing",
    "subject_name",
    "subject_code",
    "subject_contact",
    "village",
    "basic_facts",
    "before_devolution",
)


class Finding(Told):
    def register(self, minutes: int = 25, **other) -> None:
        """The lead is written down, so many minutes after its discovery."""
        facts = {name: self.scenario[name] for name in KNOWN if name in self.scenario} | other
        if facts["urgency"] != "major":  # only a major violation has a category
            facts.pop("category", None)
        facts |= {"place": self.place, "place_text": self.where()}
        facts["discovered_at"] = self.minute() - timedelta(minutes=minutes)
        if "item" in self.scenario:
            facts["item"] = self.cast.items[self.scenario["item"]]
        self.case = self.begin(Case, "register", self.officer(self.finder), organ=self.finder, **facts)

    def look_around(self) -> None:
        """On the spot: measures, the list of property, the record and a photograph."""
        officer = self.officer(self.finder)
        for words in self.scenario.get("measures", ()):
            kind, _colon, said = words.partition("：")
            self.do(self.case, MEASURES.get(kind, "dissuade"), officer, at=self.minute(), words=said)
        for thing in self.scenario.get("property", ()):
            self.do(self.case, "list_property", officer, **thing)
        self.collect()

    def secure(self) -> None:
        """Enforcement goes on whoever the matter will be of: the evidence is secured."""
        words = "再次到现场，对渣土堆和车辙拍照、测量，制作现场检查记录。"
        self.do(self.case, "secure_evidence", self.officer(self.finder), at=self.minute(), words=words)

    def collect(self) -> None:
        """The source material as a scan, and a photograph."""
        source = "现场检查记录" if self.scenario["source"] in ON_PATROL else "投诉举报登记表"
        upload = self.paper(source, *self.stamp(), self.scenario["basic_facts"], seals=(self.finder.short_name,))
        self.keep(self.case, upload, "source_material", source, self.finder)
        self.keep(self.case, papers.photo("现场照片", *self.stamp()), "photo", "现场照片", self.finder)

    def verify(self, words: str = "安排两名执法人员到现场核实。") -> None:
        self.do(self.case, "verify", self.officer(self.finder), words=words)

    def find_other(self, **other) -> None:
        """It is another organ's; the sending clock runs from the discovery."""
        facts = {"competent_organ": self.other, "found_at": self.case.discovered_at} | other
        self.do(self.case, "find_other_competence", self.officer(self.finder), **facts)

    def tell_of_ongoing(self) -> None:
        """The competent organ is told by telephone of a violation that goes on."""
        person = self.cast.one(self.other, Role.LIAISON, Role.OFFICER).name
        words = f"{self.scenario['title']}正在进行，请立即派执法人员到场处理。"
        facts = {"notified": self.other, "at": self.minute(), "person": person, "words": words}
        self.do(self.case, "tell_ongoing", self.officer(self.finder), **facts)

    def answer_ongoing(self, step: str, words: str) -> None:
        """The organ that was told sends officers, arrives, has it stopped, or refuses."""
        facts = {"reason": words} if step == "refuse_dispatch" else {"at": self.minute(), "words": words}
        self.do(self.case, step, self.officer(self.other), **facts)

    def stop_ongoing(self) -> None:
        """The party has given way to those who found it."""
        words = "当事人经劝阻已停止违法行为，已电话告知有管辖权的单位。"
        self.do(self.case, "record_stopped", self.officer(self.finder), at=self.minute(), words=words)

    def report_to_government(self, words: str) -> None:
        signer = self.cast.one(self.finder, Role.PRINCIPAL_HEAD, Role.APPROVER, Role.LEADER_IN_CHARGE)
        self.do(self.case, "report_to_government", signer, words=words)
