"""A password of one's own: in place of the one that an administrator has given, or whenever one likes."""

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.accounts import note
from coordination.kernel.web.factor import next_page


class PasswordForm(PasswordChangeForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = gettext_lazy(
            "至少 10 位，包含小写字母、大写字母、数字、符号中的至少三种；不要用姓名、账号和常见密码。"
        )
        self.fields["new_password2"].help_text = ""

    def clean(self) -> dict:
        given = super().clean()
        if given.get("new_password1") and given.get("new_password1") == given.get("old_password"):
            raise ValidationError({"new_password1": _("新密码不能与原密码相同。")})
        return given


class Password(auth.PasswordChangeView):
    form_class = PasswordForm
    template_name = "kernel/password.html"

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        """All other sessions of the account end with the old password."""
        form.user.must_change_password, form.user.initial_password_until = False, None
        answer = super().form_valid(form)
        note(form.user, form.user, gettext_lazy("本人修改密码"))
        messages.success(self.request, _("密码已修改，其他设备上的登录已经退出。"))
        return answer

    def get_success_url(self) -> str:
        return next_page(self.request, reverse("account"))

    def get_context_data(self, **kwargs) -> dict:
        first = self.request.user.must_change_password
        return super().get_context_data(**kwargs, next=next_page(self.request, ""), first=first)
