"""Information told by short verbs: a township decides a case and shares it; a department shares what it forms."""

from datetime import date

from coordination.kernel.catalogue import Item
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.steps import begin
from infosharing.models import SharedRecord
from tests.county import Story, at, organ, person, upload

#: Facts that a person might have typed, for every class.
FACTS = {
    "party": "宁武县黑岭洗选有限公司",
    "law": "山西省大气污染防治条例",
    "period": "2026年第三季度",
    "source": "后窑湾村口监控点",
    "means": "现场检查",
    "officers": "张明、李强",
    "filed_on": date(2026, 9, 1),
    "decided_on": date(2026, 9, 21),
    "happened_at": at("2026-09-21 08:10"),
    "where": "后窑湾村东",
    "effective_on": date(2026, 10, 1),
    "document_number": "宁阳罚〔2026〕3号",
    "content": "罚款二万元",
    "handling": "已缴清",
}


class SharingStory(Story):
    """A township clerk writes down, another reviews, and the department reads."""

    provider, reviewer, reader = "yangfangkou.officer1", "yangfangkou.officer2", "shengtai.officer1"

    def formed(self, content_class: str = "penalty", **facts) -> SharedRecord:
        known = {
            "content_class": content_class,
            "formed_at": now(),
            "secret": "none",
            "item": Item.objects.get(number=self.item),
            "recipients": [organ("shengtai")],
            "purpose": "行业监管",
            "scope": "限本单位办案和监管使用",
        }
        return begin(SharedRecord, "record", person(self.provider), **(known | FACTS | facts))

    def reviewed(self, record: Matter | None = None, **facts) -> SharedRecord:
        record = record or self.formed(**facts)
        return self.take(record, "review", self.reviewer, accurate=True, secret=record.secret)

    def asked(self, record: Matter | None = None, **facts) -> SharedRecord:
        record = record or self.reviewed(secret="trade")
        known = {
            "right_holder": "宁武县黑岭洗选有限公司",
            "summary": "洗煤工艺用水量和药剂配比",
            "recipients": [organ("shengtai")],
            "purpose": "行业监管",
            "scope": "限本单位使用，不得转给第三方",
            "reply_by": date(2026, 9, 28),
        }
        return self.take(record, "ask_right_holder", self.provider, **(known | facts))

    def consented(self, record: Matter | None = None, **facts) -> SharedRecord:
        record = record or self.asked()
        slip = upload(record, self.provider, "scan", "权利人回执")
        return self.take(record, "record_consent", self.provider, consent_scan=slip, **facts)

    def shared(self, record: Matter | None = None, **facts) -> SharedRecord:
        record = record or self.reviewed()
        known = {
            "recipients": [organ("shengtai")],
            "purpose": record.purpose,
            "scope": record.scope,
            "copy_notice": False,
        }
        return self.take(record, "share", self.provider, **(known | facts))

    def signed(self, record: Matter, login: str = "") -> SharedRecord:
        return self.take(record, "acknowledge", login or self.reader, signer="王芳")

    def corrected(self, record: Matter, **facts) -> SharedRecord:
        known = {"secret": "none", "reason": "金额有误"} | FACTS | {"content": "罚款三万元"}
        return self.take(record, "correct", self.provider, **(known | facts))
