"""Statements that Django writes once: to write one takes it longer than PostgreSQL to answer (ADR 22).

Every page asks who its reader is, which rules hold, what lies on his desk. Only the words of such a statement are kept,
never an answer. All that its words depend on is its key; what each request tells anew stands in them as a `Later`.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Expression, Field, Func, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

MOST = 2048
_kept: dict[Hashable, "Statement"] = {}


@dataclass(frozen=True)
class Blank:
    """The place of a value among those of a statement."""

    name: str


class Later(Expression):
    """A value that is told each time the statement is asked, by its name."""

    def __init__(self, name: str, output_field: Field | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection) -> tuple[str, list]:
        return "%s", [Blank(self.name)]


class OneOf(Func):
    """`value = ANY (array)` as a condition: the same words, however many there are."""

    template, arg_joiner, output_field = "(%(expressions)s))", " = ANY (", BooleanField()


def one_of_later(expression: Expression, name: str, of: Field | None = None) -> OneOf:
    """That it is one of those that are told by `name`; `of`: what they are, if not keys."""
    return OneOf(expression, Later(name, ArrayField(of or BigIntegerField())))


@dataclass(frozen=True)
class Statement:
    """A statement as it was written, and no more of what wrote it than is needed: a process keeps thousands. Without
    words where nothing is found, whatever there is. `converters`: by column, what turns it into what the program knows,
    for instance JSON; `build`: makes an instance of a row."""

    words: str
    given: tuple
    converters: dict = field(default_factory=dict)
    build: Callable[[Sequence], Model] | None = None

    def rows(self, told: dict) -> list[Sequence]:
        if not self.words:
            return []
        given = [told[one.name] if isinstance(one, Blank) else one for one in self.given]
        with connection.cursor() as cursor:
            cursor.execute(self.words, given)
            rows = cursor.fetchall()
        return [self._converted(row) for row in rows] if self.converters else rows

    def _converted(self, row: tuple) -> list:
        turned = list(row)
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                turned[place] = convert(turned[place], expression, connection)
        return turned


def values(key: Hashable, write: Callable[[], QuerySet], **told) -> list[Sequence]:
    """The rows of `write()`, a query for plain values. `key`: all that its words depend on; None: written anew."""
    return _statement(key, lambda: _written(write())).rows(told)


def rows(key: Hashable, write: Callable[[], tuple[str, tuple]], **told) -> list[Sequence]:
    """The rows of a statement put together by hand: its words, and its values among which a `Later` may have left its
    place; as for `values`."""
    return _statement(key, lambda: Statement(*write())).rows(told)


def objects(key: Hashable, write: Callable[[], QuerySet], **told) -> list:
    """The instances that `write()` finds; as for `values`."""
    statement = _statement(key, lambda: _written(write(), _builder))
    return [statement.build(row) for row in statement.rows(told)]


def _statement(key: Hashable, write: Callable[[], Statement]) -> Statement:
    if key is None:
        return write()
    statement = _kept.get(key)
    if statement is None:
        if len(_kept) >= MOST:
            _kept.clear()
        statement = _kept[key] = write()
    return statement


def _written(query: QuerySet, builder: Callable | None = None) -> Statement:
    compiler = query.query.get_compiler(connection=connection)
    try:
        words, given = compiler.as_sql()
    except EmptyResultSet:
        return Statement("", ())
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    return Statement(words, given, compiler.get_converters(columns), builder and builder(compiler))


def _builder(compiler: SQLCompiler) -> Callable[[Sequence], Model]:
    """What Django makes of a row: an instance, with those that are joined to it and what is annotated."""
    select, info, using = compiler.select, compiler.klass_info, connection.alias
    model, first, last = info["model"], info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[first:last]]
    joined = get_related_populators(info, select, using)
    annotated = compiler.annotation_col_map or {}

    def instance(row: Sequence) -> Model:
        found = model.from_db(using, names, row[first:last])
        for one in joined:
            one.populate(row, found)
        for name, place in annotated.items():
            setattr(found, name, row[place])
        return found

    return instance
