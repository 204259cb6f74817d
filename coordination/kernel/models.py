"""The tables of the kernel, from the modules of their concepts."""

from coordination.kernel.accounts import Account, ApiToken, FailedLogin, Login, Phone
from coordination.kernel.calendar import CalendarDay, CalendarNotice
from coordination.kernel.calls import Answered, ApiUse
from coordination.kernel.catalogue import Entrustment, Holding, Item
from coordination.kernel.clocks import Claim, Clock, ClockEvent
from coordination.kernel.documents import IssuedDocument, NumberSeries, Seal, SealedScan, SealSetting
from coordination.kernel.drafts import Draft
from coordination.kernel.feed import Event
from coordination.kernel.journal import Checkpoint, CheckpointLeaf, Entry, EntryWords
from coordination.kernel.materials import DraftFile, EvidenceReview, Material, MaterialAccess, MaterialCheck
from coordination.kernel.matters import Link, Matter, Participation
from coordination.kernel.mechanisms import MechanismOverride
from coordination.kernel.notices import Delivery, Notice, NoticeRead, NoticeSwitch
from coordination.kernel.now import TimeShift
from coordination.kernel.organs import County, Delegation, Organ, Post, User
from coordination.kernel.search import SearchWords
from coordination.kernel.steps import Reaction
from coordination.kernel.sweep import SweepFault, SweepRun
from coordination.kernel.webhooks import Webhook, WebhookCall

__all__ = [
    "Account",
    "Answered",
    "ApiToken",
    "ApiUse",
    "CalendarDay",
    "CalendarNotice",
    "Checkpoint",
    "CheckpointLeaf",
    "Claim",
    "Clock",
    "ClockEvent",
    "County",
    "Delegation",
    "Delivery",
    "Draft",
    "DraftFile",
    "Entrustment",
    "Entry",
    "EntryWords",
    "Event",
    "EvidenceReview",
    "FailedLogin",
    "Holding",
    "IssuedDocument",
    "Item",
    "Link",
    "Login",
    "Material",
    "MaterialAccess",
    "MaterialCheck",
    "Matter",
    "MechanismOverride",
    "Notice",
    "NoticeRead",
    "NoticeSwitch",
    "NumberSeries",
    "Organ",
    "Participation",
    "Phone",
    "Post",
    "Reaction",
    "Seal",
    "SealSetting",
    "SealedScan",
    "SearchWords",
    "SweepFault",
    "SweepRun",
    "TimeShift",
    "User",
    "Webhook",
    "WebhookCall",
]
