"""Translations are compiled by Babel, once, and again when the words change."""

import gettext
import os
from pathlib import Path

from coordination.local.messages import compile_all

WORDS = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgctxt "button"
msgid "移送"
msgstr "Transfer"
"""


def test_words_are_compiled_when_they_are_newer_than_what_is_compiled(tmp_path: Path) -> None:
    source = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(WORDS)
    (target,) = compile_all(tmp_path)
    with target.open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).pgettext("button", "移送") == "Transfer"
    assert compile_all(tmp_path) == []
    os.utime(source, (target.stat().st_mtime + 5,) * 2)
    assert compile_all(tmp_path) == [target]


def test_a_folder_without_words_needs_nothing(tmp_path: Path) -> None:
    assert compile_all(tmp_path / "nowhere") == []
