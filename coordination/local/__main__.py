"""`python -m coordination.local services|stop|extract|messages|run`: the verbs of the Makefile."""

import sys

from coordination.local import extract, messages, postgres, prepare, run, services
from coordination.local.paths import ROOT
from coordination.local.words import Trouble


def start() -> None:
    """The servers; and in an embedded database the schema and the calendars, so that `manage.py due` can count."""
    started = services.start()
    if postgres in services.needed():
        prepare.manage("migrate", "--verbosity", "0")
        prepare.manage("calendar", "load", capture=True)
    names = ", ".join(server.__name__.rsplit(".", 1)[1] for server in services.needed()) or "none is embedded"
    print(f"services: {names} ({len(started)} started)")


def stop() -> None:
    print(f"services: {len(services.stop())} stopped")


def collect() -> None:
    changed = [str(path.relative_to(ROOT)) for path in extract.update_all()]
    print(f"strings: {', '.join(changed) or 'nothing'} changed")


def translate() -> None:
    messages.compile_all()


VERBS = {"services": start, "stop": stop, "extract": collect, "messages": translate, "run": run.main}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in VERBS:
        print(f"usage: python -m coordination.local {'|'.join(VERBS)}", file=sys.stderr)
        return 2
    try:
        VERBS[arguments[0]]()
    except Trouble as trouble:
        print(f"\n{trouble}\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
