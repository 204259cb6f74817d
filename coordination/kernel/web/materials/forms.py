"""What the materials page asks for: new files with their description, ticks, findings, the reason of a withdrawal."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from coordination.kernel.materials import ENDINGS, EXPECTED, EvidenceReview, MaterialCheck, MaterialKind, Outcome, Tick


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; what they are is examined when they are stored."""

    widget = SeveralFiles

    def clean(self, data, initial=None) -> list:
        single = super().clean
        return [single(each, initial) for each in data] if data else [single(None, initial)]


class UploadForm(forms.Form):
    """New materials. Description as the handover sheet asks (NW-3.20); the kind is asked because the gates do."""

    files = FilesField(label=_("文件"), allow_empty_file=True)
    kind = forms.ChoiceField(label=_("类别"), choices=MaterialKind.choices, initial=MaterialKind.EVIDENCE)
    title = forms.CharField(label=_("名称"), max_length=120, required=False, help_text=_("不填则用文件名"))
    reference = forms.CharField(label=_("文号"), max_length=60, required=False)
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=999, initial=1)
    pages = forms.IntegerField(
        label=_("页数"), min_value=1, max_value=99999, required=False, help_text=_("照片和 PDF 自动计算")
    )
    original = forms.BooleanField(label=_("原件（不勾选则为复印件）"), required=False, initial=True)
    remark = forms.CharField(label=_("备注"), max_length=200, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit = filesizeformat(settings.MATERIAL_MAX_BYTES)
        self.fields["files"].help_text = _("可一次选择多个，单个不超过 %(limit)s。%(types)s") % {
            "limit": limit,
            "types": EXPECTED,
        }
        self.fields["files"].widget.attrs |= {
            "accept": ENDINGS,
            "data-max-bytes": settings.MATERIAL_MAX_BYTES,
            "data-too-large": _("超过上限，不能上传"),
        }

    def description(self, files: int) -> dict:
        """What `store()` is told of each file; a title and a number are one file's own."""
        told = {name: self.cleaned_data[name] for name in ("kind", "copies", "original", "remark")}
        own = {name: self.cleaned_data[name] for name in ("title", "reference", "pages")} if files == 1 else {}
        return told | own


class TickForm(forms.Form):
    """One line of the handover sheet, ticked by this side."""

    outcome = forms.ChoiceField(label=_("核对结果"), choices=Outcome.choices, widget=forms.RadioSelect, required=False)
    words = forms.CharField(label=_("差异说明"), max_length=200, required=False)

    @classmethod
    def of(cls, material_id: int, last: MaterialCheck | None, data=None) -> "TickForm":
        known = {"outcome": last.outcome, "words": last.words} if last else {}
        return cls(data, prefix=f"check-{material_id}", initial=known)

    def tick(self, material_id: int) -> Tick | None:
        """The tick, if this side has said something new."""
        if not self.has_changed() or not self.cleaned_data["outcome"]:
            return None
        return Tick(material_id, self.cleaned_data["outcome"], self.cleaned_data["words"])


class ReviewForm(TickForm):
    """The receiver's finding on one piece of evidence (NW-1.21)."""

    outcome = forms.ChoiceField(
        label=_("审查结果"),
        choices=[("ok", _("符合要求")), ("failed", _("不符合要求"))],
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(label=_("审查意见"), max_length=200, required=False)

    @classmethod
    def of(cls, material_id: int, last: EvidenceReview | None, data=None) -> "ReviewForm":
        known = {"outcome": "ok" if last.passed else "failed", "words": last.words} if last else {}
        return cls(data, prefix=f"review-{material_id}", initial=known)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("撤回理由"), max_length=200)
