"""`python -m bench`: measure, print, write docs/benchmarks.md; ends with 1 if a target was missed.

With a million matters, which takes half an hour and 20 GB of disk; `--hundred-thousand` leaves them out.
"""

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator

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
    world.told()
    yield built("100,000 matters", world.large)
    measured = pages.Pages()
    yield measured.yardstick.figure("100,000 matters")
    yield from measured.met("100,000 matters")
    yield from browser.browser()
    if "--hundred-thousand" not in sys.argv:
        yield built("1,000,000 matters", world.million)
        yield measured.yardstick.figure("1,000,000 matters")
        yield from measured.grown("1,000,000 over 100,000 matters", most=1.5)
    yield built("100,000 clocks open", world.busy)
    yield from measured.told("100,000 clocks open")
    yield sweeping.idle("100,000 clocks open", most=2)
    yield from sweeping.at_work()
    yield beside.escalations()
    letter = letters.run()
    yield Figure(f"a letter of {letter['letter_pages']} pages over bare WeasyPrint", letter["letter"], "×", most=1.1)


def built(what: str, build: Callable[[], None]) -> Figure:
    """How long it took to make the county so large, and how large it is."""
    begun = time.monotonic()
    build()
    return Figure(f"making of a county with {what}", time.monotonic() - begun, "s on the clock", note=world.size())


def main() -> None:
    words, found = machine(), []
    gc.freeze()  # as the web server and the worker do
    try:
        with world.database():
            for figure in figures():
                print(figure.row(), flush=True)
                found.append(figure)
    finally:  # what was measured before something failed is not lost
        write(words, found)
    sys.exit(not all(figure.met for figure in found))


main()
