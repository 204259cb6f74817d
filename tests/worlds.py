"""What each workflow brings to the tests that walk over all of them: tests/<app>/world.py.

`matters_to_try()` gives a matter of each kind of the app, between the organs that tests/everyone.py settles, in a
state from which its steps can be tried. `plant(planted)` adds matters with canary words to the access walk and says in
`planted.seen_by` which organs may see each; `DOORS` declares the app's own addresses; `OFF_THE_ROAD` and
`OFFICERS`, where there are any, are its tables for tests/kernel/test_next_step.py.
"""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.conf import settings


def worlds() -> list[ModuleType]:
    """The worlds of the installed workflows, the lowest floor first. The doors stand before: worlds add to them."""
    import_module("tests.doors")
    names = [f"tests.{app}.world" for app in settings.WORKFLOWS]
    return [import_module(name) for name in names if find_spec(name)]
