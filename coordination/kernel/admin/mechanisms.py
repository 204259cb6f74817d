"""A county's own choices against its mechanism file: added with basis and effective date, never changed."""

import json

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coordination.kernel.admin.bounds import Kept, OwnCounty
from coordination.kernel.mechanisms import NATIONAL, MechanismOverride, check_override, mechanism_file
from coordination.kernel.now import now


class ValueField(forms.CharField):
    """true, 2, "order": as JSON; anything else as the words that they are, such as 2 working days."""

    def to_python(self, value: str) -> object:
        words = super().to_python(value)
        try:
            return json.loads(words)
        except ValueError:
            return words


class OverrideForm(forms.ModelForm):
    value = ValueField(label=_("值"), help_text=_("时限写 2 working days；选项写 true、2 或 order"))

    def clean_since(self):
        """Clocks that run keep the rule under which they began: a rule made today begins tomorrow."""
        since = self.cleaned_data["since"]
        if since <= now().date():
            raise ValidationError(_("请填写明天或以后的日期：已经开始计算的时限仍按原规定。"))
        return since

    def clean_basis(self) -> str:
        basis = self.cleaned_data["basis"].strip()
        if len(basis) < 4:
            raise ValidationError(_("请写明依据的文件名称和文号。"))
        return basis

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        override = self.instance
        try:
            check_override(override, mechanism_file(override.county.mechanism), mechanism_file(NATIONAL))
        except ValidationError as fault:
            self._update_errors(fault)


@admin.register(MechanismOverride)
class MechanismOverrideAdmin(Kept, OwnCounty):
    form = OverrideForm
    fields = ["county", "kind", "key", "branch", "value", "basis", "since"]
    list_display = ["county", "kind", "key", "branch", "value", "basis", "since", "made_by"]
    list_filter = [("county", admin.RelatedOnlyFieldListFilter), "kind"]
    search_fields = ["key", "basis"]

    def has_change_permission(self, request: HttpRequest, obj: MechanismOverride | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: MechanismOverride, form, change: bool) -> None:
        obj.made_by = request.user
        super().save_model(request, obj, form, change)
