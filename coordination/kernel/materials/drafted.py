"""Files of a draft: uploaded before there is a matter, kept with what was typed, materials at the matter's birth."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import Max, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.drafts import Draft
from coordination.kernel.materials.acts import register
from coordination.kernel.materials.files import Received, receive
from coordination.kernel.materials.names import stem
from coordination.kernel.materials.rows import Material, MaterialKind
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor
from coordination.kernel.words import Refusal

#: So many files stand in one draft at most; a matter takes any number later.
MOST = 60


class DraftFile(models.Model):
    """A file on the shelf that belongs to a draft, in the order in which the officer wants it read."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files", verbose_name=gettext_lazy("草稿"))
    place = models.PositiveSmallIntegerField(gettext_lazy("次序"))
    kind = models.CharField(gettext_lazy("类别"), max_length=16, choices=MaterialKind.choices)
    name = models.CharField(gettext_lazy("文件名"), max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(gettext_lazy("字节数"))
    mime = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(gettext_lazy("页数"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("草稿中的文件")
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.name


def keep_in_draft(draft: Draft, upload: UploadedFile) -> DraftFile:
    """Keep an upload with `draft`, after the files that are there. Raises Refusal; then nothing was added."""
    told = draft.files.aggregate(size=Sum("size"), last=Max("place"), count=models.Count("pk"))
    if told["count"] >= MOST:
        raise Refusal(
            _("一份草稿最多放 %(most)s 个文件，其余请在登记后添加。") % {"most": MOST}, field="files", code="file"
        )
    if (told["size"] or 0) + (upload.size or 0) > settings.MATERIAL_MATTER_MAX_BYTES:
        limit = filesizeformat(settings.MATERIAL_MATTER_MAX_BYTES)
        words = _("本事项的材料总量将超过 %(limit)s，请联系系统管理员。") % {"limit": limit}
        raise Refusal(words, field="files", code="file")
    received = receive(upload)
    return DraftFile.objects.create(
        draft=draft,
        place=(told["last"] or 0) + 1,
        kind=guessed_kind(received),
        name=received.name,
        sha256=received.sha256,
        size=received.size,
        mime=received.mime,
        pages=received.pages,
    )


def guessed_kind(received: Received) -> str:
    """What a file most likely is; the officer may say otherwise."""
    family = received.mime.partition("/")[0]
    return {"image": MaterialKind.PHOTO, "audio": MaterialKind.AUDIO_VIDEO, "video": MaterialKind.AUDIO_VIDEO}.get(
        family, MaterialKind.SOURCE_MATERIAL
    )


def move_up(file: DraftFile) -> None:
    """One place towards the front."""
    before = file.draft.files.filter(place__lt=file.place).last()
    if before is not None:
        before.place, file.place = file.place, before.place
        DraftFile.objects.bulk_update([before, file], ["place"])


def bring_in(draft: Draft, matter: Matter, *, actor: Actor, moment, described: dict[int, dict]) -> list[Material]:
    """The draft's files as materials of the matter just born. `described`: kind and title by the file's key."""
    return [_registered(file, matter, actor, moment, described.get(file.pk, {})) for file in draft.files.all()]


def _registered(file: DraftFile, matter: Matter, actor: Actor, moment, told: dict) -> Material:
    received = Received(file.name, file.sha256, file.size, file.mime, file.pages)
    title = told.get("title") or stem(file.name)
    return register(matter, received, kind=told.get("kind") or file.kind, title=title, actor=actor, moment=moment)
