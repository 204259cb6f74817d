"""The content of a record: versions that are written once, and who has read the restricted ones.

A correction is a new version; none is ever changed (NW-4.30), but for one thing: what turns out to be a state secret is
blotted out (NW-4.25).
"""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from coordination.kernel.organs import Organ, posts_of
from coordination.kernel.web.facts import written
from coordination.kernel.words import carries
from infosharing.contents import BY_KEY
from infosharing.words import Use


class Version(models.Model):
    """What the record said from `at` on. `facts`: by the names of its class, days and moments in ISO form."""

    record = models.ForeignKey("infosharing.SharedRecord", models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    facts = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_version_of_a_number")]

    @classmethod
    def of(cls, record, facts: dict, reason: str) -> "Version":
        """The next version, with the facts that the record's class has and no others."""
        kept = {fact.name: plain(facts.get(fact.name)) for fact in record.content.facts}
        return cls.objects.create(
            record_id=record.pk,
            number=record.versions.count() + 1,
            facts={name: value for name, value in kept.items() if value not in (None, "", False)},
            reason=reason,
            by=record.act.actor.user,
            at=record.act.moment,
        )

    def typed(self) -> dict:
        """The facts as a form takes them."""
        return {name: typed(value) for name, value in self.facts.items()}

    def words(self, content_class: str) -> list[tuple[str, str]]:
        """Label and text of each fact, in the order of the class."""
        return told_by(self.typed(), content_class)

    def blot_out(self, moment: datetime) -> None:
        self.facts, self.reason, self.erased_at = {}, "", moment
        self.save(update_fields=["facts", "reason", "erased_at"])


class Reading(models.Model):
    """Somebody has read a restricted record: who, for which organ, for what, when (NW-4.34). Rows are only added."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="readings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    use = models.CharField(max_length=12, choices=Use.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]


@carries("NW-4.29", "NW-4.34")
def note_reading(record, version: Version, user, use: str, moment: datetime) -> Reading:
    """Who has read it, for which of his organs, for what. Nothing is written for an ordinary record."""
    posts = posts_of(user)
    reading = next((post for post in posts if post.organ_id in record.recipients), posts[0])
    return Reading.objects.create(version=version, by=user, organ=reading.organ, use=use, at=moment)


def told_by(facts: dict, content_class: str) -> list[tuple[str, str]]:
    """Label and text of those facts of the class that are given."""
    given = ((fact.label, facts.get(fact.name)) for fact in BY_KEY[content_class].facts)
    return [(str(label), spoken(value)) for label, value in given if value not in (None, "", False)]


def plain(value):
    return value.isoformat() if isinstance(value, date | datetime) else value


def typed(value):
    """A stored fact as it was typed: ISO days and moments come back as such."""
    if not isinstance(value, str):
        return value
    as_day = parse_date(value) if len(value) == len("2026-09-21") else None
    return as_day or (parse_datetime(value) if "T" in value[:12] and len(value) > len("2026-09-21") else None) or value


def spoken(value) -> str:
    return _("是") if value is True else written(value)
