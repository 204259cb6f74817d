"""The verbs of the demonstration: what people do, each verb one step or one upload, always through the product's own
doors: begin(), perform(), materials.store()."""

from coordination.demo.verbs.finding import Finding
from coordination.demo.verbs.pursuing import Pursuing
from coordination.demo.verbs.receiving import Receiving
from coordination.demo.verbs.supervising import Supervising


class Tale(Finding, Receiving, Pursuing, Supervising):
    """One scenario of scenarios/, its organs and people, and all that they can do."""


__all__ = ["Tale"]
