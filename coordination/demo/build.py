"""The whole demonstration: calendars, county, and the tales that bring it to its present."""

import os
import tomllib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing import get_context

from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat

from coordination.demo.accounts import SHOWN
from coordination.demo.almanac import Almanac
from coordination.demo.cast import Cast, fresh
from coordination.demo.load import NINGWU, load_county
from coordination.demo.plan import PLAN
from coordination.demo.play import play
from coordination.demo.verbs import Tale
from coordination.kernel.calendar import seed_calendars, work_calendar
from coordination.kernel.documents import IssuedDocument, render_document
from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.mechanisms import MechanismOverride
from coordination.kernel.notices import Notice, NoticeRead
from coordination.kernel.now import now, return_to_present, travel_to
from coordination.kernel.organs import County, User

#: Said on the login page and by the command: nobody here exists.
INVENTED = "演示数据：人员、当事人、案情和文书内容均为虚构，如有雷同，纯属巧合。"
LAPSES_SOON = "yangfangkou.officer3"
#: From here on the county asks for no number of days where two organs negotiate: the time that passes is shown.
NO_TARGET = {
    "kind": MechanismOverride.Kind.LIMIT,
    "key": "referrals.negotiate",
    "value": "promptly",
    "basis": "演示：协商管辖不设内部目标，及时办理",
}


@dataclass(frozen=True)
class Built:
    """What has been made."""

    matters: int
    beats: int
    entries: int


def loaded() -> bool:
    """Whether this database has matters already: then nothing is made."""
    return Matter.objects.exists()


@transaction.atomic
def build(present: datetime | None = None, say: Callable[[date], object] = lambda day: None) -> Built:
    """Make the county and its matters, whole or not at all; `present` (default: now) is where the tales end, `say`
    hears each week of theirs.

    In one transaction: nobody sees the travelled time or half a tale, and whoever interrupts it may begin again.
    """
    there = present or now()
    seed_calendars()
    county = load_county(NINGWU)
    almanac = Almanac(there, work_calendar(county.code))
    _renew_certificates(there.date())
    begin_at(almanac)
    _drop_target(county, almanac)
    cast = Cast(county)
    beats = play(tales(cast, almanac), there, say)
    _read_the_old(cast, almanac)
    _give_addresses()
    if present is None:
        return_to_present()
    connection.run_on_commit.clear()  # all that the queue would be asked for has been done here, but the printing
    return Built(Matter.objects.count(), beats, Entry.objects.count())


def begin_at(almanac: Almanac) -> None:
    """The morning of the first day of the first tale."""
    travel_to(almanac.day(min(line.begins for line in PLAN), "08:00"))


def tales(cast: Cast, almanac: Almanac) -> dict:
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((NINGWU / "scenarios").glob("*.toml"))]
    scenarios = {one["key"]: one for told in files for group in told.values() for one in group}
    return {line.key: line.tale(Tale(scenarios[line.key], cast, almanac, line.begins)) for line in PLAN}


def _renew_certificates(day: date) -> None:
    """Whoever's certificate is valid in the county's folder has a valid one at the present, however late that is; one
    person's lapses soon, so that his desk and his organ's show it."""
    lapsing = User.objects.filter(
        certificate_state=User.Certificate.VALID, certificate_until__lt=day + timedelta(days=90)
    )
    lapsing.update(certificate_until=date(day.year + 2, 12, 31))
    User.objects.filter(username=LAPSES_SOON).update(certificate_until=day + timedelta(days=20))


def _give_addresses() -> None:
    """From now on who is shown gets mail, which is kept in var/mail; .example is nobody's (RFC 2606)."""
    shown = User.objects.filter(username__in={login for _role, login in SHOWN})
    shown.update(email=Concat("username", Value("@ningwu.example")))


def _drop_target(county: County, almanac: Almanac) -> None:
    """A local arrangement of the county itself, as an administrator enters it."""
    by = User.objects.filter(is_superuser=True).earliest("pk")
    since = almanac.day(-40, "09:00").date()
    MechanismOverride.objects.create(county=county, since=since, made_by=by, **NO_TARGET)


def _read_the_old(cast: Cast, almanac: Almanac) -> None:
    """People have opened what they were told more than a few days ago: the inbox shows what is new."""
    old = Notice.objects.filter(created_at__lt=almanac.day(-3, "00:00"))
    people = {post.user_id: fresh(post.user) for post in cast.posts}.values()
    opened = ((user, pk) for user in people for pk in old.visible_to(user).values_list("pk", flat=True))
    NoticeRead.objects.bulk_create(NoticeRead(notice_id=pk, user=user) for user, pk in opened)


def print_documents() -> int:
    """Make the PDFs of all letters and receipts, on every core; after build(). Returns how many there are.

    What fails is tried again by the worker, as after any step.
    """
    unprinted = list(IssuedDocument.objects.filter(sha256="").values_list("pk", flat=True))
    connection.close()  # each process opens its own
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork")) as presses:
        list(presses.map(render_document, unprinted, chunksize=4))
    return IssuedDocument.objects.exclude(sha256="").count()
