"""People, their posts and who stands in for them."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coordination.kernel.admin.bounds import Kept, OwnCounty, counties_of
from coordination.kernel.now import now
from coordination.kernel.organs import Delegation, Post, User

#: Only who administers the installation makes administrators.
POWERS = ["is_staff", "is_superuser", "groups", "user_permissions"]


def refuse_backward(since, until) -> None:
    if since and until and until < since:
        raise ValidationError({"until": _("结束日期不能早于开始日期。")})


class PostForm(forms.ModelForm):
    def clean(self) -> None:
        super().clean()
        refuse_backward(self.cleaned_data.get("since", self.instance.since), self.cleaned_data.get("until"))


class PostInline(admin.TabularInline):
    """A new post is added here; one that is held is ended on its own page."""

    model = Post
    form = PostForm
    extra = 0
    show_change_link = True
    autocomplete_fields = ["organ"]

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


@admin.register(User)
class PersonAdmin(Kept, UserAdmin):
    """An account is switched off, never deleted: the journal names it."""

    list_display = ["username", "name", "certificate_number", "certificate_today", "certificate_until", "is_active"]
    list_filter = ["certificate_state", "is_active", "is_staff", "posts__role"]
    search_fields = ["username", "name", "certificate_number", "posts__organ__name"]
    inlines = [PostInline]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "phone", "email", "is_active"]}),
        (_("执法证"), {"fields": ["certificate_number", "certificate_state", "certificate_until"]}),
        (_("后台权限"), {"fields": POWERS, "classes": ["collapse"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "name", "usable_password", "password1", "password2"]})]

    @admin.display(description=_("执法证今日状态"))
    def certificate_today(self, user: User) -> str:
        return user.certificate_on(now().date()).label

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        people = super().get_queryset(request)
        if request.user.is_superuser:
            return people
        own = Q(posts__organ__county__in=counties_of(request)) | Q(posts__isnull=True)
        return people.filter(own, is_superuser=False).distinct()

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return [] if request.user.is_superuser else POWERS


@admin.register(Post)
class PostAdmin(Kept, OwnCounty):
    """A post is ended by its last day; what it was stays as it was."""

    county_path = "organ__county"
    form = PostForm
    list_display = ["user", "organ", "role", "since", "until"]
    list_filter = ["role", ("organ", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "organ"]
    search_fields = ["user__name", "user__username", "organ__name"]
    autocomplete_fields = ["user", "organ"]

    def get_readonly_fields(self, request: HttpRequest, obj: Post | None = None) -> list[str]:
        return ["user", "organ", "role", "since"] if obj else []


class DelegationForm(forms.ModelForm):
    def clean(self) -> None:
        super().clean()
        post = self.cleaned_data.get("post", getattr(self.instance, "post", None))
        if post and self.cleaned_data.get("to") == post.user:
            raise ValidationError({"to": _("代行人不能是本人，请选择其他人员。")})
        refuse_backward(self.cleaned_data.get("since", self.instance.since), self.cleaned_data.get("until"))


@admin.register(Delegation)
class DelegationAdmin(Kept, OwnCounty):
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
