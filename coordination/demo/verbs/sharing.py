"""The verbs of information sharing: what is formed is written down, reviewed, asked about, shared, read, corrected."""

from datetime import date, datetime

from coordination.demo.verbs.told import Fresh, Told
from coordination.kernel.catalogue import Item
from coordination.kernel.now import CST, now
from coordination.kernel.organs import Organ, Role
from infosharing.filings import file
from infosharing.models import Claim, SharedRecord
from infosharing.versions import note_reading


class Sharing(Told):
    """`record` is the tale's shared record, `claim` its claim."""

    record = Fresh(SharedRecord)
    claim = Fresh(Claim)

    def readers(self) -> list[Organ]:
        return [self.cast.organs[key] for key in self.scenario.get("readers", ())]

    def purpose(self) -> dict:
        known = {"purpose": "行业监管和办案", "scope": "限本单位办案和监管使用"}
        return known | {name: self.scenario[name] for name in known if name in self.scenario}

    def concerned(self, case) -> list[Organ]:
        """Who needs to know of a decision: whom the scenario names, else who sent the case and who guides the item."""
        sender = self.referral.sender if self.referral else None
        named = self.readers() or [sender, case.item.guide, self.cast.organs["sifa"]]
        return [organ for organ in dict.fromkeys(named) if organ not in (None, case.holder) and not organ.off_platform]

    def form_record(self, **other) -> None:
        """What was formed is written down by the first officer."""
        facts = self.told_facts() | {"content_class": self.scenario["class"], "secret": self.scenario["secret"]} | other
        facts |= self.purpose() | {"formed_at": self.minute(), "recipients": self.readers()}
        if "item" in self.scenario:
            facts["item"] = self.cast.items[self.scenario["item"]]
        if "title" in self.scenario:
            facts["title"] = self.scenario["title"]
        self.record = self.begin(SharedRecord, "record", self.officer(self.finder), organ=self.finder, **facts)

    def record_decision(self) -> None:
        """The decision of the case that is pursued, as its page offers it: nothing is typed twice."""
        case = self.pursued
        facts = self.purpose() | SharedRecord.first_initial(case, now()) | {"recipients": self.concerned(case)}
        self.record = self.begin(SharedRecord, "record", self.officer(case.holder), organ=case.holder, **facts)

    def told_facts(self) -> dict:
        """The facts of the scenario; a day or a moment is counted from the tale's present."""
        today = now().astimezone(CST)
        dated: dict[str, date | datetime] = {name: today.date() for name in ("decided_on", "effective_on")}
        dated["filed_on"] = self.day(-12, "09:00").date()
        dated["happened_at"] = today.replace(second=0, microsecond=0)
        return dated | self.scenario["facts"]

    def review_record(self) -> None:
        """By the second officer: nobody reviews his own."""
        facts = {"accurate": True, "secret": self.record.secret, "words": "内容与案卷一致。"}
        self.do(self.record, "review", self.pair(self.record.provider)[1], **facts)

    def ask_right_holder(self, days: int) -> None:
        facts = self.purpose() | {
            "right_holder": self.scenario["right_holder"],
            "summary": self.scenario["summary"],
            "recipients": self.readers(),
            "reply_by": self.almanac.calendar.working_day(now().astimezone(CST).date(), days),
        }
        self.do(self.record, "ask_right_holder", self.officer(self.record.provider), **facts)

    def record_consent(self) -> None:
        """The reply slip comes back signed."""
        upload = self.paper(
            "征求权利人意见函回执", "同意按来函所列范围共享。", seals=(self.scenario["right_holder"][:8],)
        )
        slip = self.keep(self.record, upload, "scan", "权利人签署的回执", self.record.provider)
        self.do(self.record, "record_consent", self.officer(self.record.provider), consent_scan=slip, words="同意。")

    def record_refusal(self, reason: str) -> None:
        """The reply slip says no."""
        self.do(self.record, "record_refusal", self.officer(self.record.provider), reason=reason)

    def share_record(self, *, copy_notice: bool = False) -> None:
        readers = list(Organ.objects.filter(pk__in=self.record.recipients))
        facts = self.purpose() | {"recipients": readers, "copy_notice": copy_notice}
        self.do(self.record, "share", self.officer(self.record.provider), **facts)

    def report_record(self) -> None:
        facts = {"at": self.minute(), "receipt_number": f"HLWJG-{self.scenario['key'][1:]}-{now():%m%d}"}
        self.do(self.record, "mark_reported", self.officer(self.record.provider), **facts)

    def sign_record(self, key: str) -> None:
        clerk = self.clerk(self.cast.organs[key])
        self.do(self.record, "acknowledge", clerk, signer=clerk.name)

    def read_record(self, key: str, use: str) -> None:
        reader = self.officer(self.cast.organs[key])
        note_reading(self.record, self.record.version_now, reader, use, now())

    def doubt_record(self, key: str, words: str) -> None:
        self.do(self.record, "doubt", self.officer(self.cast.organs[key]), words=words)

    def correct_record(self, reason: str, **changed) -> None:
        facts = self.record.version_now.typed() | changed | {"secret": self.scenario["secret"], "reason": reason}
        self.do(self.record, "correct", self.officer(self.record.provider), **facts)

    def withdraw_record(self, reason: str) -> None:
        self.do(self.record, "withdraw", self.officer(self.record.provider), reason=reason)

    def claim_items(self) -> None:
        items = list(Item.objects.filter(county=self.cast.county, number__in=self.scenario["items"]))
        words = "请尽快分工，编制检查实施清单。"
        admin = self.cast.one(self.finder, Role.ORGAN_ADMIN)
        self.claim = self.begin(Claim, "claim_items", admin, organ=self.finder, items=items, words=words)

    def divide_claim(self, organ: Organ) -> None:
        admin = self.cast.one(organ, Role.ORGAN_ADMIN)
        facts = {"administrator": admin, "officers": self.cast.officers(organ, now().date())}
        self.do(self.claim, "divide", admin, **facts)

    def open_accounts(self) -> None:
        words = "执法人员账号已按实名逐人开通，初始密码当面交付。"
        self.do(self.claim, "open_accounts", self.cast.one(self.finder, Role.ORGAN_ADMIN), words=words)

    def release_claim(self, reason: str) -> None:
        self.do(self.claim, "release", self.cast.one(self.finder, Role.ORGAN_ADMIN), reason=reason)

    def file_people(self, organ: Organ) -> None:
        """A township files its responsible person and its liaison with the department that guides its items."""
        filer = self.cast.actor(self.cast.one(organ, Role.LIAISON), organ)
        responsible = self.cast.one(organ, Role.RESPONSIBLE_PERSON, Role.OFFICER)
        file(filer, self.finder, responsible, filer.user, now())
