"""The walk over every address as every reader: who may not see a matter finds nothing of it anywhere.

The matrix is tests/doors.py (addresses) and tests/planted.py (readers, matters, who may see what, and the canaries).
"""

import io
import logging
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template import Template
from django.test import Client
from django.test.utils import _TestState
from django.urls import reverse
from rest_framework.permissions import IsAuthenticated

from coordination.kernel import pdf
from coordination.kernel.clocks import Clock
from coordination.kernel.documents import IssuedDocument, NumberSeries
from coordination.kernel.drafts import Draft
from coordination.kernel.journal import Entry
from coordination.kernel.materials import EvidenceReview, Material, MaterialCheck
from coordination.kernel.matters import Link, Matter, Participation
from coordination.kernel.notices import Notice
from coordination.kernel.now import now
from coordination.kernel.organs import Post, User, in_force
from coordination.kernel.web.workflows import workflow
from tests.county import person, picture
from tests.doors import DOORS, KINDS, Door, To, Try, declared_as, every_address
from tests.planted import OVERSEERS, READERS, SEEN_BY, THOROUGH, TRYING, Planted, plant
from tests.undone import in_ningwu

pytestmark = pytest.mark.django_db
KEPT = (Entry, Participation, Link, Material, MaterialCheck, EvidenceReview, Notice, Clock, IssuedDocument, Draft)
LOGIN = {302, 401, 403}


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker) -> Iterator[Planted]:
    with in_ningwu(django_db_blocker):
        yield plant()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of refusals would fill the log."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def quick(monkeypatch) -> None:
    """A PDF costs a second: the frozen HTML that it is made of is searched instead. And the templates are rendered as
    they are in production, without the test client's copies of every context."""
    monkeypatch.setattr(settings, "API_RATE", 100_000)
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    monkeypatch.setattr(pdf, "render", lambda html, base_url=None: b"%PDF-1.7 " + html.encode())


def knock(login: str | None) -> Client:
    client = Client(raise_request_exception=False)
    if login:
        client.force_login(User.objects.get(username=login))
    return client


def text_of(response: HttpResponse) -> str:
    """All that was answered: headers, and the body; of a zip archive (xlsx) its parts."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        parts = zipfile.ZipFile(io.BytesIO(body))
        body = b"".join(parts.read(name) for name in parts.namelist())
    return f"{response.headers}\n{body.decode('utf-8', 'replace')}"


def all_doors(planted: Planted, login: str | None) -> Iterator[tuple[str, Door, Try]]:
    """Every address that this reader tries."""
    for name, door in DOORS.items():
        for one in door.tries(planted):
            if not one.deep or thorough(planted, login, door, one):
                yield name, door, one


def thorough(planted: Planted, login: str | None, door: Door, one: Try) -> bool:
    if door.to is To.STAFF:
        return login in ("admin", "staff")
    return login in THOROUGH and planted.sees(login, one.about)


def row_state() -> tuple:
    """Everything of matters that a request could change."""
    rows = list(Matter.objects.order_by("pk").values_list("pk", "version", "stage", "holder", "next_due_at"))
    return rows, [model.objects.count() for model in KEPT], list(NumberSeries.objects.values_list("pk", "last"))


def expected(planted: Planted, login: str, door: Door, one: Try) -> set[int]:
    """What the reader is answered, by the matrix."""
    if not door.gets:
        return {405}
    allowed = set(door.answers)
    if door.to is To.STAFF:
        return {"admin": allowed, "staff": {200, 302, 403}}.get(login, {302})
    if door.to is To.COUNTY:
        counties = {key.split(".")[0] for key in planted.organs_of.get(login, ())}
        return allowed if one.about in counties or login == "admin" else {404}
    if door.to is To.ADDRESSEE:
        return allowed if addressed(login, *one.about) else {404}
    if door.to is To.SEER and one.about is not None:
        return allowed if planted.sees(login, one.about) else {404}
    return allowed | ({403} if door.to is To.SEER else set())


def addressed(login: str, organ: str, role: str) -> bool:
    """Whether the reader holds the post that a notice is for."""
    held = Post.objects.filter(in_force(now().date()), organ__key=organ)
    own = held.filter(user__username=login) | held.filter(delegations__to__username=login)
    return any(role in ("", post.role) for post in own) and not login.startswith("late")


def test_every_address_is_declared_with_whom_it_is_for():
    assert {declared_as(name) for name, _view in every_address()} == set(DOORS)


def test_every_address_asks_for_a_login_unless_it_is_declared_for_anyone():
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
    open_views = {name: view for name, view in every_address() if not getattr(view, "login_required", True)}
    programs = {name: view for name, view in open_views.items() if name.startswith("api-") or name in ("due", "schema")}
    assert all(IsAuthenticated in view.cls.permission_classes for view in programs.values())  # tokens, then 401
    anyone = {name for name, door in DOORS.items() if door.to is To.ANYONE}
    assert open_views.keys() - programs.keys() - {"admin:login"} == anyone


def test_whoever_is_not_logged_in_is_led_to_the_login_and_told_nothing(planted):
    client, before = knock(None), row_state()
    for name, door, one in all_doors(planted, None):
        answers = [client.get(one.path), client.head(one.path)] + ([client.post(one.path)] if door.posts else [])
        for response in answers:
            if door.to is not To.ANYONE:
                assert response.status_code in LOGIN, (name, one.path)
            assert not found_in(text_of(response), planted.canaries, one.path), (name, one.path)
    assert row_state() == before


def found_in(text: str, words, path: str) -> list[str]:
    """The canaries in an answer, but for what the reader himself has asked."""
    return [word for word in words if word in text and word not in path]


@pytest.mark.parametrize("login", READERS)
def test_nobody_finds_a_trace_of_what_he_may_not_see_and_reading_changes_nothing(planted, login):
    client, secrets, before = knock(login), planted.secrets(login), row_state()
    assert secrets
    for name, door, one in all_doors(planted, login):
        response = client.get(one.path)
        allowed = expected(planted, login, door, one)
        assert response.status_code in allowed, (name, one.path, response.status_code, allowed)
        leaked = found_in(text_of(response), secrets, one.path)
        assert not leaked, (name, one.path, leaked)
    assert row_state() == before


def test_who_may_see_a_matter_finds_its_words_so_that_the_canaries_would_be_heard(planted):
    for login in READERS:
        client = knock(login)
        for short, matter in planted.matters.items():
            if planted.sees(login, short):
                assert matter.title in text_of(client.get(reverse("matter", args=[matter.number])))
        lists = "".join(text_of(client.get(reverse(f"{kind}:list"))) for kind in KINDS)
        shown = {short for short, matter in planted.matters.items() if matter.number in lists}
        assert shown == {short for short in planted.matters if planted.sees(login, short)}


def test_the_readers_cover_every_side_of_every_matter():
    """An oracle that lets everybody in, or nobody, would prove nothing."""
    assert SEEN_BY.keys() >= {"case", "draft", "sent", "told", "abroad"}
    assert all(logins <= {*READERS} for logins in OVERSEERS.values())


def test_a_matter_that_one_may_not_see_and_one_that_is_not_there_are_answered_alike(planted):
    client, hidden = knock("zhujian.officer1"), planted.matters["draft"].number
    for path in ("/m/{}/", "/m/{}/materials/", "/m/{}/submit/", "/documents/preview/{}/transfer_letter/"):
        answers = [client.get(path.format(number)) for number in (hidden, "移2026999999")]
        assert [response.status_code for response in answers] == [404, 404]
        assert blank(answers[0], hidden) == blank(answers[1], "移2026999999")


def blank(response: HttpResponse, number: str) -> str:
    """The page without what differs from request to request."""
    return re.sub(r'"\w{64}"|"[0-9a-f-]{36}"', "", text_of(response)).replace(number, "")


@pytest.mark.parametrize("login", TRYING)
def test_nobody_changes_what_he_may_not_see_or_has_no_part_in(planted, login):
    client, before = knock(login), row_state()
    for name, door, one in all_doors(planted, login):
        if not door.posts or door.to is not To.SEER or one.about is None:
            continue
        if not planted.sees(login, one.about):
            assert client.post(one.path, filled()).status_code == 404, (name, one.path)
        elif one.about in ("sent", "crime") and not takes_part(planted, login, one.about):
            if may_begin(planted, login, name, one.about):
                continue
            response = client.post(one.path, filled())
            assert response.status_code in {403, 404, 409, 422}, (name, one.path)
            assert not found_in(text_of(response), planted.secrets(login), one.path)
    assert row_state() == before


def may_begin(planted: Planted, login: str, name: str, short: str) -> bool:
    """Whether the address is the form of a matter that the reader may begin out of this one, as an overseer an order:
    what he types there is his own."""
    kind, _colon, page = name.partition(":")
    matter = planted.matters[short]
    opens = page == "new" and matter.kind in workflow(kind).OPENS_FROM
    return opens and workflow(kind).may_open_from(matter, person(login))


def filled() -> dict:
    """Something in every field that a form might have: what stops the request must be the right, not the form."""
    facts = ("words", "reason", "reasons", "result", "items", "why", "legal_basis", "finding", "proposal", "body")
    moments = ("at", "told_at", "found_at", "served_at", "approved_at")
    scans = (f"{scan}_upload" for scan in ("scan", "sealed_scan", "photo", "decision_scan"))
    chosen = {"service_method": "in_person", "outcome": "accepted", "again": "own", "urgency": "urgent", "version": "0"}
    described = {"kind": "other", "copies": "1", "all": "1", "by_day": "2026-10-01", "approved_by": "某人"}
    people = ("person", "signer", "handler", "phone", "participants", "receiver_person")
    typed = dict.fromkeys(facts, "写清楚的情况和理由") | dict.fromkeys(moments, "2026-09-21T08:30")
    files = {name: picture() for name in (*scans, "files")}
    return typed | dict.fromkeys(people, "某人") | chosen | described | files


def takes_part(planted: Planted, login: str, short: str) -> bool:
    """Whether an organ of the reader is a side of the matter, not only its overseer or guide."""
    keys = planted.organs_of.get(login, set())
    return Participation.objects.filter(matter=planted.matters[short], organ__key__in=keys).exists()


def test_a_forged_request_changes_nothing(planted):
    """Without the page's token (CSRF) not even he whose turn it is can be made to act; the API does not even read a
    form (415)."""
    before = row_state()
    for login, doors in (("yangfangkou.officer1", {To.SEER, To.READER}), ("admin", {To.STAFF})):
        client = Client(enforce_csrf_checks=True)
        client.force_login(person(login))
        for name, door, one in all_doors(planted, login):
            seen = door.to is not To.SEER or one.about is None or planted.sees(login, one.about)
            if door.posts and seen and door.to in doors:
                assert client.post(one.path, filled()).status_code in {403, 404, 415}, (name, one.path)
    assert row_state() == before


def test_the_same_requests_with_the_token_are_let_in(planted):
    """So that the refusals above are the token's doing."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("yangfangkou.officer1"))
    matter = planted.matters["case"]
    page = client.get(reverse("step", args=[matter.number, "verify"]))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]
    facts = {"csrfmiddlewaretoken": token, "version": matter.version, "words": "核实"}
    assert client.post(reverse("step", args=[matter.number, "verify"]), facts).status_code == 302


def test_whoever_is_told_of_a_matter_may_see_it(planted):
    """A notice bears the matter's title: nobody may be told what he may not read."""
    today = now().date()
    for notice in Notice.objects.select_related("matter"):
        posts = Post.objects.filter(in_force(today), organ=notice.organ_id)
        posts = posts.filter(role=notice.role) if notice.role else posts
        for user in User.objects.filter(posts__in=posts).distinct():
            assert Matter.objects.visible_to(user).filter(pk=notice.matter_id).exists(), (notice, user)


def test_what_is_no_words_at_all_is_no_error_of_the_program(planted):
    """A null character, which PostgreSQL cannot keep, in every part of a request."""
    client, matter = knock("yangfangkou.officer1"), planted.matters["case"]
    for path in (
        "/search/?q=%00",
        "/cases/?q=%00",
        "/m/%00/",
        "/catalogue/?q=%00",
        "/directory/%00/",
        "/cases/new/?from=%00",
    ):
        assert client.get(path).status_code < 500, path
    facts = {"words": "核实\0", "version": matter.version}
    assert client.post(reverse("step", args=[matter.number, "verify"]), facts).status_code == 422
    assert client.post(reverse("draft") + "?for=/cases/new/", {"title": "草\0稿"}).status_code < 500


def test_a_version_that_no_page_has_shown_is_stale(planted):
    client, matter = knock("yangfangkou.officer1"), planted.matters["case"]
    for version in ("x", "-1", "9" * 30, "٣"):
        facts = {"words": "核实", "version": version}
        assert client.post(reverse("step", args=[matter.number, "verify"]), facts).status_code == 409


def test_an_account_that_is_closed_is_not_logged_in(planted):
    client = knock("yangfangkou.officer1")
    User.objects.filter(username="yangfangkou.officer1").update(is_active=False)
    assert client.get("/").status_code == 302
