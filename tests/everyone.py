"""Everybody who might try a step: of each organ one person in each role, and officers with something amiss."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django import forms
from django.db.models import Model

from coordination.kernel.materials import Material, MaterialKind
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.organs import Delegation, Organ, Post, Role, User
from coordination.kernel.steps import Step, StepForm
from tests.county import Story, at, organ
from tests.referrals.criminal.tale import CriminalStory
from tests.worlds import worlds

BEGUN = date(2021, 9, 1)
#: Certificates that let nobody enforce: the stored state, and the last day.
BAD_CERTIFICATES = {
    "none": (User.Certificate.NONE, None),
    "expired": (User.Certificate.EXPIRED, None),
    "suspended": (User.Certificate.SUSPENDED, None),
    "revoked": (User.Certificate.REVOKED, None),
    "lapsed": (User.Certificate.VALID, date(2026, 9, 20)),
}
#: Posts that are no longer, or not yet, held on 2026-09-21.
AWAY = {"ended": (BEGUN, date(2026, 9, 20)), "coming": (date(2026, 9, 22), None)}


@dataclass
class Everyone:
    """People by organ and role; `amiss` by organ and what is amiss with them; the matters that they try steps on."""

    matters: dict[str, Matter]
    strangers: Organ
    people: dict[tuple[int, str], User] = field(default_factory=dict)
    amiss: dict[tuple[int, str], User] = field(default_factory=dict)

    def of(self, organ_id: int, role: str) -> User:
        return self.people[organ_id, role]

    def right_one(self, step: Step, matter: Matter) -> User:
        """One whose turn it is."""
        organ_id = step.by[0].organ_id(matter) if step.by else matter.originator_id
        return self.of(organ_id, step.roles[0])

    def trying(self) -> list[User]:
        """All of the sides' people, and one stranger."""
        outside = [
            user for (organ_id, role), user in self.people.items() if self._outside(organ_id) and role == "officer"
        ]
        inside = [user for (organ_id, _), user in (self.people | self.amiss).items() if not self._outside(organ_id)]
        return inside + outside

    def _outside(self, organ_id: int) -> bool:
        return organ_id == self.strangers.pk

    def settle(self, organs: list[Organ]) -> None:
        """One person for each role of each organ, all with a certificate; and officers of each with something amiss."""
        for one in organs:
            for role in Role.values:
                self.people[one.pk, role] = self._person(one, role, role)
            for name, (state, until) in BAD_CERTIFICATES.items():
                self.amiss[one.pk, name] = self._person(one, name, state=state, until=until)
            for name, (since, until) in AWAY.items():
                self.amiss[one.pk, name] = self._person(one, name, since=since, ended=until)

    def _person(
        self, one: Organ, name: str, role: str = "officer", *, state="valid", until=None, since=BEGUN, ended=None
    ) -> User:
        login = f"{one.key}.every.{name}"
        user = User.objects.create(username=login, name=name, certificate_state=state, certificate_until=until)
        Post.objects.create(user=user, organ=one, role=role, since=since, until=ended)
        return user

    def deputy(self, user: User, *, since: date, until: date) -> User:
        """Somebody of no organ who exercises the posts of `user` for a time."""
        other = User.objects.create(username=f"{user.username}.deputy", name="代行", certificate_state="valid")
        for post in user.posts.all():
            Delegation.objects.create(post=post, to=other, since=since, until=until)
        return other


def everyone() -> Everyone:
    """A case whose competent organ was told of it, a referral on its way, a suspected crime, and all the people."""
    story = Story()
    story.item = 44  # which the township itself holds
    case = story.case(ongoing=True, discovered_at=at("2026-09-21 08:00"))
    told = {"notified": organ("shengtai"), "at": at("2026-09-21 08:40"), "person": "值班员", "words": "正在排污"}
    case = story.take(case, "tell_ongoing", story.officer, **told)
    story.item = 53
    referral = story.draft(story.found_other(story.case(urgency="urgent")))
    # whatever stage a test puts it into, it has come there through the ones before
    past = ("served_at", "sender_confirmed_at", "handed_over_at", "accepted_at", "objected_at")
    moments = dict.fromkeys(past, referral.opened_at)
    type(referral).objects.filter(pk=referral.pk).update(objected_from="accepted", **moments)
    matters = {"cases": case, "referrals": referral, "criminal": CriminalStory().received()}
    for world in worlds():
        matters |= world.matters_to_try()
    found = Everyone(matters, organ("zhujian"))
    sides = [organ(key) for key in ("yangfangkou", "shengtai", "gongan", "jianchayuan")]
    found.settle([*sides, found.strangers])
    return found


def some_facts(step: Step, matter: Matter, **chosen) -> dict:
    """Something sensible for every field of the step's form."""
    fields = (step.form or StepForm).base_fields
    return {name: some(one, matter) for name, one in fields.items()} | chosen


def some(one: forms.Field, matter: Matter):
    """What a person might have put into the field."""
    if isinstance(one, forms.ModelMultipleChoiceField):
        return _rows(one.queryset.model, matter)
    if isinstance(one, forms.ModelChoiceField):
        found = _rows(one.queryset.model, matter)
        return found[0] if found or one.required else None
    if isinstance(one, forms.ChoiceField):
        return next(value for value, _label in one.choices if value)
    for kind, value in _PLAIN:
        if isinstance(one, kind):
            return value()
    return "写清楚的情况和理由，以及依据"[: getattr(one, "max_length", None) or None]


_PLAIN = (
    (forms.BooleanField, lambda: False),
    (forms.DecimalField, lambda: 1),
    (forms.IntegerField, lambda: 1),
    (forms.DateTimeField, lambda: now() - timedelta(minutes=5)),
    (forms.DateField, lambda: now().date() + timedelta(days=3)),
)


def _rows(model: type[Model], matter: Matter) -> list:
    if model is Organ:
        return [organ("shuili")]
    if model is Material:
        return list(Material.objects.filter(matter_id=matter.pk).exclude(kind=MaterialKind.SCAN))
    if model is User:
        return list(User.objects.filter(username__in=["yangfangkou.officer1", "yangfangkou.officer2"]))
    return list(model.objects.order_by("pk")[:1])


def variants(step: Step) -> list[dict]:
    """The step's facts once plainly, and once for each further choice that a field offers."""
    found: list[dict] = [{}]
    for name, one in (step.form or StepForm).base_fields.items():
        if isinstance(one, forms.ChoiceField) and not isinstance(one, forms.ModelChoiceField):
            found += [{name: value} for value, _label in list(one.choices)[1:]]
    return found
