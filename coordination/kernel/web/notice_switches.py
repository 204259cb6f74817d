"""我的 · 消息提醒: how I want to be told of each kind of notice, beside the inbox."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coordination.kernel.notices import How, Kind, NoticeSwitch
from coordination.kernel.notices.choosing import NEVER_OFF, USUAL
from coordination.kernel.organs import User

HELP = {
    Kind.ASSIGNED: gettext_lazy("本单位有新的办理责任"),
    Kind.PROGRESS: gettext_lazy("其他单位办理了有关事项"),
    Kind.REMIND: gettext_lazy("期限将到；按小时计算的期限总是即时提醒"),
    Kind.OVERDUE: gettext_lazy("期限已过，不能关闭"),
    Kind.SUPERVISE: gettext_lazy("督促、督办和报告，不能关闭"),
}


class SwitchForm(forms.Form):
    """One choice for each kind; what is overdue or supervised may wait for the digest, but is never switched off."""

    def __init__(self, *args, user: User, **kwargs) -> None:
        own = dict(NoticeSwitch.objects.filter(user=user).values_list("kind", "how"))
        super().__init__(*args, initial={**USUAL, **own}, **kwargs)
        self.user = user
        for kind in Kind:
            choices = [choice for choice in How.choices if choice[0] != How.OFF or kind not in NEVER_OFF]
            self.fields[kind.value] = forms.ChoiceField(label=kind.label, choices=choices, help_text=HELP[kind])

    def keep(self) -> None:
        rows = [NoticeSwitch(user=self.user, kind=kind, how=how) for kind, how in self.cleaned_data.items()]
        NoticeSwitch.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["how"]
        )


@require_POST
def notice_switches(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen; a choice that is none changes nothing."""
    form = SwitchForm(request.POST, user=request.user)
    if form.is_valid():
        form.keep()
        messages.success(request, _("提醒设置已保存。"))
    return redirect("account")
