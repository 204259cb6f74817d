"""The options of components: a wrong one fails loudly, with the list of the right ones."""

from collections.abc import Mapping

MISSING = object()


class WrongOption(ValueError):
    """A component was given an option that it does not have."""


def one_of(component: str, option: str, value, allowed) -> None:
    if value not in allowed:
        raise WrongOption(f"{component}: {option} is one of {', '.join(map(str, allowed))}, not {value!r}")


def part(thing, name: str, default=None):
    """`name` of a dict or of an object, as templates look things up."""
    return thing.get(name, default) if isinstance(thing, Mapping) else getattr(thing, name, default)


def needs(component: str, thing, *names: str) -> None:
    missing = [name for name in names if part(thing, name, MISSING) is MISSING]
    if missing:
        raise WrongOption(f"{component}: {thing!r} lacks {', '.join(missing)}")
