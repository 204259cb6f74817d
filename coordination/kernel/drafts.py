"""Drafts: what is typed into a form before anything is done."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What somebody has typed and not yet done: autosaved, his alone, never a matter.

    A form that gives birth to a matter has an address of its own each time it is opened, so that two drafts of the same
    form stand side by side.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120, help_text="the form's address, e.g. /cases/new/?draft=5f3a90c1")
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("草稿")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft")]

    def as_initial(self) -> dict:
        """The kept values as a form takes them: a single value plain, several as a list."""
        return {name: values if len(values) > 1 else values[0] for name, values in self.fields.items() if values}
