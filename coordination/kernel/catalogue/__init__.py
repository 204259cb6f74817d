"""The catalogue 清单: enforcement items, who holds each of them where and since when, and who is competent."""

from coordination.kernel.catalogue.competence import Competence, competent, competent_all, held_items, holds
from coordination.kernel.catalogue.holdings import Entrustment, Holding, Mode, expiring_entrustments
from coordination.kernel.catalogue.items import Item, search_items

__all__ = [
    "Competence",
    "Entrustment",
    "Holding",
    "Item",
    "Mode",
    "competent",
    "competent_all",
    "expiring_entrustments",
    "held_items",
    "holds",
    "search_items",
]
