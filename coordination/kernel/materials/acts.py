"""Adding a material to a matter, withdrawing it, taking a copy: each leaves its trace."""

from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.materials.files import Received, receive
from coordination.kernel.materials.names import stem
from coordination.kernel.materials.rows import Material, MaterialAccess, MaterialKind
from coordination.kernel.matters import Matter, Secrecy
from coordination.kernel.organs import Actor, User
from coordination.kernel.unsaid import refuse_secrets
from coordination.kernel.words import Refusal, law_language


def store(
    matter: Matter, upload: UploadedFile, *, kind: str, actor: Actor, moment: datetime, title: str = "", **described
) -> Material:
    """Keep an upload and add it to `matter`. Raises Refusal; then neither row nor file of it is left in the matter.

    `described`: reference 文号, copies, pages, original, remark, as the handover sheet asks.
    """
    _refuse_closed(matter)
    _refuse_total(matter, upload.size or 0)
    return register(matter, receive(upload), kind=kind, title=title, actor=actor, moment=moment, **described)


@transaction.atomic
def register(
    matter: Matter,
    received: Received,
    *,
    kind: str,
    actor: Actor,
    moment: datetime,
    title: str = "",
    entry: tuple[str, str] = (),
    after_closing: bool = False,
    **described,
) -> Material:
    """Add a file that is already on the shelf to `matter`, with its journal entry (`entry`: step and label, where it is
    more than a material). `after_closing`: the sealed copy of a last letter comes when the matter is over."""
    if kind not in MaterialKind.values:
        raise Refusal(_("请选择材料类别。"), field="kind", code="missing")
    matter = Matter.locked(matter.pk)
    if not after_closing:
        _refuse_closed(matter)
    _refuse_total(matter, received.size)
    described["pages"] = described.get("pages") or received.pages
    material = Material(
        matter_id=matter.pk,
        kind=kind,
        title=(title.strip() or stem(received.name))[:120],
        name=received.name,
        sha256=received.sha256,
        size=received.size,
        mime=received.mime,
        uploaded_by=actor.user,
        organ=actor.organ,
        added_at=moment,
        **described,
    )
    refuse_secrets(matter, actor.user, {"title": material.title, "files": material.name, **described})
    with law_language():
        step, label = entry or ("add_material", _("添加材料"))
        material.added_entry = _entry(matter, step, label, actor, moment, _described(material))
    material.save(force_insert=True)
    return material


def _described(material: Material) -> list[list[str]]:
    return [
        [_("材料"), material.title],
        *([[_("文号"), material.reference]] if material.reference else []),
        [_("类别"), material.get_kind_display()],
        [_("文件"), material.name],
        [_("大小"), filesizeformat(material.size)],
        ["SHA-256", material.sha256],
    ]


@transaction.atomic
def withdraw(material: Material, *, reason: str, actor: Actor, moment: datetime) -> journal.Entry:
    """Take a material back that was added in error: it stays, marked, and counts no more. Only by the organ that added
    it, and only until another organ has ticked it."""
    matter = Matter.locked(material.matter_id)
    material = Material.objects.get(pk=material.pk)
    _refuse_closed(matter)
    if not reason.strip():
        raise Refusal(_("请填写撤回材料的理由。"), field="reason", code="missing")
    if material.withdrawn:
        raise Refusal(_("“%(title)s”已经撤回。") % {"title": material.title}, code="stale")
    if material.organ != actor.organ:
        raise Refusal(_("只有提供材料的机关可以撤回，请联系%(organ)s。") % {"organ": material.organ}, code="permission")
    if material.checks.exclude(organ=actor.organ).exists():
        words = _("对方已核对“%(title)s”，不能撤回；请补充新的材料并说明。") % {"title": material.title}
        raise Refusal(words, code="gate")
    Material.objects.filter(pk=material.pk).update(withdrawn=True)
    with law_language():
        facts = [[_("材料"), material.title], [_("理由"), reason]]
        return _entry(matter, "withdraw_material", _("撤回材料"), actor, moment, facts)


def record_access(material: Material, user: User, moment: datetime) -> None:
    """Write down who takes a copy of a material of a restricted matter (案卷去向)."""
    if material.matter.secrecy == Secrecy.RESTRICTED:
        MaterialAccess.objects.create(material=material, user=user, at=moment)


def _entry(matter: Matter, step: str, label: str, actor: Actor, moment: datetime, facts: list) -> journal.Entry:
    return journal.append(
        matter,
        step=step,
        before=matter.stage,
        after=matter.stage,
        actor=actor,
        moment=moment,
        words={"label": label, "facts": facts},
    )


def _refuse_closed(matter: Matter) -> None:
    if matter.closed_at:
        raise Refusal(_("事项已经办结，不能再变更材料。"), code="stage")


def _refuse_total(matter: Matter, size: int) -> None:
    held = Material.objects.filter(matter_id=matter.pk).aggregate(total=Sum("size"))["total"] or 0
    if held + size > settings.MATERIAL_MATTER_MAX_BYTES:
        limit = filesizeformat(settings.MATERIAL_MATTER_MAX_BYTES)
        words = _("本事项的材料总量将超过 %(limit)s，请联系系统管理员。") % {"limit": limit}
        raise Refusal(words, field="files", code="file")
