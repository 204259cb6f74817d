"""The catalogue part of a county's folder: items with their law, who holds them where, entrustment letters."""

from datetime import date
from itertools import chain

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.html import escape

from coordination.kernel.catalogue import Entrustment, Holding, Item, Mode
from coordination.kernel.organs import County, Organ
from coordination.kernel.pdf import render

#: The day on which the demonstration's catalogue begins.
BEGIN = date(2021, 9, 1)


def load_items(county: County, organs: dict[str, Organ], folder) -> None:
    """Items are refreshed by number; holdings that exist already (same item, place and first day) are left alone."""
    drafts = [_item(county, organs, folder.laws, group, row) for group in folder.item_groups for row in group["item"]]
    unchanged = {"id", "county", "number"}
    changing = [field.name for field in Item._meta.concrete_fields if field.name not in unchanged]
    unique = ["county", "number"]
    Item.objects.bulk_create(drafts, update_conflicts=True, unique_fields=unique, update_fields=changing)
    items = {item.number: item for item in Item.objects.filter(county=county).select_related("guide")}
    places = {key.split(".")[1]: organ for key, organ in organs.items()}
    drafts = list(_holdings(items, places, folder.holdings))
    there = {(row.item_id, row.place_id, row.since) for row in Holding.objects.filter(item__county=county)}
    missing = [row for row in drafts if (row.item_id, row.place_id, row.since) not in there]
    Holding.objects.bulk_create(missing)


def _item(county: County, organs: dict[str, Organ], laws: dict, group: dict, row: dict) -> Item:
    (law, article), (penal, penalty_article) = row["violates"], row["punished_by"]
    texts, number = laws["law"], row["number"]
    flags = {key: row.get(key, False) for key in ("needs_legal_review", "stays_with_county")}
    return Item(
        county=county,
        number=number,
        code=f"140925{number:03d}",
        title=row["title"],
        conduct=row["conduct"],
        law=texts[law]["title"],
        article=article,
        penalty_law=texts[penal]["title"],
        penalty_article=penalty_article,
        law_version="；".join(dict.fromkeys((texts[law]["version"], texts[penal]["version"]))),
        checked=texts[penal].get("checked") or laws["default"]["checked"],
        field=group["field"],
        guide=organs[group["guide"]],
        since=BEGIN,
        **flags,
    ).index()


def _holdings(items: dict[int, Item], places: dict[str, Organ], data: dict):
    """Every row of holdings.toml, spread over its places and items."""
    yield from chain(
        _spread(items, places, data, "statutory", Mode.STATUTORY),
        _spread(items, places, data, "devolved", Mode.DEVOLVED),
        _spread(items, places, data, "assisting", Mode.ASSISTING),
        _retained(items, data),
        _entrusted(items, places, data),
    )


def _spread(items: dict[int, Item], places: dict[str, Organ], data: dict, key: str, mode: str):
    for row in data[key]:
        decision = data["decisions"].get(row.get("decision"), {})
        for name in row.get("places") or data["groups"][row["group"]]:
            for number in row["items"]:
                yield Holding(
                    item=items[number],
                    holder=places[name],
                    place=places[name],
                    mode=mode,
                    since=row["since"],
                    until=row.get("until"),
                    decision_number=decision.get("number", ""),
                    decision_date=decision.get("date"),
                    devolved_from=None if mode == Mode.STATUTORY else items[number].guide,
                )


def _retained(items: dict[int, Item], data: dict):
    for row in data["retained"]:
        for number in row["items"]:
            yield Holding(item=items[number], holder=items[number].guide, mode=Mode.RETAINED, since=row["since"])


def _entrusted(items: dict[int, Item], places: dict[str, Organ], data: dict):
    for row in data["entrusted"]:
        letter = _letter(places[row["from"]], places[row["to"]], row)
        for number in row["items"]:
            yield Holding(
                item=items[number],
                holder=letter.to_organ,
                place=letter.to_organ,
                mode=Mode.ENTRUSTED,
                since=letter.since,
                until=letter.until,
                devolved_from=letter.from_organ,
                entrustment=letter,
            )


WORDS = ("scope", "powers", "basis", "responsibility", "since", "until")


def _letter(giver: Organ, taker: Organ, row: dict) -> Entrustment:
    facts = {key: row[key] for key in WORDS}
    facts |= {"from_organ": giver, "to_organ": taker, "published_at": row.get("published_at")}
    letter, _ = Entrustment.objects.update_or_create(number=row["number"], defaults=facts)
    if row["signed"] and not (letter.letter and default_storage.exists(letter.letter.name)):
        letter.letter.save(f"demo-{letter.pk}.pdf", ContentFile(render(_page(letter))))
    return letter


def _page(letter: Entrustment) -> str:
    """A stand-in for the scan of a signed letter; it says itself that it is a demonstration."""
    fields = [Entrustment._meta.get_field(name) for name in WORDS]
    words = "".join(f"<p>{field.verbose_name}：{escape(getattr(letter, field.name))}</p>" for field in fields)
    title = f"<h1>行政执法委托书</h1><p>{letter.number}（演示件，未盖章）</p>"
    sides = f"<p>{letter.from_organ.name}委托{letter.to_organ.name}</p>"
    head = f"<!doctype html><html lang='zh-Hans'><title>{letter.number}</title>"
    return f"{head}<body>{title}{sides}{words}</body></html>"
