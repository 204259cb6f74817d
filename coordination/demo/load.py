"""Loads a county from its folder of TOML files: organs, people and posts, items and who holds them.

`load_county(path)` may run again at any time: it adds what is missing, refreshes organs, people and items, and leaves
matters, passwords and holdings that exist alone. What a file says and the models do not know is an error.
"""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from coordination.demo.load_items import load_items
from coordination.kernel.accounts import Phone
from coordination.kernel.organs import County, Delegation, Organ, Post, Role, User

NINGWU = Path(__file__).parent / "ningwu"

#: The one password of every invented person; set only where time may be travelled, that is in demo and tests.
DEMO_PASSWORD = "ningwu-2026"  # noqa: S105
#: The one key of their authenticators: the 20 letters `ningwu-demo-2026-key`, as hexadecimal digits.
DEMO_TOTP_KEY = b"ningwu-demo-2026-key"

#: Kinds whose superior is the county government unless the file names another.
UNDER_THE_COUNTY = (Organ.Kind.TOWNSHIP, Organ.Kind.SUBDISTRICT, Organ.Kind.DEPARTMENT, Organ.Kind.JUSTICE_BUREAU)


@dataclass(frozen=True)
class Folder:
    """The TOML files of a county, read once."""

    path: Path

    def read(self, name: str) -> dict:
        return tomllib.loads((self.path / f"{name}.toml").read_text(encoding="utf-8"))

    @cached_property
    def organs(self) -> dict:
        return self.read("organs")

    @cached_property
    def people(self) -> dict:
        return self.read("people")

    @cached_property
    def laws(self) -> dict:
        return self.read("laws")

    @cached_property
    def holdings(self) -> dict:
        return self.read("holdings")

    @cached_property
    def item_groups(self) -> list[dict]:
        files = sorted((self.path / "items").glob("*.toml"))
        return [group for file in files for group in tomllib.loads(file.read_text(encoding="utf-8"))["group"]]


@transaction.atomic
def load_county(path: Path = NINGWU) -> County:
    """The county of the folder `path`, with its organs, people, items and holdings; matters are no part of it."""
    folder = Folder(path)
    county, _ = County.objects.update_or_create(code=folder.organs["county"]["code"], defaults=folder.organs["county"])
    organs = load_organs(county, folder.organs)
    load_people(organs, folder.people)
    load_items(county, organs, folder)
    return county


def load_organs(county: County, data: dict) -> dict[str, Organ]:
    """By key. First the rows, then who is above and around whom, for a file may name an organ before it appears."""
    rows, placed = data["organ"], ("superior", "parent")
    drafts = [Organ(county=county, **{key: row[key] for key in row if key not in placed}) for row in rows]
    for organ in drafts:
        organ.clean()
    changing = ["kind", "name", "short_name", "mark", "own_name_basis", "off_platform", "sort_key"]
    Organ.objects.bulk_create(drafts, update_conflicts=True, unique_fields=["key"], update_fields=changing)
    organs = {organ.key: organ for organ in Organ.objects.filter(county=county)}
    for row in rows:
        organ = organs[row["key"]]
        above = row.get("superior") or (data["government"] if organ.kind in UNDER_THE_COUNTY else None)
        organ.superior = organs[above] if above else None
        organ.parent = organs[row["parent"]] if "parent" in row else None
    Organ.objects.bulk_update(organs.values(), placed)
    return organs


def load_people(organs: dict[str, Organ], people: dict) -> None:
    """Accounts, posts, delegations. A password only where time may be travelled; an existing one is not touched."""
    rows = [(organs[key], row) for key, group in people["people"].items() for row in group]
    password = make_password(DEMO_PASSWORD if settings.TIME_TRAVEL else None)
    drafts = [_user(row, password, index) for index, (_, row) in enumerate(rows, start=1)]
    drafts += [_administrator(row, password, index) for index, row in enumerate(people["administrator"], start=1)]
    changing = ["name", "phone", "certificate_number", "certificate_state", "certificate_until"]
    User.objects.bulk_create(drafts, update_conflicts=True, unique_fields=["username"], update_fields=changing)
    users = {user.username: user for user in User.objects.filter(username__in=[u.username for u in drafts])}
    posts = [
        Post(user=users[row["login"]], organ=organ, role=role, since=row.get("since", people["since"]))
        for organ, row in rows
        for role in row["roles"]
    ]
    Post.objects.bulk_create(posts, ignore_conflicts=True)
    for row in people["delegation"]:
        _delegate(users, row)
    second_factors()


def second_factors() -> None:
    """Supervisors and administrators of the demonstration have their phone already, all with the same well-known key;
    nowhere else is one given."""
    wanted = Q(is_staff=True) | Q(posts__role=Role.SUPERVISOR)
    for user in User.objects.filter(wanted, totpdevice__isnull=True).distinct() if settings.TIME_TRAVEL else ():
        Phone.objects.give(user, DEMO_TOTP_KEY, name="demo")


def _user(row: dict, password: str, index: int) -> User:
    return User(
        username=row["login"],
        password=password,
        name=row["name"],
        phone=f"0350-0000{index:03d}",
        certificate_number=row.get("certificate", ""),
        certificate_state=row.get("state", User.Certificate.NONE),
        certificate_until=row.get("until"),
    )


def _administrator(row: dict, password: str, index: int) -> User:
    duty = row.get("duty", "")
    about = {"name": row["name"], "phone": f"0350-0009{index:03d}", "duty": duty, "is_superuser": not duty}
    return User(username=row["login"], password=password, is_staff=True, **about)


def _delegate(users: dict[str, User], row: dict) -> None:
    post = Post.objects.get(user=users[row["post"]], role=row["role"])
    span = {"since": row["since"], "until": row["until"]}
    Delegation.objects.get_or_create(post=post, to=users[row["to"]], **span)
