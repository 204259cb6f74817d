"""The tables of the app: three workflows, and the plain rows beside them."""

from infosharing.breaches.models import Breach
from infosharing.claims.models import Claim, Division
from infosharing.filings import Filing
from infosharing.platform import Batch, Exported
from infosharing.records import SharedRecord
from infosharing.subscriptions import Subscription
from infosharing.versions import Reading, Version

__all__ = [
    "Batch",
    "Breach",
    "Claim",
    "Division",
    "Exported",
    "Filing",
    "Reading",
    "SharedRecord",
    "Subscription",
    "Version",
]
