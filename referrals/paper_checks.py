"""What must be right on the papers of a handover before they get a number; functions of a document's whole context."""

from django.utils.translation import gettext as _

from coordination.kernel.words import Refusal


def two_named_officers(context: dict) -> None:
    """案件移送制度 三（四）, NW-1.8: two officers sign for the sender."""
    if len(context["officers"]) < 2:
        raise Refusal(_("请选择 2 名以上持证执法人员，移送文书上要写明姓名和执法证号。"), field="officers")


def two_organs(context: dict) -> None:
    """The two seals differ."""
    if context["sender"] == context["receiver"]:
        raise Refusal(_("移送单位和接收单位不能是同一单位，请重新选择受移送方。"), field="receiver")


def receiver_named(context: dict) -> None:
    """A named person of the receiver signs (NW-3.21)."""
    if not context["received_by"]:
        raise Refusal(_("请填写接收人姓名，交接单要由接收人签名。"), field="receiver_person")


def dates_agree(context: dict) -> None:
    """Handed over not before the letter was served, nor before the sender confirmed the sheet."""
    handed_over = context["handed_over_at"]
    for earlier in (context["served_at"], context["sender_confirmed_at"]):
        if handed_over and earlier and handed_over < earlier:
            raise Refusal(_("交接时间早于送达时间或者移送方确认时间，请核对。"))
