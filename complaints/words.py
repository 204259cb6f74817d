"""The choices of a complaint, in the words of the documents."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """Three channels, three laws."""

    COMPLAINT = "complaint", pgettext_lazy("channel", "投诉")
    REPORT = "report", pgettext_lazy("channel", "举报")
    PETITION = "petition", pgettext_lazy("channel", "信访")


class Sector(models.TextChoices):
    """Whose own rules on complaints apply (市场监督管理投诉举报处理办法)."""

    GENERAL = "general", pgettext_lazy("sector", "一般领域")
    MARKET = "market", pgettext_lazy("sector", "市场监管领域")


class Medium(models.TextChoices):
    TELEPHONE = "telephone", pgettext_lazy("medium", "电话")
    VISIT = "visit", pgettext_lazy("medium", "来访")
    LETTER = "letter", pgettext_lazy("medium", "来信")
    ONLINE = "online", pgettext_lazy("medium", "网络")
    PASSED_ON = "passed_on", pgettext_lazy("medium", "上级或者信访部门转送、交办")


class Route(models.TextChoices):
    """What becomes of one item of a complaint."""

    ANSWER = "answer", pgettext_lazy("route", "直接答复")
    OWN_CASE = "own_case", pgettext_lazy("route", "本单位办理")
    TRANSFER = "transfer", pgettext_lazy("route", "移送有权处理的机关")
    PASS_ON = "pass_on", pgettext_lazy("route", "告知向有管辖权的乡镇反映")


class State(models.TextChoices):
    """Where one item stands."""

    OPEN = "open", pgettext_lazy("item", "待确定办理方式")
    IN_HAND = "in_hand", pgettext_lazy("item", "本单位办理中")
    TO_REFER = "to_refer", pgettext_lazy("item", "待移送")
    SENT = "sent", pgettext_lazy("item", "已移送，待交接")
    DISPUTED = "disputed", pgettext_lazy("item", "管辖异议处理中")
    PASSED_ON = "passed_on", pgettext_lazy("item", "已告知乡镇，待受理")
    TAKEN = "taken", pgettext_lazy("item", "接办单位办理中")
    RESULTED = "resulted", pgettext_lazy("item", "已有结果，待告知")
    TOLD = "told", pgettext_lazy("item", "已告知结果")
    UNREACHABLE = "unreachable", pgettext_lazy("item", "联系方式不详，无法告知")


#: At its end an item is told, or nobody can be told of it.
ENDED = (State.TOLD, State.UNREACHABLE)
#: In the hands of the organ that took it over, till the whole complaint is at its end.
TAKEN_OVER = (State.TAKEN, State.RESULTED, *ENDED)


class Finding(models.TextChoices):
    """What an organ that answers itself has found."""

    NO_VIOLATION = "none", pgettext_lazy("finding", "未发现违法行为")
    HANDLED = "handled", pgettext_lazy("finding", "情况属实，已作处理")


class Way(models.TextChoices):
    """How a complainant is told: by a suitable way that is recorded (NW-2.15)."""

    IN_PERSON = "in_person", pgettext_lazy("way", "当面")
    TELEPHONE = "telephone", pgettext_lazy("way", "电话")
    WRITTEN = "written", pgettext_lazy("way", "书面")
    MESSAGE = "message", pgettext_lazy("way", "短信或者网络")


class Papers(models.TextChoices):
    """How the complainant's own papers go along (NW-3.32): never so that they show who he is."""

    NONE = "none", pgettext_lazy("papers", "没有书面材料")
    REDACTED = "redacted", pgettext_lazy("papers", "移交遮盖身份信息的副本")
    SEALED = "sealed", pgettext_lazy("papers", "封存移交原件")
