"""The Django admin of the kernel, one module a concept.

To administer is no remit to read: matters and their journal are shown to those administrators who may see them anyway.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from coordination.kernel.admin import (
    accounts,
    calendar,
    catalogue,
    journal,
    matters,
    mechanisms,
    numbering,
    organs,
    people,
    posts,
    sealing,
    trail,
    webhooks,
)

admin.site.site_header = admin.site.site_title = _("协同平台管理")
admin.site.index_title = _("基础资料和规则")

__all__ = [
    "accounts",
    "calendar",
    "catalogue",
    "journal",
    "matters",
    "mechanisms",
    "numbering",
    "organs",
    "people",
    "posts",
    "sealing",
    "trail",
    "webhooks",
]
