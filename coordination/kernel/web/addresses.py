"""Where a screen is reached. Kept: Django looks an address up anew each time, and a desk has above a hundred."""

from functools import cache, lru_cache

from django.urls import NoReverseMatch, reverse


@cache
def address_if_any(name: str) -> str:
    """The address of a place; empty where no such screen is installed, which is how it stays out of the bars."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=20_000)
def address(name: str, *parts: str) -> str:
    """The address of a screen about something, a matter by its number."""
    return reverse(name, args=parts)
