"""Webhooks in the admin: where an organ's own system wants to be told, and what it could not be told."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.accounts import note
from coordination.kernel.admin.bounds import OwnCounty, ReadOnly
from coordination.kernel.duties import Duty
from coordination.kernel.webhooks import Webhook, WebhookCall


@admin.register(Webhook)
class WebhookAdmin(OwnCounty):
    """The secret that signs is made here and shown once, to be handed over by a safe way; it is stored sealed."""

    county_path = "organ__county"
    list_display = ("organ", "url", "active")
    list_filter = ("active",)
    list_select_related = ("organ",)
    actions = ("renew_secret",)

    def response_add(self, request: HttpRequest, obj: Webhook, post_url_continue=None) -> HttpResponse:
        return self.told(request, [(obj, obj.give_secret())])

    @admin.action(description=gettext_lazy("换发签名密钥（原密钥即时失效）"), permissions=["change"])
    def renew_secret(self, request: HttpRequest, webhooks: QuerySet[Webhook]) -> HttpResponse:
        given = [(webhook, webhook.give_secret()) for webhook in webhooks]
        for webhook, _secret in given:
            note(request.user, webhook, gettext_lazy("换发签名密钥"))
        return self.told(request, given)

    def told(self, request: HttpRequest, given: list[tuple[Webhook, str]]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "given": given, "title": _("签名密钥")}
        answer = render(request, "admin/kernel/webhook/secrets.html", context)
        answer["Cache-Control"] = "no-store"
        return answer


@admin.register(WebhookCall)
class WebhookCallAdmin(ReadOnly, OwnCounty):
    """The outbox, to be read: a call with tries and without a next one has been given up."""

    duty = Duty.SYSTEM
    county_path = "webhook__organ__county"
    list_display = ("webhook", "event_id", "tries", "next_try_at", "sent_at", "fault")
    list_filter = ("webhook",)
    list_select_related = ("webhook__organ",)
