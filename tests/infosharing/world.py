"""What information sharing brings to the tests that walk over all workflows."""

from django.urls import reverse

from coordination.kernel.catalogue import Item
from coordination.kernel.matters import Matter, Participation
from coordination.kernel.now import now
from coordination.kernel.steps import begin
from infosharing.models import Batch, Breach, Claim, Exported, SharedRecord, Subscription
from tests.county import organ, person, upload
from tests.doors import Door, To, Try, plain
from tests.infosharing.tale import SharingStory
from tests.planted import GUIDE, Planted


def matters_to_try() -> dict[str, Matter]:
    """A restricted record that has been asked for, agreed to, shared and is signed for by one organ."""
    story = SharingStory()
    record = story.consented(story.asked(story.reviewed(content_class="basis_change", secret="trade")))
    upload(record, story.provider, "other", "调整说明")
    record = story.shared(record)
    claim = begin(Claim, "claim_items", person("shengtai.registry"), items=[Item.objects.get(number=56)])
    # one of the sides that everybody stands on divides the work
    Claim.objects.filter(pk=claim.pk).update(units=[organ("yangfangkou").pk], pending=[organ("yangfangkou").pk])
    told = {"accused": organ("shengtai"), "breach_kind": "not_shared", "happened_at": now(), "words": "逾期未共享"}
    breach = begin(Breach, "record_breach", person(story.provider), **told)
    Breach.objects.filter(pk=breach.pk).update(authority=organ("shengtai"), accused=organ("shuili"))
    let_in = {"kind": breach.KIND, "side": "authority", "since": breach.opened_at}
    Participation.objects.create(matter=breach, organ=organ("shengtai"), **let_in)
    fresh = {"claims": Claim.objects.get(pk=claim.pk), "breaches": Breach.objects.get(pk=breach.pk)}
    return {"infosharing": record, **fresh}


def plant(found: Planted) -> None:
    """A record that is shared, and one that is kept back: its content is the provider's alone, also from the guide."""
    story = SharingStory()
    told = {"title": found.word("shared", "title"), "content": found.word("shared", "content")}
    record = story.shared(story.reviewed(**told | {"content_class": "dynamic"}))
    found.seen_by["shared"] = {"ningwu.yangfangkou", "ningwu.shengtai", GUIDE}
    found.add("shared", record)
    kept = found.word("kept_back", "content")
    found.canaries[kept] = set(PROVIDERS)
    record = story.formed(title=found.word("kept_back", "title"), content=kept, content_class="other")
    found.seen_by["kept_back"] = {"ningwu.yangfangkou", GUIDE}
    found.add("kept_back", story.take(record, "keep_back", story.provider, reason="另行研究"))

    _ledgers(story)
    told = {"accused": organ("shengtai"), "breach_kind": "leaked", "happened_at": now()}
    breach = begin(Breach, "record_breach", person(story.provider), **told, words=found.word("breach", "words"))
    found.seen_by["breach"] = {"ningwu.yangfangkou", "ningwu.sifa"}
    found.add("breach", breach)


def _ledgers(story: SharingStory) -> None:
    """A subscription, and a batch of the organ's decision that went to the platform."""
    mine = organ("yangfangkou")
    Subscription.objects.create(organ=mine, content_class="permit", by=person(story.provider), since=now())
    version = SharedRecord.objects.filter(provider=mine).first().versions.first()
    batch = Batch.objects.create(organ=mine, by=person(story.provider), at=now())
    Exported.objects.create(batch=batch, version=version)


#: Whoever works for the provider, or watches over the county, reads what is kept back.
PROVIDERS = (
    *(f"yangfangkou.{who}" for who in ("officer1", "officer2", "assistant", "approver", "head", "legal", "registry")),
    *("sifa.supervisor1", "xianfu.supervisor"),
)


def records(page: str, *more):
    """A page of each record; whoever sees the matter and may not open it is told that there is none."""

    def tries(planted: Planted):
        for short in ("shared", "kept_back"):
            yield Try(f"/infosharing/records/{planted.matters[short].number}/{page}", short)

    return tries


def filing_page(planted: Planted):
    yield Try(reverse("file_with", args=["ningwu.shengtai"]))


def batch_files(planted: Planted):
    pk = Batch.objects.get().pk
    yield from (Try(reverse("platform_file", args=[pk, form])) for form in ("json", "xlsx"))


def subscribed(planted: Planted):
    yield Try(reverse("unsubscribe", args=[Subscription.objects.get().pk]))


EITHER = frozenset({200, 404, 422})
ACTING = frozenset({200, 302, 403, 404, 422})
#: What nobody may meet as the one thing to do.
OFF_THE_ROAD: dict[str, set[str]] = {
    "infosharing": {"doubt", "erase", "extend", "keep_back", "record_refusal", "revise", "withdraw"},
    "breaches": {"dismiss"},
    "claims": {"release", "urge"},
}
DOORS = {
    "record_content": Door(To.SEER, records("content/"), posts=True, answers=EITHER),
    "record_version": Door(To.SEER, records("versions/1/"), posts=True, answers=EITHER),
    "subscriptions": Door(To.READER, plain("subscriptions"), posts=True, answers=frozenset({200, 302, 403, 422})),
    "unsubscribe": Door(To.READER, subscribed, posts=True, gets=False),
    "platform": Door(To.READER, plain("platform")),
    "platform_export": Door(To.READER, plain("platform_export"), posts=True, gets=False),
    "platform_mark": Door(To.READER, plain("platform_mark"), posts=True, gets=False),
    "platform_file": Door(To.READER, batch_files, answers=frozenset({200, 404})),
    "off_catalogue": Door(To.READER, plain("off_catalogue", "?export=xlsx", "?page=9")),
    "publicity": Door(To.READER, plain("publicity", "?export=xlsx")),
    "filings": Door(To.READER, plain("filings", "?all=1", "?gaps=1", "?all=1&export=xlsx")),
    "file_with": Door(To.READER, filing_page, posts=True, answers=ACTING),
    "accounts_chain": Door(To.READER, plain("accounts_chain")),
}
