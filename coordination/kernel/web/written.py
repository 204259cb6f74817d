"""Statements that Django writes once for a reader: to write one takes it longer than PostgreSQL to answer.

A desk and the bell of every page ask the same reader's question again and again. Only its words are kept, never an
answer: what it depends on is its key, and a reader with another post, role or organ has another.
"""

from collections.abc import Callable, Hashable

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from coordination.kernel.organs import User, posts_of

MOST = 4096
#: A statement and its values by key; no statement where nothing is found, whatever there is.
_words: dict[Hashable, tuple[str, tuple]] = {}


def reader_of(user: User) -> Hashable:
    """All of a reader that a statement may depend on: himself, and his posts with what their organs are."""
    posts = ((post.role, post.organ) for post in posts_of(user))
    return user.pk, tuple((role, organ.pk, organ.parent_id, organ.county_id, organ.kind) for role, organ in posts)


def asked(key: Hashable | None, write: Callable[[], QuerySet]) -> list[tuple]:
    """The rows of `write()`, a query for plain values. `key`: all that its words depend on, among which no moment may
    stand; None where they are written anew."""
    if key is None:
        return list(write())
    words = _words.get(key)
    if words is None:
        if len(_words) >= MOST:
            _words.clear()
        words = _words[key] = _words_of(write())
    if not words[0]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*words)
        return cursor.fetchall()


def _words_of(query: QuerySet) -> tuple[str, tuple]:
    try:
        return query.query.sql_with_params()
    except EmptyResultSet:
        return "", ()
