"""Our own CSS and JavaScript against the oldest browser (Chromium 83), and every asset out of pinned packages."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from coordination.kernel.templatetags.signs import signs

STATIC = Path(settings.BASE_DIR) / "static"
#: What Chromium 83 does not know; a rule with one of these is dropped there as a whole.
CSS_TOO_NEW = (
    *(r":has\(", r":(is|where)\(", r"\binset\s*:", r"aspect-ratio\s*:", r"color-mix\(", r"accent-color"),
    *(r"@(layer|container|property)", r"content-visibility", r"(margin|padding)-(inline|block)\b", r"\b[dls]vh\b"),
)
#: A rule that asks whether it is known is left out where it is not.
ASKED_FIRST = re.compile(r"^@supports \([^{]*\) \{.*\}$", re.M)
JS_TOO_NEW = (
    *(r"\?\?", r"\|\|=", r"&&=", r"\?\.(?!\d)", r"\.replaceAll\(", r"\.at\(", r"replaceChildren"),
    *(r"structuredClone", r"#\w+\s*[=(;]", r"\bimport\b", r"\bawait\b"),
)


def source(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(), flags=re.S)


@pytest.mark.parametrize("pattern", CSS_TOO_NEW)
@pytest.mark.parametrize("name", ["app.css", "bare.css"])
def test_the_style_sheet_asks_nothing_that_chromium_83_does_not_know(name, pattern):
    assert not re.search(pattern, ASKED_FIRST.sub("", source(name)), re.M)


def test_gaps_stand_only_in_grids():
    for block in re.findall(r"\{([^{}]*)\}", source("app.css")):
        declared = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+)", block))
        assert not {"gap", "row-gap", "column-gap"} & set(declared), block
        assert "grid-gap" not in declared or "flex" not in declared.get("display", ""), block


@pytest.mark.parametrize("pattern", JS_TOO_NEW)
def test_the_script_is_es2019(pattern):
    assert not re.search(pattern, source("app.js"))


def test_no_asset_is_asked_of_another_host_or_evaluated():
    for path in STATIC.iterdir():
        words = re.sub(r"xmlns(:\w+)?=\"[^\"]+\"", "", path.read_text())
        assert not re.search(
            r"https?://|@import|\beval\(|new Function|innerHTML\s*=(?!\s*template\.innerHTML)", words
        ), path.name


def test_bootstrap_and_htmx_come_out_of_their_packages():
    for name in ("bootstrap/css/bootstrap.min.css", "django_htmx/htmx-2.min.js"):
        assert "site-packages" in finders.find(name)
        assert not (STATIC / name).exists()


def test_manifest_storage_collects_our_assets_source_maps_included(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}
    others = ["admin", "drf_spectacular_sidecar", "rest_framework", "import_export", "*.rtl.*", "*grid*"]
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=others)
    names = (tmp_path / "staticfiles.json").read_text()
    wanted = ("app.css", "app.js", "bootstrap/css/bootstrap.min.css.map", "django_htmx/htmx-2.min.js")
    assert all(f'"{name}"' in names for name in wanted)


def test_every_sign_that_a_template_names_is_drawn():
    templates = Path(settings.BASE_DIR) / "templates"
    named = {n for path in templates.rglob("*.html") for n in re.findall(r'{% icon "([\w-]+)"', path.read_text())}
    assert named <= set(signs())
