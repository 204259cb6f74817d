"""Posts and who stands in for them: what people may do in matters, given by the security administrator; never to
himself."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coordination.kernel.admin.bounds import Kept, OwnCounty, Permitted
from coordination.kernel.duties import Duty
from coordination.kernel.organs import Delegation, Post, User


def refuse_backward(since, until) -> None:
    if since and until and until < since:
        raise ValidationError({"until": _("结束日期不能早于开始日期。")})


class Given(forms.ModelForm):
    """What one person gives another. `by`: who gives, set for each request."""

    by: User | None = None
    given_to = "user"

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if self.by is not None and given.get(self.given_to) == self.by:
            raise ValidationError({self.given_to: _("不能给自己授予岗位，请由另一名安全管理员办理。")})
        refuse_backward(given.get("since", self.instance.since), given.get("until"))


class GivenAdmin(Kept, OwnCounty):
    duty = Duty.SECURITY

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        own = obj is not None and getattr(obj, f"{self.form.given_to}_id") == request.user.pk
        return not own and super().has_change_permission(request, obj)

    def get_form(self, request: HttpRequest, obj=None, change: bool = False, **kwargs) -> type[forms.ModelForm]:
        made = super().get_form(request, obj, change, **kwargs)
        made.by = request.user
        return made


class PostInline(Permitted, admin.TabularInline):
    """A new post is added below its account; one that is held is ended on its own page."""

    model = Post
    duty = Duty.SECURITY
    form = Given
    extra = 0
    show_change_link = True
    autocomplete_fields = ["organ"]

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


@admin.register(Post)
class PostAdmin(GivenAdmin):
    """A post is ended by its last day; what it was stays as it was."""

    county_path = "organ__county"
    form = Given
    list_display = ["user", "organ", "role", "since", "until"]
    list_filter = ["role", ("organ", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "organ"]
    search_fields = ["user__name", "user__username", "organ__name"]
    autocomplete_fields = ["user", "organ"]

    def get_readonly_fields(self, request: HttpRequest, obj: Post | None = None) -> list[str]:
        return ["user", "organ", "role", "since"] if obj else []

    def construct_change_message(self, request: HttpRequest, form, formsets, add: bool = False) -> list:
        """The log names the person whose post it is."""
        told = super().construct_change_message(request, form, formsets, add)
        return [*told, {"changed": {"fields": [str(form.instance.user)]}}]


class DelegationForm(Given):
    given_to = "to"

    def clean(self) -> None:
        super().clean()
        post = self.cleaned_data.get("post", getattr(self.instance, "post", None))
        if post and self.cleaned_data.get("to") == post.user:
            raise ValidationError({"to": _("代行人不能是本人，请选择其他人员。")})


@admin.register(Delegation)
class DelegationAdmin(GivenAdmin):
    """Who acts in whose post while he is away; shortened by its last day."""

    county_path = "post__organ__county"
    form = DelegationForm
    list_display = ["post", "holder", "to", "since", "until"]
    list_select_related = ["post__user", "post__organ", "to"]
    search_fields = ["post__user__name", "to__name", "post__organ__name"]
    autocomplete_fields = ["post", "to"]

    @admin.display(description=_("岗位人员"))
    def holder(self, delegation: Delegation) -> str:
        return str(delegation.post.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Delegation | None = None) -> list[str]:
        return ["post", "to", "since"] if obj else []
