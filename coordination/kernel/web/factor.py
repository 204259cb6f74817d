"""The second factor on pages of our own: enrol with a phone, print the recovery codes, show a code at each login."""

from base64 import b32encode

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django_otp import login as verified
from django_otp.models import Device

from coordination.kernel.accounts import (
    Phone,
    device_of,
    device_to_confirm,
    matching,
    needs_second_factor,
    new_recovery_codes,
    note,
    recovery_codes_left,
    reset_second_factor,
    security_administrators,
)
from coordination.kernel.words import Refusal


class CodeForm(forms.Form):
    """`device` is what the typed code has proved."""

    device: Device | None = None
    code = forms.CharField(
        label=gettext_lazy("验证码"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}),
    )

    def __init__(self, *args, user, confirmed: bool = True, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.confirmed = user, confirmed

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        try:
            self.device = matching(self.user, typed, confirmed=self.confirmed)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if self.device is None:
            raise forms.ValidationError(_("验证码不正确或者已经用过，请输入手机上现在显示的 6 位数字。"))
        return typed


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Enrol, or show a code, or look after what is enrolled: whatever is next for this account."""
    if device_of(request.user) is None:
        return _enrol(request)
    return _manage(request) if request.user.is_verified() else _ask(request)


def _enrol(request: HttpRequest) -> HttpResponse:
    device = device_to_confirm(request.user)
    form = CodeForm(request.POST or None, user=request.user, confirmed=False)
    if request.method == "POST" and form.is_valid():
        device = form.device
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        _let_in(request, device)
        note(request.user, request.user, gettext_lazy("启用二次验证"))
        return _codes(request)
    known = {"form": form, "must": needs_second_factor(request.user), **_about(request), **shown(device)}
    return render(request, "kernel/second_factor_enrol.html", known)


def _ask(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        _let_in(request, form.device)
        return redirect(next_page(request, reverse("desk")))
    told = {"ask": security_administrators(), "demo": settings.TIME_TRAVEL}
    return render(request, "kernel/second_factor_ask.html", {"form": form, **_about(request), **told})


def _manage(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        if "renew" in request.POST:
            return _renew(request)
        note(request.user, request.user, gettext_lazy("重新生成备用码"))
        return _codes(request)
    told = {"device": device_of(request.user), "left": recovery_codes_left(request.user)}
    return render(request, "kernel/second_factor.html", {"form": form, **_about(request), **told})


def _renew(request: HttpRequest) -> HttpResponse:
    """Another phone: the old one counts no more, and every session logs in anew."""
    note(request.user, request.user, gettext_lazy("更换二次验证的手机"))
    reset_second_factor(request.user)
    messages.info(request, _("原来的手机已经解除绑定，请重新登录并绑定新手机。"))
    return redirect("login")


def _codes(request: HttpRequest) -> HttpResponse:
    """Shown once, to be printed."""
    context = {"codes": new_recovery_codes(request.user), **_about(request)}
    return render(request, "kernel/second_factor_codes.html", context)


def _let_in(request: HttpRequest, device: Device) -> None:
    """The session is verified from here on, under a new key."""
    request.session.cycle_key()
    verified(request, device)


def _about(request: HttpRequest) -> dict:
    return {"next": next_page(request, reverse("desk")), "login_of": request.user.username}


def next_page(request: HttpRequest, otherwise: str) -> str:
    """Where the reader was going, if it is on this host."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted != request.path else otherwise


def shown(device: Phone) -> dict:
    """The key of a phone that is to be enrolled, for a camera, for fingers, and as a link for the phone itself."""
    return {"qr": drawn(device), "secret": secret_words(device), "address": device.config_url}


def drawn(device: Phone) -> SafeString:
    """The key as a QR code in inline SVG, black on white whatever surrounds it."""
    code = segno.make(device.config_url, error="m", micro=False)
    return SafeString(code.svg_inline(scale=5, border=4, light="#fff", title=_("二次验证密钥二维码")))


def secret_words(device: Phone) -> str:
    """The key in groups of four letters, to be typed where no camera is at hand."""
    letters = b32encode(device.bin_key).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))
