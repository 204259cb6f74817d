"""Scans that a step asks for: chosen among the matter's materials, or uploaded in the same form."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.kernel.materials import Material, MaterialKind, store
from coordination.kernel.steps.forms import StepForm
from coordination.kernel.words import law_language

UPLOAD = "_upload"


def scan(label, required: bool = True) -> forms.ModelChoiceField:
    """One scan of this matter."""
    return forms.ModelChoiceField(
        Material.objects.all(), label=label, required=required, help_text=_("选择已上传的扫描件，或者在下一栏直接上传")
    )


class ScanForm(StepForm):
    """A form that names scans of its matter in the fields `scans`; each may be uploaded with the form."""

    scans: tuple[str, ...] = ()
    kept_as = MaterialKind.SCAN  # the kind of material that an upload becomes

    def prepare(self) -> None:
        super().prepare()
        uploaded = Material.objects.in_force().filter(matter_id=self.matter.pk)
        nothing = None if not self.scans or uploaded.exists() else _("还没有上传过，请在下一栏上传")
        for name in self.scans:
            field = self.fields[name]
            field.queryset = uploaded
            field.empty_label = nothing or field.empty_label
            field.required = field.required and f"{self.add_prefix(name)}{UPLOAD}" not in self.files
            self.fields[f"{name}{UPLOAD}"] = forms.FileField(
                label=_("上传%(label)s") % {"label": field.label}, required=False
            )
        self.order_fields(_with_uploads(self.base_fields))
        if hasattr(self, "groups"):
            self.groups = tuple((title, _with_uploads(names)) for title, names in self.groups)

    def keep_uploads(self) -> None:
        """Store what was uploaded as materials of the matter, and name them where the form asks for them.

        A form that is wrong elsewhere, or a step that is refused afterwards, finds them chosen: nothing has to be
        uploaded twice.
        """
        self.data = self.data.copy()
        for name in self.scans:
            upload = self.cleaned_data.pop(f"{name}{UPLOAD}", None)
            if upload:
                with law_language():
                    title = str(self.fields[name].label)
                self.cleaned_data[name] = store(
                    self.matter, upload, kind=self.kept_as, title=title, actor=self.actor, moment=self.moment
                )
                self.data[self.add_prefix(name)] = str(self.cleaned_data[name].pk)


def _with_uploads(names: Iterable[str]) -> list[str]:
    """Each field, and after it the one that uploads it, where there is one."""
    return [each for name in names for each in (name, f"{name}{UPLOAD}")]
