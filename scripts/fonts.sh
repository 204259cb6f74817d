#!/usr/bin/env bash
# Takes the fonts that letters are set in out of Debian's packages into var/fonts, without installing the packages:
#   FandolFang (仿宋), FandolKai (楷体), FandolHei (黑体), FandolSong-Bold (小标宋 stand-in)  texlive-lang-chinese, 49 MB
#   BabelStone Han (63,000 characters, for rare characters in names)                       fonts-babelstone-han, 11 MB
# Safe to run again; does nothing when the fonts are there. Where apt is absent it says so and ends well: letters are
# then set in the Noto fonts of requirements.txt, and characters that these lack are refused before a number is taken.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CSX_VAR:-var}/fonts"
wanted=(FandolFang-Regular.otf FandolKai-Regular.otf FandolHei-Regular.otf FandolSong-Bold.otf BabelStoneHan.ttf)

have_all() { for font in "${wanted[@]}"; do [ -s "$target/$font" ] || return 1; done; }
have_all && exit 0
if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    echo "fonts: no apt here; put ${wanted[*]} into $target to set letters in 仿宋 (Noto Serif SC serves until then)"
    exit 0
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
fetch() { (cd "$work" && apt-get -q -o APT::Sandbox::User=root download texlive-lang-chinese fonts-babelstone-han); }
if ! fetch >"$work/log" 2>&1; then
    if [ "$(id -u)" = 0 ]; then apt-get -q update >>"$work/log" 2>&1 || true; fi
    if ! fetch >>"$work/log" 2>&1; then
        tail -n 3 "$work/log"
        echo "fonts: not to be had from apt now; run 'apt-get update' as root, then scripts/fonts.sh again"
        exit 0
    fi
fi

mkdir -p "$target"
for package in "$work"/*.deb; do dpkg-deb -x "$package" "$work/tree"; done
for font in "${wanted[@]}"; do
    found="$(find "$work/tree" -type f -name "$font" | head -n 1)"
    # by way of a name on the same file system, so that a run cut short leaves no half font behind
    cp "$found" "$target/.$font" && mv "$target/.$font" "$target/$font"
done
for licence in "$work"/tree/usr/share/doc/texlive-doc/fonts/fandol/COPYING* "$work"/tree/usr/share/doc/fonts-babelstone-han/copyright; do
    if [ -f "$licence" ]; then cp "$licence" "$target/$(basename "$(dirname "$licence")")-$(basename "$licence")"; fi
done
echo "fonts: ${#wanted[@]} in $target"
