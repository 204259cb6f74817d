"""What `manage.py check` says of a bad mechanism file: the file, the key, what to do."""

from datetime import date

import pytest

from coordination.kernel.checks import TELLS, check_mechanisms
from coordination.kernel.mechanisms import Law, LimitDeclaration, Mechanism, Rules, mechanism_file, read_all, read_file
from coordination.kernel.mechanisms.proofs import PROOFS, Facts, limits_without_a_period
from coordination.kernel.words import Refusal
from tests.county import at

HEAD = '[mechanism]\nid = "test"\ntitle = "测试县机制"\n'
SEND = '[[limit]]\nkey = "referrals.send"\ntitle = "移送"\nwithin = "3 working days"\nbasis = "甲 一"\nquote = "三"\n'
FILE = '[[limit]]\nkey = "referrals.file"\ntitle = "立案"\nwithin = "promptly"\nbasis = "甲 二"\nquote = "及时"\n'
WHEN = '  [[limit.when]]\n  {facts}\n  within = "24 hours"\n  basis = "甲 一"\n  quote = "急"\n'
LIMITS = {
    key: LimitDeclaration(key, frozenset({"urgency", "kind", "ongoing"}))
    for key in ("referrals.send", "referrals.file", *read_all()["national"].limits)
}
OPTIONS = frozenset({"clocks.day_ends", "clocks.grace", "assistance.refusal", "referrals.approval"})


@pytest.fixture
def problems(tmp_path):
    """What the proofs say of a file with this text beside the national one."""

    def read(text):
        path = tmp_path / "test.toml"
        path.write_text(text, encoding="utf-8")
        facts = Facts({"national": read_all()["national"], "test": read_file(path)}, LIMITS, OPTIONS, TELLS)
        return [str(problem) for proof in PROOFS for problem in proof(facts)]

    return read


GOOD = (
    HEAD
    + SEND
    + WHEN.format(facts='urgency = "urgent"')
    + FILE
    + (
        '[[target]]\nkey = "referrals.file"\nwithin = "3 working days"\nbasis = "本县目标"\n'
        '[options]\n"referrals.approval" = { value = true, basis = "甲 三", quote = "批准" }\n'
    )
)


def test_a_good_file_has_no_problems(problems):
    assert problems(GOOD) == []


def test_the_files_of_this_release_are_good():
    files = read_all()
    assert [one.problems for one in files.values() if one.problems] == []
    assert [str(message) for message in check_mechanisms(None, files)] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD + 'oops = "', ["test.toml", "TOML"]),
        (GOOD.replace('id = "test"', 'id = "tset"'), ["[mechanism]", "test"]),
        (GOOD.replace('title = "移送"', 'titel = "移送"'), ["referrals.send", "titel", "title"]),
        (GOOD.replace('basis = "甲 二"\n', ""), ["referrals.file", "basis"]),
        (GOOD.replace('quote = "及时"\n', ""), ["referrals.file", "quote", "local = true"]),
        (GOOD.replace("3 working days", "three days"), ["referrals.send", "three days", "3 working days"]),
        (GOOD.replace('"referrals.send"', '"referrals.sned"'), ["referrals.sned", "referrals.send"]),
        (GOOD + SEND, ["referrals.send", "两次"]),
        (GOOD.replace("urgency =", "urgancy ="), ["referrals.send", "urgancy", "urgency"]),
        (GOOD.replace('"urgent"', '"urgnet"'), ["referrals.send", "urgnet", "urgent"]),
        (HEAD + SEND + WHEN.format(facts="") + FILE + GOOD[GOOD.index("[[target") :], ["referrals.send", "没有条件"]),
        (GOOD.replace('"referrals.approval"', '"referrals.aproval"'), ["referrals.aproval", "referrals.approval"]),
        (GOOD[: GOOD.index("[options]")], ["referrals.approval", "缺少选项"]),
        (
            GOOD.replace('within = "3 working days"\nbasis = "本县目标"', 'within = "promptly"\nbasis = "本县目标"'),
            ["[[target]] referrals.file", "数字"],
        ),
        (
            GOOD.replace('[[target]]\nkey = "referrals.file"', '[[target]]\nkey = "referrals.send"'),
            ["[[target]] referrals.send", "明确期限"],
        ),
        (GOOD.replace('"referrals.approval" = {', '"referrals.approval" = true #{'), ["referrals.approval", "value"]),
        (
            GOOD.replace("[options]", '[options]\n"clocks.grace" = { value = "2 days", basis = "甲", local = true }'),
            ["clocks.grace", "2 hours"],
        ),
        (
            GOOD.replace("[options]", '[options]\n"clocks.day_ends" = { value = "25:00", basis = "甲", local = true }'),
            ["clocks.day_ends", "24:00"],
        ),
        (GOOD.replace("[mechanism]", "version = 3\n[mechanism]"), ["version"]),
    ],
)
def test_a_slip_is_named_with_its_file_and_key(problems, text, says):
    found = problems(text)
    assert any(all(word in problem for word in says) for problem in found), found


def test_a_when_that_an_earlier_one_covers_is_refused(problems):
    broad, narrow = 'urgency = ["urgent", "major"]', 'urgency = "major"\n  ongoing = true'
    twice = WHEN.format(facts=broad) + WHEN.format(facts=narrow)
    found = problems(HEAD + SEND + twice + FILE + GOOD[GOOD.index("[[target") :])
    assert any("ongoing=yes&urgency=major" in problem and "重叠" in problem for problem in found)


@pytest.mark.rules("LAW-9")
def test_a_county_cannot_change_a_statutory_limit(problems):
    found = problems(GOOD + SEND.replace("referrals.send", "cases.decide"))
    assert any("cases.decide" in problem and "法定" in problem for problem in found)


@pytest.mark.parametrize(
    ("rung", "word"),
    [
        ('key = "a"\nat = "1 week before"\nlevel = "remind"\ntells = ["bearer.officers"]', "1 week before"),
        ('key = "a"\nat = "due"\nlevel = "scream"\ntells = ["bearer.officers"]', "scream"),
        ('key = "a"\nat = "due"\nlevel = "remind"\ntells = ["bearer.oficers"]', "bearer.officers"),
    ],
)
def test_a_rung_that_cannot_fall_is_refused(problems, rung, word):
    found = problems(
        HEAD + SEND + f"[[limit.rung]]\n{rung}\nbasis = '内部'\nlocal = true\n" + FILE + GOOD[GOOD.index("[[target") :]
    )
    assert any(word in problem and "referrals.send" in problem for problem in found)


def test_a_clash_must_be_decided_as_the_file_decides(problems):
    clash = (
        '[[clash]]\nid = "c"\ntitle = "批准"\noption = "referrals.approval"\nchosen = {chosen}\nreason = "取严"\n'
        '[[clash.side]]\nvalue = true\nbasis = "甲 三"\nquote = "批准"\n'
        '[[clash.side]]\nvalue = false\nbasis = "乙 三"\nquote = "不必"\n'
    )
    assert problems(GOOD + clash.format(chosen="true")) == []
    assert any("不一致" in problem for problem in problems(GOOD + clash.format(chosen="false")))
    assert any("chosen" in problem for problem in problems(GOOD + clash.format(chosen='"maybe"')))


def test_a_flow_whose_limit_no_mechanism_knows_is_warned_of():
    facts = Facts(read_all(), {**LIMITS, "jointops.plan": LimitDeclaration("jointops.plan")}, OPTIONS, TELLS)
    assert [problem.where for problem in limits_without_a_period(facts)] == ["[[limit]] jointops.plan"]


def test_the_first_fitting_when_wins(tmp_path):
    path = tmp_path / "test.toml"
    major = WHEN.format(facts='urgency = "urgent"\n  kind = "lead"').replace("24 hours", "at once")
    path.write_text(HEAD + SEND + major + WHEN.format(facts='urgency = ["urgent", "major"]'), encoding="utf-8")
    limit = Rules(read_file(path), mechanism_file("national")).limits()["referrals.send"]
    day = date(2026, 9, 1)
    assert str(limit.branch({"urgency": "urgent", "kind": "lead"}, day).within) == "at once"
    assert str(limit.branch({"urgency": "urgent", "kind": "case"}, day).within) == "24 hours"
    assert str(limit.branch({"kind": "lead"}, day).within) == "3 working days"


def rules_with(tmp_path, text):
    path = tmp_path / "test.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return Rules(read_file(path), mechanism_file("national"))


def test_a_duty_keeps_the_law_of_the_day_on_which_it_began(tmp_path):
    rules = rules_with(tmp_path, SEND + WHEN.format(facts="until = 2026-04-15"))
    assert str(rules.period("referrals.send", at("2026-04-14 23:59"), {}).within) == "24 hours"
    assert str(rules.period("referrals.send", at("2026-04-15 00:00"), {}).within) == "3 working days"


def test_a_limit_that_the_law_no_longer_sets_is_refused_with_the_day(tmp_path):
    rules = rules_with(tmp_path, SEND + "until = 2026-04-15\n")
    assert rules.holds("referrals.send", at("2026-04-14 12:00"))
    assert not rules.holds("referrals.send", at("2026-04-15 12:00"))
    with pytest.raises(Refusal, match="2026-04-15"):
        rules.period("referrals.send", at("2026-04-15 12:00"), {})


def test_an_older_law_before_a_newer_one_is_no_dead_branch(problems):
    older = WHEN.format(facts="until = 2026-04-15")
    assert problems(GOOD.replace(FILE, older + FILE)) == []
    assert any("永远轮不到" in problem for problem in problems(GOOD.replace(FILE, older + older + FILE)))


def test_a_law_that_nobody_compared_says_so():
    national = Mechanism(
        "national", "国", laws={"甲法": Law("甲法", "2020年公布"), "乙法": Law("乙法", "2021年", True)}
    )
    rules = Rules(Mechanism("test", "县"), national)
    assert rules.edition("甲法 第一条") == "2020年公布（未与官方文本核对）"
    assert rules.edition("乙法 第一条") == "2021年"
