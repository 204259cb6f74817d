"""Counties whose mechanisms differ from Ningwu's where assistance is concerned, made out of Ningwu's own file."""

from dataclasses import replace
from pathlib import Path

from coordination.kernel.mechanisms import mechanism_file, read_file, reading
from coordination.kernel.organs import County

HEAD = '[mechanism]\nid = "{name}"\ncounty = "某区"\ntitle = "乡镇与职能部门行政执法实施意见"\n'
#: Seven working days from receipt; supplements asked within two of them stop the count (QX-4.9, QX-4.12, QX-4.13).
SEVEN_DAYS_AND_A_PAUSE = """
[[limit]]
key = "assistance.answer"
title = "出具书面意见"
within = "7 working days"
basis = "實施意見 二（二）3"
quote = "應當自收到協助函件之日起七個工作日內出具書面意見"
pause = "實施意見 二（二）3：補充資料所用時間不計入答復期限"
rules = ["QX-4.9", "QX-4.13"]

[options."assistance.supplement_within"]
value = "2 working days"
basis = "實施意見 二（二）3"
quote = "應當自收到協助函件之日起兩個工作日內告知"
rules = ["QX-4.12"]
"""
#: Nobody may refuse, nobody approves, extensions add at most three working days.
STRICT = """
[options]
"assistance.refusal" = { value = false, basis = "某縣", local = true }
"assistance.approval" = { value = false, basis = "某縣", local = true }
"assistance.extension_cap" = { value = 3, basis = "某縣", local = true }
"""


def live_under(text: str, folder: Path, monkeypatch) -> None:
    """The one county of the test database goes over to a mechanism that differs from Ningwu's by `text`."""
    path = folder / "another.toml"
    path.write_text(HEAD.format(name="another") + text, encoding="utf-8")
    own, ningwu = read_file(path), mechanism_file("ningwu")
    assert own.problems == ()
    differing = replace(
        ningwu, id="another", limits={**ningwu.limits, **own.limits}, options={**ningwu.options, **own.options}
    )
    files = {**reading.read_all(), "another": differing}
    for module in ("reading", "periods"):
        monkeypatch.setattr(f"coordination.kernel.mechanisms.{module}.read_all", lambda folder=None: files)
    County.objects.update(mechanism="another")
