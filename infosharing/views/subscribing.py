"""我的订阅: what the reader's organ wants to be given without asking each time."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coordination.kernel.catalogue import Item
from coordination.kernel.organs import Organ
from coordination.kernel.web.request import moment_of
from infosharing.contents import CHOICES
from infosharing.models import Subscription
from infosharing.subscriptions import standing
from infosharing.views.acting import actor_or_403, posts_in


class SubscribeForm(forms.Form):
    """A class, an item, or a class on an item."""

    content_class = forms.ChoiceField(
        label=gettext_lazy("信息类别"), required=False, choices=[("", gettext_lazy("不限")), *CHOICES]
    )
    item = forms.ModelChoiceField(Item.objects.all(), label=gettext_lazy("执法事项"), required=False)

    def __init__(self, organ: Organ, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = Item.objects.filter(county=organ.county_id)

    def clean(self) -> dict:
        given = super().clean()
        if not given.get("content_class") and not given.get("item"):
            raise forms.ValidationError(_("请选择信息类别或者执法事项。"))
        return given


@require_http_methods(["GET", "HEAD", "POST"])
def subscriptions(request: HttpRequest) -> HttpResponse:
    """The organ's subscriptions, and the form for another."""
    mine = posts_in(request)
    organs = {post.organ_id for post in mine}
    form = SubscribeForm(mine[0].organ, request.POST or None) if mine else None
    if request.method == "POST":
        actor = actor_or_403(request)
        if form.is_valid():
            wanted = {**form.cleaned_data, "organ": actor.organ, "ended_at": None}
            _row, new = Subscription.objects.get_or_create(
                **wanted, defaults={"by": request.user, "since": moment_of(request)}
            )
            messages.success(request, _("已订阅。") if new else _("已经订阅过。"))
            return redirect("subscriptions")
    rows = standing().filter(organ__in=organs).select_related("organ", "item", "by").order_by("pk")
    status = 422 if request.method == "POST" else 200
    return render(request, "infosharing/subscriptions.html", {"rows": rows, "form": form}, status=status)


@require_POST
def unsubscribe(request: HttpRequest, pk: int) -> HttpResponse:
    """End one; what was shared under it stays with the organ."""
    actor = actor_or_403(request)
    row = get_object_or_404(standing(), pk=pk, organ=actor.organ)
    Subscription.objects.filter(pk=row.pk).update(ended_at=moment_of(request))
    messages.success(request, _("已停止订阅。"))
    return redirect("subscriptions")
