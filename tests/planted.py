"""Two counties with matters in which canaries are planted: words that may turn up only where the matter may be seen.

Who may see which matter is said here by hand, from the design alone, and not asked of the code that is tested.
"""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from coordination.kernel.catalogue import Item
from coordination.kernel.drafts import Draft
from coordination.kernel.materials import Material, store
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.organs import Actor, County, Delegation, Organ, Post, User, posts_of
from tests.county import Story, at, organ, person
from tests.referrals.criminal.tale import CriminalStory
from tests.worlds import worlds

BEGUN = date(2021, 9, 1)
#: The department that guides the item of most planted matters, and has no other part in them.
GUIDE = "ningwu.fagai"
OVERSEERS = {"ningwu": {"sifa.supervisor1", "xianfu.supervisor"}, "linxian": {"lin-sifa.supervisor"}}
#: The organs that take part in a matter or guide its item. Whoever has a post there sees it, and the county's
#: overseers; nobody else.
SEEN_BY = {
    "case": {"ningwu.yangfangkou", GUIDE},
    "draft_case": {"ningwu.dongzhai", GUIDE},
    "draft": {"ningwu.dongzhai", GUIDE},
    "sent_case": {"ningwu.yangfangkou", GUIDE},
    "sent": {"ningwu.yangfangkou", "ningwu.shengtai", GUIDE},
    "department": {"ningwu.zhujian"},
    "told": {"ningwu.fenghuang", "ningwu.linye"},
    "crime_case": {"ningwu.zhujian", GUIDE},
    "crime": {"ningwu.zhujian", "ningwu.gongan", GUIDE},
    "abroad": {"linxian.xiang"},
}
#: Matters in which the planted words of another are rightly repeated: a referral tells what its case tells.
REPEATED_IN = {"draft_case": {"draft"}, "sent_case": {"sent"}, "crime_case": {"crime"}}
READERS = (
    *(f"yangfangkou.{who}" for who in ("officer1", "officer2", "assistant", "approver", "head", "legal", "registry")),
    *("shengtai.officer1", "shengtai.registry", "zhujian.officer1", "zhujian.approver", "zhujian.liaison"),
    *("dongzhai.officer1", "linye.officer1", "fenghuang.officer1", "gongan.contact", "fagai.officer1", "fagai.liaison"),
    *("sifa.supervisor1", "sifa.registry", "xianfu.supervisor", "xianfu.head"),
    *("lin-xiang.officer", "lin-sifa.supervisor"),
    *("admin", "staff", "nobody", "moved", "deputy", "late-deputy"),
)
#: One of each kind, who try also what is much alike.
THOROUGH = (
    *("yangfangkou.officer1", "yangfangkou.approver", "shengtai.officer1", "linye.officer1", "zhujian.approver"),
    *("fagai.officer1", "sifa.supervisor1", "lin-xiang.officer", "lin-sifa.supervisor"),
)
#: One of each relation: a side, another organ, who guides the item, who supervises, and who has no post here.
TRYING = (
    *("yangfangkou.officer1", "shengtai.officer1", "zhujian.approver", "gongan.contact", "fagai.officer1"),
    *("sifa.supervisor1", "sifa.registry", "lin-xiang.officer", "lin-sifa.supervisor"),
    *("admin", "nobody", "moved", "deputy", "late-deputy"),
)
#: Those of them who belong to no county's life, or no longer do.
WITHOUT_POSTS = {"admin", "staff", "nobody", "late-deputy"}


@dataclass
class Planted:
    """The matters by short name, and the words that betray them: in which matters, or to which reader, each may be
    shown."""

    matters: dict[str, Matter] = field(default_factory=dict)
    canaries: dict[str, set[str]] = field(default_factory=dict)
    organs_of: dict[str, set[str]] = field(default_factory=dict)
    seen_by: dict[str, set[str]] = field(default_factory=lambda: dict(SEEN_BY))
    hidden: dict[str, str] = field(default_factory=dict)  # the organ that a matter accuses

    def word(self, name: str, what: str, *, own: bool = False) -> str:
        """A word that betrays matter `name`; `own`: also where a matter that came out of it is seen."""
        token = f"ZQ{name.upper().replace('_', '')}{what.upper()}"
        self.canaries[token] = {name} | (set() if own else REPEATED_IN.get(name, set()))
        return token

    def sees(self, login: str, name: str) -> bool:
        """Whether the reader may see the matter, as the design says it."""
        county = self.matters[name].county_id
        if self.hidden.get(name) in self.organs_of.get(login, set()):
            return False
        return login in OVERSEERS[county] or bool(self.organs_of.get(login, set()) & self.seen_by[name])

    def secrets(self, login: str) -> dict[str, set[str]]:
        """The words that this reader must nowhere find."""
        return {token: names for token, names in self.canaries.items() if not self._told(login, names)}

    def _told(self, login: str, names: set[str]) -> bool:
        return login in names or any(self.sees(login, name) for name in names & self.matters.keys())

    def add(self, name: str, matter: Matter) -> Matter:
        self.matters[name] = type(matter).objects.get(pk=matter.pk)
        self.canaries[matter.number] = {name}
        return self.matters[name]


def plant() -> Planted:
    found = Planted()
    Item.objects.filter(number=53).update(guide=Organ.objects.get(key=GUIDE))
    _settle_people()
    _case(found)
    _draft(found)
    _sent(found)
    _department(found)
    _told(found)
    _crime(found)
    _abroad(found)
    for world in worlds():
        world.plant(found)
    found.organs_of = {
        login: {post.organ.key for post in posts_of(person(login))} for login in READERS if login not in WITHOUT_POSTS
    }
    return found


def _settle_people() -> None:
    """Beside the county's own people: no post, no longer a post, somebody else's post for a time."""
    User.objects.create(username="staff", name="后台人员", is_staff=True)
    User.objects.create(username="nobody", name="无岗位人员")
    moved = User.objects.create(username="moved", name="调走人员", certificate_state="valid")
    Post.objects.create(user=moved, organ=organ("yangfangkou"), role="officer", since=BEGUN)
    for login, since, until in (("deputy", 1, 30), ("late-deputy", 1, 20)):
        user = User.objects.create(username=login, name="代行人员")
        post = Post.objects.filter(organ=organ("zhujian"), role="approver").first()
        Delegation.objects.create(post=post, to=user, since=date(2026, 9, since), until=date(2026, 9, until))


def words_of(found: Planted, name: str) -> dict:
    """The facts of a case, each a canary."""
    told = {what: found.word(name, what) for what in ("title", "subject_name", "place_text", "village")}
    kept = {what: found.word(name, what, own=True) for what in ("coordinates",)}
    return told | kept | {"basic_facts": f"于2026年9月巡查时发现{found.word(name, 'facts')}，现场拍照。"}


def material(found: Planted, name: str, matter: Matter, login: str, kind: str, *, own: bool = False) -> Material:
    """A photograph whose title, remark, file name and description betray the matter."""
    stream = BytesIO()
    Image.new("RGB", (32, 24), "gray").save(stream, "JPEG")
    told = {what: found.word(name, f"{kind}{what}", own=own) for what in ("title", "remark", "reference")}
    upload = SimpleUploadedFile(f"{found.word(name, f'{kind}file', own=own)}.jpg", stream.getvalue(), "image/jpeg")
    user = person(login)
    return store(matter, upload, kind=kind, actor=Actor(user, posts_of(user)[0]), moment=now(), pages=1, **told)


def story_of(township: str, department: str = "shengtai") -> Story:
    return type("Elsewhere", (Story,), {"township": township, "department": department})()


def _case(found: Planted) -> None:
    """A township's own case, opened by one who has since left; a draft of a step of it lies with its officer."""
    story = story_of("yangfangkou")
    story.officer = "moved"
    case = story.case(**words_of(found, "case"))
    person("moved").posts.update(until=date(2026, 9, 20))
    story.officer = "yangfangkou.officer1"
    spot = {"at": at("2026-09-21 08:30"), "words": found.word("case", "measure")}
    case = story.take(case, "dissuade", story.officer, **spot)
    case = story.take(case, "list_property", story.officer, name=found.word("case", "property"), quantity=1)
    material(found, "case", case, story.officer, "evidence")
    found.add("case", case)
    typed = "ZQTYPEDANDNOTYETDONE"
    found.canaries[typed] = {story.officer}
    key = f"/m/{case.number}/verify/"
    Draft.objects.create(user=person(story.officer), key=key, fields={"words": [typed]}, saved_at=now())


def _referral(found: Planted, name: str, story: Story, **facts) -> Matter:
    """A case found to be another's, and the draft of its referral."""
    behind = f"{name}_case"
    case = story.case(**words_of(found, behind))
    case = story.take(case, "verify", story.officer, words=found.word(behind, "verifying", own=True))
    case = story.found_other(case)
    material(found, behind, case, story.officer, "other", own=True)
    given = [material(found, behind, case, story.officer, kind) for kind in ("source_material", "photo")]
    found.add(behind, case)
    story.evidence = lambda case: given
    told = {"basic_facts": f"2026年9月巡查时发现{found.word(name, 'facts')}。", "copy_to": found.word(name, "copy")}
    return story.draft(case, **(told | facts))


def _draft(found: Planted) -> None:
    """A letter to a department that is not yet sent: the department knows nothing."""
    why = {"receiver": organ("zhujian"), "choice_reason": found.word("draft", "reason")}
    story = story_of("dongzhai")
    referral = _referral(found, "draft", story, **why)
    found.add("draft", story.take(referral, "submit", story.officer))


def _sent(found: Planted) -> None:
    """A letter that has arrived, with an approver's words, a scan of the receiver and a question."""
    story = story_of("yangfangkou")
    referral = _referral(found, "sent", story)
    story.take(referral, "submit", story.officer)
    story.take(referral, "approve", story.approver, words=found.word("sent", "approval"))
    referral = story.sent(referral)
    asked = {"items": found.word("sent", "asked"), "why": "核对", "by_day": date(2026, 9, 25)}
    referral = story.take(referral, "ask_supplement", story.receiver, **asked)
    material(found, "sent", referral, story.receiver, "scan")
    found.add("sent", referral)


def _department(found: Planted) -> None:
    """A department's own case, whose item is not settled: no guiding department."""
    story = story_of("zhujian")
    case = story.case(**words_of(found, "department"), item=None, place=organ("fenghuang"))
    found.add("department", story.take(case, "pass_up", story.officer, words=found.word("department", "up")))


def _told(found: Planted) -> None:
    """An ongoing violation of which another organ was told: it sees the matter from then on."""
    story = story_of("fenghuang", "linye")
    discovered = at("2026-09-21 08:30")
    case = story.case(**words_of(found, "told"), item=None, ongoing=True, discovered_at=discovered)
    told = {"notified": organ("linye"), "at": at("2026-09-21 08:40"), "person": "值班员"}
    found.add("told", story.take(case, "tell_ongoing", story.officer, **told, words=found.word("told", "told")))


def _crime(found: Planted) -> None:
    """A transfer that the police have been sent; of the case behind it they see nothing."""
    story = type("Crime", (CriminalStory,), {"township": "zhujian", "head": "zhujian.head"})()
    case = story.case(**words_of(found, "crime_case"))
    case = story.take(case, "verify", story.officer, words=found.word("crime_case", "verifying", own=True))
    told = {"crime": found.word("crime", "crime"), "crime_basis": f"刑法第三百三十八条{found.word('crime', 'basis')}"}
    transfer = story.reported(story.group(case, **told), report_words=found.word("crime", "report"))
    found.add("crime", story.sent(story.approved(transfer)))
    found.add("crime_case", case)
    found.canaries[case.number].add("crime")  # the form that the police get names the sender's case


def _abroad(found: Planted) -> None:
    """Another county on the same installation, with its own supervisor."""
    county = County.objects.create(code="linxian", name="邻县", mechanism="ningwu")
    rows = {"xiang": ("township", "officer"), "sifa": ("justice_bureau", "supervisor")}
    for key, (kind, role) in rows.items():
        name = f"邻县{key}"
        where = Organ.objects.create(
            county=county, key=f"linxian.{key}", kind=kind, name=name, short_name=name, mark="邻", sort_key=key
        )
        user = User.objects.create(username=f"lin-{key}.{role}", name="邻县人员", certificate_state="valid")
        Post.objects.create(user=user, organ=where, role=role, since=BEGUN)
    facts = words_of(found, "abroad") | {"place": Organ.objects.get(key="linxian.xiang"), "item": None}
    story = Story()
    story.officer = "lin-xiang.officer"
    found.add("abroad", story.case(**facts))
