"""`python -m bench`: measure, print, write docs/benchmarks.md; ends with 1 if a target was missed."""

import gc
import os
import sys
from collections.abc import Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")
os.environ["CSX_MODE"] = "test"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread; bench/browser.py
django.setup()

from bench import beside, browser, letters, pages, sweeping, world  # noqa: E402 - after Django
from bench.figures import Figure, machine, write  # noqa: E402


def figures() -> Iterator[Figure]:
    costs = world.small()
    dearest = max(costs, key=costs.get)
    yield Figure("dearest step of the main story", costs[dearest], "statements", most=25, note=f"`{dearest}`")
    yield sweeping.idle("no clock open")
    world.large()
    yield from pages.pages("100,000 matters, 10,000 clocks open")
    yield pages.supervision("100,000 matters")
    yield from browser.browser()
    world.busy()
    yield from pages.pages("100,000 clocks open", targets=False)
    yield sweeping.idle("100,000 clocks open", most=2)
    yield from sweeping.at_work()
    yield beside.escalations()
    letter = letters.run()
    yield Figure(f"a letter of {letter['letter_pages']} pages over bare WeasyPrint", letter["letter"], "×", most=1.1)


def main() -> None:
    words, found = machine(), []
    gc.freeze()  # as the web server and the worker do
    with world.database():
        for figure in figures():
            print(figure.row(), flush=True)
            found.append(figure)
    write(words, found)
    sys.exit(not all(figure.met for figure in found))


main()
