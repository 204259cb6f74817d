"""The verbs of the demonstration: what people do, each verb one step or one upload, always through the product's own
doors: begin(), perform(), materials.store()."""

from coordination.demo.verbs.asking import Asking
from coordination.demo.verbs.breaching import Breaching
from coordination.demo.verbs.complaining import Complaining
from coordination.demo.verbs.disputing import Disputing
from coordination.demo.verbs.finding import Finding
from coordination.demo.verbs.joining import Joining
from coordination.demo.verbs.pursuing import Pursuing
from coordination.demo.verbs.receiving import Receiving
from coordination.demo.verbs.sharing import Sharing
from coordination.demo.verbs.supervising import Supervising
from coordination.demo.verbs.transferring import Transferring


class Tale(
    Asking,
    Breaching,
    Complaining,
    Disputing,
    Finding,
    Joining,
    Pursuing,
    Receiving,
    Sharing,
    Supervising,
    Transferring,
):
    """One scenario of scenarios/, its organs and people, and all that they can do."""


__all__ = ["Tale"]
