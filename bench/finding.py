"""What the copies are found by: the words of the told matter with another number, party and township."""

from itertools import product

from django.db import connection

from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ
from coordination.kernel.search import _lines, pieces

#: Invented parties: a place, a word and a trade.
HEADS = ("宁武县", "阳方口", "凤凰镇", "东寨镇", "恢河", "汾源", "管涔", "芦芽")
NAMES = ("鑫源", "宏达", "恒泰", "瑞丰", "兴盛", "永固", "晋北", "长青", "隆昌", "安顺", "德厚", "福来", "康宁", "金石")
TRADES = (
    "洗选有限公司", "建材经销部", "养殖场", "物流中心", "便民超市", "采石场", "餐馆", "木材加工厂", "加油站", "修理铺",
    "种植合作社", "旅店", "砂石料场", "运输队", "房地产开发有限公司",
)  # fmt: skip
FIELDS = ("窑湾", "石坡", "柳沟", "马营", "土岭", "寺洼", "河底", "庄旺")
VILLAGES = [f"{first}{last}村{side}" for first, last, side in product("前后上下大小新旧", FIELDS, "东西南北")]
TABLES = """DROP TABLE IF EXISTS bench_name, bench_told, bench_town, bench_village;
    CREATE UNLOGGED TABLE bench_village (k int PRIMARY KEY, name text, words text, pieces text[]);
    CREATE UNLOGGED TABLE bench_name (k int PRIMARY KEY, name text, words text, pieces text[]);
    CREATE UNLOGGED TABLE bench_told (template bigint PRIMARY KEY, words text, pieces text[]);
    CREATE UNLOGGED TABLE bench_town (organ bigint PRIMARY KEY, words text, pieces text[])"""
#: The pieces of a number, as search.pieces() cuts it: one sign, then letters and digits.
NUMBER = """array[left(lower(m.number), 1)] || array(SELECT substr(lower(m.number), a, size)
    FROM generate_series(2, 11) a, generate_series(2, 3) size WHERE a + size <= length(m.number) + 1)"""
#: The marks, as the database's trigger writes them a row at a time.
MARKS = """array['k' || m.kind, 'a' || (m.id >> 12), 'b' || (m.id >> 15), 'c' || (m.id >> 18)]
    || coalesce(there.marks, '{}') || CASE WHEN item.id IS NULL THEN '{}' ELSE array['o' || item.guide_id] END"""
FILL = f"""INSERT INTO kernel_searchwords (matter_id, words, pieces, marks)
    SELECT m.id, concat_ws(E'\\n', lower(m.number), told.words, town.words, village.words, name.words),
        {NUMBER} || told.pieces || coalesce(town.pieces, '{{}}') || coalesce(village.pieces, '{{}}')
        || coalesce(name.pieces, '{{}}'), {MARKS}
    FROM bench_plan p JOIN kernel_matter m ON m.id = p.id JOIN bench_told told ON told.template = p.template
    LEFT JOIN (SELECT matter_id, array_agg(DISTINCT 'o' || organ_id) AS marks FROM kernel_participation
        GROUP BY matter_id) there ON there.matter_id = m.id
    LEFT JOIN kernel_item item ON item.id = m.item_id
    LEFT JOIN bench_town town ON town.organ = m.place_id
    LEFT JOIN bench_village village ON village.name = m.place_text
    LEFT JOIN bench_name name ON m.subject_name <> '' AND name.name = m.subject_name ORDER BY m.id"""


def invent() -> None:
    """The parties, the places and the told matters with their words; before the matters are copied."""
    names = [f"{head}{name}{trade}{number}" for head, name, trade in product(HEADS, NAMES, TRADES) for number in "一二"]
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        _keep(cursor, "bench_name (k, name, words, pieces)", [(k, name, *_found(name)) for k, name in enumerate(names)])
        _keep(cursor, "bench_village", [(k, name, *_found(name)) for k, name in enumerate(VILLAGES)])
        towns = Organ.objects.filter(kind__in=Organ.TOWNSHIPS)
        _keep(cursor, "bench_town", [(town.pk, *_found(town.short_name)) for town in towns])
        told = Matter.objects.select_related("item")
        _keep(cursor, "bench_told", [(one.pk, *_found(*_own(one))) for one in told])


def _keep(cursor, table: str, rows: list[tuple]) -> None:
    cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(rows[0]))})", rows)


def _own(matter: Matter) -> tuple[str, ...]:
    return matter.title, matter.item.title if matter.item else ""


def _found(*texts: str) -> tuple[str, list[str]]:
    words = "\n".join(line for text in texts if text for line in _lines(text.lower()))
    return words, sorted({*pieces(words)})


def fill_search() -> None:
    """One statement; pieces that stand there twice are one to the index."""
    with connection.cursor() as cursor:
        cursor.execute(FILL)
