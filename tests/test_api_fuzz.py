"""The whole schema under fire, as every role: no error of the server, every answer as the schema describes it, and
nothing of a matter that is not the caller's."""

import json
from urllib.parse import quote, urlencode

import pytest
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from coordination.kernel.matters import Matter
from coordination.kernel.organs import Role, User, posts_of
from tests.county import Story, person, picture
from tests.kernel.apiclient import client

CANARY = "金丝雀"
#: Who stands for a role: some one of its holders, chosen so that several sides of the story are among them.
FAVOURED = ("yangfangkou", "shengtai", "sifa")
EXAMPLES = 30


class Township(Story):
    """A township that nobody of the main story has to do with."""

    township = "dongzhai"


@pytest.fixture(scope="module")
def schema() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture
def world(story) -> list[str]:
    """The numbers of matters in several stages, and of a few that others must never hear of."""
    words = {"title": CANARY, "subject_name": CANARY, "place_text": CANARY, "basic_facts": CANARY}
    hidden = Township().case(**words)
    Township().evidence(hidden)
    open_case, found, sent = story.case(), story.found_other(story.case()), story.sent()
    return [each.number for each in (hidden, open_case, found, sent, story.approved(), story.accepted())]


@pytest.fixture
def unhurried(settings) -> None:
    settings.API_RATE = 100_000


def holder(role: str) -> User:
    people = User.objects.filter(posts__role=role).order_by("pk").distinct()
    return next((u for u in people if u.username.partition(".")[0] in FAVOURED), people.first())


@pytest.mark.parametrize("role", [*Role.values, None])
def test_no_call_breaks_the_server_or_gives_another_matter_away(world, schema, role, unhurried):
    user = holder(role) if role else User.objects.create(username="nobody", name="无岗位人员")
    if user is None:
        pytest.fail(f"nobody in the county is {role}")
    blind = not Matter.objects.visible_to(user).filter(number=world[0]).exists()
    program, operations = client(user.username), list(calls(schema))
    pools = names_of(world, user)

    @fire
    @given(st.data())
    def shoot(data):
        path, method, operation = data.draw(st.sampled_from(operations))
        answer = program.generic(method.upper(), *request(data, schema, path, operation, pools), **headers(data))
        assert answer.status_code < 500, answer.content
        check(schema, operation, answer)
        assert not (blind and CANARY in words_of(answer))

    shoot()


def fire(test):
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    how = {"max_examples": EXAMPLES, "phases": [Phase.generate], "deadline": None, "derandomize": True}
    return settings(**how, database=None, suppress_health_check=checks)(test)


def calls(schema: dict):
    """Every operation; multipart uploads have a test of their own."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            if "multipart/form-data" not in operation.get("requestBody", {}).get("content", {}):
                yield path, method, operation


def names_of(world: list[str], user: User) -> dict[str, list]:
    """What a program might name: what exists and is seen, what exists and is not, what does not exist."""
    organs = [p.organ.key for p in posts_of(user)] + ["ningwu.shengtai", "ningwu.fenghuang", "ningwu.nowhere"]
    return {
        "number": [*world, *world[1:], "案2026999999", ".."],
        "word": [*organs, *world, user.username, "yangfangkou.officer1", "yangfangkou.officer2", "一句话"],
        "whole": [0, 1, 2, 53, 2**31 - 1],
    }


def request(data, schema: dict, path: str, operation: dict, pools: dict) -> tuple:
    """Address, body and media type of one call."""
    asked = {}
    for each in operation.get("parameters", ()):
        if each["in"] == "path":
            pool = pools["number"] if each["name"] == "number" else [1, 2, 3, 2**70]
            path = path.replace(f"{{{each['name']}}}", quote(str(data.draw(st.sampled_from(pool))), safe=""))
        elif each["in"] == "query" and data.draw(st.booleans()):
            asked[each["name"]] = data.draw(value(schema, each["schema"], pools) | st.text(max_size=5))
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    sent = data.draw(value(schema, body["schema"], pools) | junk()) if body else None
    text = json.dumps(sent).encode() if body else b""
    return (f"{path}?{urlencode(asked, errors='replace')}" if asked else path), text, "application/json"


def headers(data) -> dict:
    key = data.draw(st.none() | st.sampled_from(["k1", "k2"]))
    return {"headers": {"Idempotency-Key": key}} if key else {}


def junk():
    leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=10)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    )


SIMPLE = {
    ("boolean", None): st.booleans(),
    ("string", "date"): st.dates().map(str),
    ("string", "date-time"): st.datetimes().map(lambda d: f"{d.isoformat()}+08:00")
    | st.just("2026-09-21T08:00:00+08:00"),
    ("string", "decimal"): st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str) | st.just("1.5"),
}


def value(schema: dict, shape: dict, pools: dict):
    """Values of a shape, most of them fitting, and names that exist among them."""
    shape = resolved(schema, shape)
    found = plain(schema, shape, pools)
    return found | st.none() if shape.get("nullable") else found


def plain(schema: dict, shape: dict, pools: dict):
    if "enum" in shape:
        return st.sampled_from(shape["enum"])
    kind = shape.get("type"), shape.get("format")
    if kind in SIMPLE:
        return SIMPLE[kind]
    match kind:
        case "object", _:
            return whole(schema, shape, pools)
        case "array", _:
            return st.lists(value(schema, shape["items"], pools), max_size=3)
        case "integer", _:
            return st.sampled_from(pools["whole"]) | st.integers()
        case "string", _:
            return st.sampled_from(pools["word"]) | st.text(max_size=20)
    parts = shape.get("oneOf") or shape["allOf"]
    return st.one_of(*(value(schema, each, pools) for each in parts))


def whole(schema: dict, shape: dict, pools: dict):
    members = {name: value(schema, each, pools) for name, each in shape.get("properties", {}).items()}
    needed = set(shape.get("required", ()))
    return st.fixed_dictionaries(
        {name: each for name, each in members.items() if name in needed},
        optional={name: each for name, each in members.items() if name not in needed},
    )


def resolved(schema: dict, shape: dict) -> dict:
    while "$ref" in shape:
        shape = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    return shape


def check(schema: dict, operation: dict, answer) -> None:
    """The answer is one that the schema announces, in the shape that it announces."""
    assert str(answer.status_code) in operation["responses"], (operation["operationId"], answer.content)
    announced = operation["responses"][str(answer.status_code)].get("content", {})
    media = answer["Content-Type"].partition(";")[0]
    if answer.streaming or "yaml" in media or "openapi" in media:
        return
    assert media in announced, (operation["operationId"], media)
    root = {"components": nullable(schema["components"]), **nullable(announced[media]["schema"])}
    Draft202012Validator(root).validate(json.loads(answer.content))


def nullable(part):
    """OpenAPI's `nullable` in the words of JSON Schema."""
    if isinstance(part, list):
        return [nullable(each) for each in part]
    if not isinstance(part, dict):
        return part
    plain = {name: nullable(each) for name, each in part.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if part.get("nullable") is True else plain


def words_of(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def test_a_stranger_learns_nothing_from_uploading(world):
    stranger = client("shichang.officer1")
    for number in world:
        for kind in ("cases", "referrals"):
            sent = {"file": picture(), "kind": "photo"}
            answer = stranger.post(f"/api/v1/{kind}/{number}/materials/", sent, format="multipart")
            assert answer.status_code == 404
            assert CANARY not in answer.content.decode()


def test_whoever_stands_for_a_role_sees_some_of_the_story(world):
    seen = {role: Matter.objects.visible_to(holder(role)).exists() for role in Role.values}
    assert seen[Role.OFFICER]
    assert seen[Role.SUPERVISOR]
    assert not Matter.objects.visible_to(person("shichang.officer1")).exists()
