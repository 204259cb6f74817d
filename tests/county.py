"""The county that tests live in: 宁武县 with its people, travelled time, and short words for what people do."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from cases.models import Case
from coordination.demo.load import NINGWU, load_county
from coordination.kernel.calendar import seed_calendars
from coordination.kernel.catalogue import Item
from coordination.kernel.materials import Material, store
from coordination.kernel.matters import Matter
from coordination.kernel.now import CST, now, travel_to
from coordination.kernel.organs import Actor, County, Organ, User, posts_of
from coordination.kernel.steps import begin, perform
from referrals.models import Referral


@pytest.fixture
def ningwu(db) -> County:
    """The demo county without matters; Monday 2026-09-21 09:00."""
    if not County.objects.exists():  # a transactional test before this one has emptied the database
        live_in()
    travel_to(at("2026-09-21 09:00"))
    return County.objects.get()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The county is loaded once and committed; each test's own changes are rolled back."""
    with django_db_blocker.unblock():
        if not County.objects.exists():
            live_in()


@transaction.atomic
def live_in() -> None:
    seed_calendars()
    load_county(NINGWU)


@pytest.fixture
def story(ningwu) -> "Story":
    return Story()


def at(words: str) -> datetime:
    """A moment in local time: `2026-09-30 17:00`."""
    return datetime.fromisoformat(words).replace(tzinfo=CST)


def person(login: str) -> User:
    """A fresh object, as a new request has it."""
    return User.objects.get(username=login)


def organ(key: str) -> Organ:
    return Organ.objects.get(key=f"ningwu.{key}")


def picture(color: str = "gray") -> SimpleUploadedFile:
    """A real small JPEG."""
    stream = BytesIO()
    Image.new("RGB", (64, 48), color).save(stream, "JPEG")
    return SimpleUploadedFile("现场照片.jpg", stream.getvalue(), "image/jpeg")


def upload(matter: Matter, login: str, kind: str, title: str) -> Material:
    user = person(login)
    post = next(p for p in posts_of(user) if p.role in ("officer", "registry", "liaison"))
    return store(matter, picture(), kind=kind, title=title, actor=Actor(user, post), moment=now(), pages=1)


class Story:
    """A township officer finds a violation; what follows is told by short verbs."""

    township, department = "yangfangkou", "shengtai"
    item = 53

    def __init__(self) -> None:
        self.officer, self.second = f"{self.township}.officer1", f"{self.township}.officer2"
        self.approver = f"{self.township}.approver"
        self.receiver = f"{self.department}.officer1"

    def case(self, **facts) -> Case:
        known = {
            "title": "洗煤点未取得排污许可证排污",
            "source": "patrol",
            "urgency": "normal",
            "discovered_at": now(),
            "place": organ(self.township),
            "place_text": "后窑湾村东",
            "item": Item.objects.get(number=self.item),
            "subject_name": "宁武县黑岭洗选有限公司",
            "basic_facts": "2026年9月巡查时发现该公司洗煤废水经明渠排入土坑，现场负责人不能出示排污许可证。",
        }
        return begin(Case, "register", person(self.officer), **(known | facts))

    def found_other(self, case: Case, **facts) -> Case:
        known = {"competent_organ": organ(self.department), "found_at": case.discovered_at}
        perform(case, "find_other_competence", person(self.officer), **(known | facts))
        return Case.objects.get(pk=case.pk)

    def evidence(self, case: Case) -> list[Material]:
        return [
            upload(case, self.officer, "source_material", "现场检查记录"),
            upload(case, self.officer, "photo", "现场照片"),
        ]

    def draft(self, case: Case | None = None, **facts) -> Referral:
        case = case or self.found_other(self.case())
        materials = self.evidence(case)
        officers = [person(self.officer), person(self.second)]
        known = Referral.first_initial(case, now()) | {
            "materials": materials,
            "officers": officers,
            "copy_to": "",
            "property_declared": "none",
        }
        return begin(Referral, "draft", person(self.officer), **(known | facts))

    def approved(self, referral: Referral | None = None) -> Referral:
        referral = referral or self.draft()
        self.take(referral, "submit", self.officer)
        return self.take(referral, "approve", self.approver, words="同意")

    def sent(self, referral: Referral | None = None, **facts) -> Referral:
        referral = referral or self.approved()
        return self.take(referral, "send", self.officer, **({"service_method": "platform"} | facts))

    def accepted(self, referral: Referral | None = None) -> Referral:
        referral = referral or self.sent()
        officers = [person(self.officer), person(self.second)]
        sealed = upload(referral, self.officer, "scan", "移送方盖章交接单")
        self.take(referral, "confirm_sent", self.officer, officers=officers, sealed_scan=sealed)
        sealed = upload(referral, self.receiver, "scan", "双方盖章交接单")
        return self.take(
            referral,
            "confirm_received",
            self.receiver,
            receiver_person="王芳",
            sealed_scan=sealed,
            checked=list(referral.lines()),
        )

    def decided(self, case: Case, legal: str) -> Case:
        """With legal review, as a major decision needs it."""
        self.take(case, "ask_legal_review", self.receiver, words="拟罚款二万元")
        self.take(case, "pass_review", legal, words="事实清楚，程序合法")
        return self.take(case, "decide", self.receiver, decision_number="宁环罚〔2026〕1号", decision="罚款二万元")

    def take(self, matter: Matter, name: str, login: str, /, **facts):
        """Take a step and give the matter back as it then stands."""
        perform(matter, name, person(login), **facts)
        return type(matter).objects.get(pk=matter.pk)


Tale = Callable[..., Referral]
