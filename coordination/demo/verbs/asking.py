"""The verbs of assistance: one organ asks, the other signs, asks back, extends, goes there, opens archives, answers."""

from assistance.models import Assistance
from coordination.demo import papers
from coordination.demo.verbs.sending import ON_PAPER
from coordination.demo.verbs.told import Fresh, Told
from coordination.kernel.materials import Material
from coordination.kernel.now import now
from coordination.kernel.organs import Organ, Role

#: What a scenario and the form of a request both know.
ASKED = ("kind_of", "technique", "ground", "evidence_at_risk")


class Asking(Told):
    assistance = Fresh(Assistance)

    def ask(self) -> None:
        """Out of the case, with its materials: nothing is uploaded twice."""
        wanted, case = self.scenario["assistance"], self.pursued
        materials = list(Material.objects.in_force().filter(matter_id=case.pk))
        facts = Assistance.first_initial(case, now()) | {name: wanted[name] for name in ASKED if name in wanted}
        facts |= {"helper": self.cast.organs[wanted["helper"]], "questions": "\n".join(wanted["questions"])}
        facts |= {"materials": materials, "contact": ""}
        self.assistance = self.begin(Assistance, "draft", self.officer(case.holder), organ=case.holder, **facts)

    def submit_request(self) -> None:
        self.do(self.assistance, "submit", self.officer(self.asker))

    def approve_request(self) -> None:
        head = self.cast.one(self.asker, Role.APPROVER, Role.LEADER_IN_CHARGE)
        self.do(self.assistance, "approve", head, words="同意发函")

    def send_request(self) -> None:
        method = ON_PAPER if self.helper.off_platform else "platform"
        self.do(self.assistance, "send", self.officer(self.asker), service_method=method)

    def receive_request(self) -> None:
        clerk = self.clerk(self.helper)
        self.do(self.assistance, "receive", clerk, signer=clerk.name, at=self.minute())

    def ask_for_more(self, items: str, why: str) -> None:
        facts = {"items": items, "why": why, "by_day": self.almanac.calendar.working_day(now().date(), 3)}
        self.do(self.assistance, "ask_supplement", self.officer(self.helper), **facts)

    def give_more(self) -> None:
        photo = papers.photo("补充照片", *self.stamp())
        self.keep(self.assistance, photo, "photo", "补充照片", self.asker)
        self.do(self.assistance, "supply", self.officer(self.asker), words="已补充现场照片。")

    def extend(self, ground: str, days: int) -> None:
        """To the end of the working day that lies `days` after today."""
        until = self.almanac.calendar.working_day(now().date(), days)
        self.do(self.assistance, "extend", self.officer(self.helper), extension_ground=ground, until=until)

    def go_there(self) -> None:
        people = "、".join(one.name for one in self.pair(self.helper))
        self.do(self.assistance, "dispatch", self.officer(self.helper), at=self.minute(), people=people)

    def handle_there(self, words: str) -> None:
        self.do(self.assistance, "handle_on_site", self.officer(self.helper), at=self.minute(), words=words)

    def open_archives(self, days: int) -> None:
        """Each volume in a line; the one that was lent comes back within `days` working days."""
        clerk = self.clerk(self.helper)
        for line in self.scenario["assistance"]["archives"]:
            self.do(self.assistance, "list_archive", clerk, **line)
        day = self.almanac.calendar.working_day(now().date(), days)
        self.do(self.assistance, "lend", clerk, reader=self.officer(self.asker).name, return_by=day)

    def give_archives_back(self) -> None:
        self.do(self.assistance, "return_archives", self.officer(self.asker), at=self.minute())

    def opinion(self) -> dict:
        """What the scenario lets the helper say."""
        told = self.scenario["assistance"]["answer"]
        numbered = [f"{number}. {words}" for number, words in enumerate(told["conclusions"], 1)]
        experts = [f"{one.name} {told['title']}" for one in self.pair(self.helper)] if "title" in told else []
        return {
            "work_done": told["work_done"],
            "conclusions": "\n".join(numbered),
            "answer_basis": told["basis"],
            "opinion_limits": told.get("limits", ""),
            "experts": "\n".join(experts),
        }

    def answer(self) -> None:
        """The opinion goes into the asker's case as evidence, signed and sealed."""
        facts = self.opinion()
        page = self.paper("执法协助意见书", facts["work_done"], facts["conclusions"], seals=(self.helper.short_name,))
        facts["opinion_paper"] = self.keep(self.assistance, page, "evidence", "执法协助意见书", self.helper)
        self.do(self.assistance, "answer", self.officer(self.helper), **facts)

    def refuse(self) -> None:
        told = self.scenario["assistance"]["refusal"]
        facts = {"refusal_ground": told["ground"], "refusal_reasons": told["reasons"], "refusal_basis": told["basis"]}
        facts["suggested"] = self.cast.organs[told["suggested"]]
        self.do(self.assistance, "refuse", self.officer(self.helper), **facts)

    def recorded_help(self, step: str, paper: str, **facts) -> None:
        """A step of a helper off the platform, recorded by the asker with a scan of the helper's paper."""
        page = self.paper(paper, f"{self.helper.name}：", self.scenario["title"], seals=(self.helper.short_name,))
        proof = self.keep(self.assistance, page, "scan", paper, self.asker)
        behalf = {"scan": proof, "behalf_words": f"根据{paper}记录"}
        self.do(self.assistance, step, self.officer(self.asker), behalf=behalf, **facts)

    def withdraw_request(self, words: str) -> None:
        self.do(self.assistance, "withdraw", self.officer(self.asker), words=words)

    def conclude_request(self) -> None:
        self.do(self.assistance, "conclude", self.clerk(self.asker))

    @property
    def asker(self) -> Organ:
        return self.assistance.asker

    @property
    def helper(self) -> Organ:
        return self.assistance.helper
