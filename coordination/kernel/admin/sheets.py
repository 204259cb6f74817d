"""Rows from and to xlsx in the admin: what is wrong in a sheet is told in words, and what failed is no success."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.admin import ImportExportModelAdmin
from import_export.formats.base_formats import XLSX
from import_export.results import Result
from import_export.widgets import CharWidget, DateWidget, ForeignKeyWidget, Widget

DAY = DateWidget("%Y-%m-%d")
TEXT = CharWidget(coerce_to_string=True, allow_blank=True)


class Known(ForeignKeyWidget):
    """A cell that names a row of another table, which must be there."""

    def clean(self, value, row=None, **kwargs):
        try:
            return super().clean(value, row, **kwargs)
        except ObjectDoesNotExist as absent:
            words = _("没有标识为“%(value)s”的%(kind)s，请先录入，或者改正这一格。")
            raise ValueError(words % {"value": value, "kind": self.model._meta.verbose_name}) from absent


def column(name: str, attribute: str, widget: Widget = TEXT) -> fields.Field:
    """A column of the sheet under its Chinese name."""
    return fields.Field(column_name=name, attribute=attribute, widget=widget)


class SheetResource(resources.ModelResource):
    """Rows known by their own words, never by the database's key."""

    def after_import(self, dataset, result: Result, **kwargs) -> None:
        """Nothing: no key comes in a sheet, and the web's role may not set the sequence of keys anew."""


class SheetAdmin(ImportExportModelAdmin):
    """A page that takes and gives xlsx: all rows of a sheet, or none and the reason."""

    formats = [XLSX]

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        """After the confirmation: what has changed since the preview may refuse it still."""
        if not (result.has_errors() or result.has_validation_errors()):
            return super().process_result(result, request)
        for words in _reasons(result):
            self.message_user(request, _("没有导入：%(reason)s") % {"reason": words}, messages.ERROR)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")

    def add_data_read_fail_error_to_form(self, form, e: Exception) -> None:
        form.add_error("import_file", _("文件无法读取，请确认是 Excel 另存的 xlsx 文件。"))


def _reasons(result: Result) -> list[str]:
    """Each reason once, with its row."""
    told = [str(error.error) for error in result.base_errors]
    told += [_row(number, error.error) for number, errors in result.row_errors() for error in errors]
    told += [_row(row.number, "；".join(row.error.messages)) for row in result.invalid_rows]
    return list(dict.fromkeys(told))


def _row(number: int, words: object) -> str:
    return _("第 %(number)s 行：%(words)s") % {"number": number, "words": words}
