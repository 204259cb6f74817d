"""The report through the province's “互联网+监管” platform: what is due, exported once, marked with its receipt.

The format is declared in docs/exports.md. Exported is a version, not a record: a correction is due again, and nothing
else is repeated unless it is asked for (NW-4.1, NW-4.23).
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from coordination.kernel.now import CST
from coordination.kernel.organs import Organ, User
from coordination.kernel.web.xlsx import Sheet
from coordination.kernel.words import carries
from infosharing.contents import BY_KEY, CONTENTS, Content
from infosharing.flow import OUT, Stage
from infosharing.records import SharedRecord
from infosharing.versions import Version, spoken, typed
from infosharing.words import Opinion, Secret

FORMAT = "coordination.sharing.1"
REPORTED = tuple(content.key for content in CONTENTS if content.reported)
REVIEWED = (Stage.REVIEWED, Stage.CONSENTED, *OUT)


class Batch(models.Model):
    """One export: by whom, when, for which organ."""

    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("单位"), related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("导出人"), related_name="+")
    at = models.DateTimeField(_("导出时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("平台上报导出")
        ordering = ["-at", "-id"]


class Exported(models.Model):
    """A version that went out in a batch; each goes out once, unless somebody asks for it again."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines")
    version = models.ForeignKey(Version, models.PROTECT, related_name="exports")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "version"], name="one_export_in_a_batch")]


@carries("NW-4.26", "NW-4.32")
def versions_of(organ: Organ) -> models.QuerySet[Version]:
    """The version in force of each record of the organ that the platform wants: to report it is to provide it to
    others, so that it has been reviewed, and its right holder has agreed where he has to."""
    agreed = Q(secret=Secret.NONE) | Q(opinion=Opinion.AGREED)
    wanted = SharedRecord.objects.filter(agreed, provider=organ, content_class__in=REPORTED, stage__in=REVIEWED)
    latest = Version.objects.filter(record__in=wanted, erased_at=None)
    newest = latest.alias(newest=Max("record__versions__number")).filter(number=F("newest"))
    return newest.select_related("record__item", "record__provider", "by").order_by("record_id")


@carries("NW-4.1", "NW-4.23", "NW-3.45", "JH-4.10", "QX-6.10", "YY-1.2", "LX-7.3")
def due(organ: Organ) -> models.QuerySet[Version]:
    """What has not been exported yet: new records, and corrections of old ones; not what was reported by hand."""
    return versions_of(organ).filter(exports=None, record__reported_at=None)


@transaction.atomic
def export(organ: Organ, user: User, moment: datetime) -> Batch | None:
    """Take what is due into a batch; None if nothing is. Two exports at once take each version once."""
    Organ.objects.select_for_update(no_key=True).get(pk=organ.pk)
    found = list(due(organ))
    if not found:
        return None
    batch = Batch.objects.create(organ=organ, by=user, at=moment)
    Exported.objects.bulk_create([Exported(batch=batch, version=version) for version in found])
    return batch


def lines_of(batch: Batch) -> list[Version]:
    """The versions of a batch, the same whenever it is fetched."""
    found = Version.objects.filter(exports__batch=batch).select_related("record__item", "record__provider")
    return list(found.order_by("record_id"))


def as_json(batch: Batch) -> dict:
    """The batch as docs/exports.md declares it."""
    return {
        "format": FORMAT,
        "batch": batch.pk,
        "organ": batch.organ.key,
        "exported_at": local(batch.at),
        "records": [line(version) for version in lines_of(batch)],
    }


def line(version: Version) -> dict:
    record = version.record
    return {
        "number": record.number,
        "version": version.number,
        "class": record.content_class,
        "provider": record.provider.key,
        "item": record.item and {"number": record.item.number, "code": record.item.code},
        "formed_at": local(record.formed_at),
        "corrects": version.number > 1,
        "facts": version.facts,
    }


def local(moment: datetime) -> str:
    return moment.astimezone(CST).isoformat(timespec="seconds")


#: Columns of the xlsx, one for each fact that any reported class has.
FACTS = tuple(dict.fromkeys(fact.name for key in REPORTED for fact in BY_KEY[key].facts))
HEAD = ("number", "version", "class", "provider", "item_number", "item_code", "formed_at", "corrects", *FACTS)


def as_rows(versions: Iterable[Version]) -> list[list]:
    """The same as a table, under HEAD."""
    return [_row(line(version)) for version in versions]


def _row(one: dict) -> list:
    item = one["item"] or {"number": None, "code": ""}
    plain = [one[name] for name in ("number", "version", "class", "provider")]
    told = [item["number"], item["code"], one["formed_at"], "yes" if one["corrects"] else "no"]
    return plain + told + [_cell(one["facts"].get(name)) for name in FACTS]


def as_told(versions: Iterable[Version]) -> list[Sheet]:
    """The same in the words of the page, a sheet for each class: for whoever types it into the platform."""
    found = list(versions)
    classes = [content for content in CONTENTS if content.reported]
    return [sheet for content in classes if (sheet := _sheet(content, found))[2]]


def _sheet(content: Content, versions: list[Version]) -> Sheet:
    head = [_("编号"), _("第几版"), _("执法事项"), *(fact.label for fact in content.facts)]
    return (
        str(content.title),
        head,
        [_told(one, content) for one in versions if one.record.content_class == content.key],
    )


def _told(version: Version, content: Content) -> list:
    facts = [spoken(typed(version.facts.get(fact.name, ""))) for fact in content.facts]
    return [version.record.number, version.number, str(version.record.item or ""), *facts]


def _cell(value):
    return "yes" if value is True else value
