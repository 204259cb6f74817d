"""The gallery at /components/: every component and screen with invented contents. Never in production."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from coordination.kernel.accounts import Phone
from coordination.kernel.now import CST
from coordination.kernel.organs import User
from coordination.kernel.templatetags.csx import NOTES, TONES
from coordination.kernel.web.factor import CodeForm, shown
from coordination.kernel.web.materials.forms import TickForm
from coordination.kernel.web.navigation import navigation
from coordination.kernel.web.password import PasswordForm
from coordination.kernel.web.samples import (
    LAMPS,
    MATTER,
    FilterForm,
    NoticeForm,
    StepForm,
    formset,
    page,
    rows,
    sample,
)
from coordination.kernel.words import Refusal


def invented_user() -> User:
    return User(username="wang.fang")


def phone() -> Phone:
    """One with a key that everybody knows, which belongs to nobody."""
    shown = Phone(user=invented_user(), created_at=datetime(2026, 11, 2, 9, tzinfo=CST))
    shown.close_with(b"ningwu" * 3)
    return shown


def code_form() -> CodeForm:
    return CodeForm(user=invented_user())


def gallery() -> dict:
    forms = {
        "form": StepForm(),
        "formset": formset(),
        "filters": FilterForm({"stage": "draft"}),
        "tick": TickForm.of(1, None),
    }
    marks = {"lamps": LAMPS.items(), "tones": TONES, "notes": NOTES}
    return {**desk(), **matter(), **sample("parts"), **forms, **marks, "page_obj": page()}


def signed_in() -> dict:
    """The desk with the bars of somebody who has logged in."""
    return {**desk(), "user": invented_user(), "bars": {**navigation(None), **sample("signed_in")}}


def desk() -> dict:
    return {**sample("desk"), "rows": rows(), "page_obj": page(1)}


def matter() -> dict:
    return {**sample("page"), "matter": MATTER}


def step() -> dict:
    return {**sample("step"), "about": MATTER, "form": StepForm(), "formsets": [formset()], "lamp": LAMPS["hours"]}


def refused() -> dict:
    """A step that was refused, with everything wrong that can be."""
    form = StepForm({"urgency": "urgent", "officers": ["0"]})
    property_list = formset({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "自卸车"})
    refusal = Refusal("请选择 2 名持证执法人员：陈静的执法证已于 2026-10-31 到期。", field="officers")
    return {**step(), "form": form, "formsets": [property_list], "refusal": refusal}


SCREENS: dict[str, tuple[str, Callable[[], dict]]] = {
    "gallery": ("kernel/components.html", gallery),
    "desk": ("kernel/desk.html", desk),
    "desk-signed-in": ("kernel/desk.html", signed_in),
    "desk-empty": ("kernel/desk.html", lambda: {**desk(), "rows": [], "must_today": 0}),
    "list": (
        "kernel/list.html",
        lambda: {**sample("list"), "rows": rows(), "page_obj": page(), "filters": FilterForm()},
    ),
    "page": ("kernel/page.html", matter),
    "step": ("kernel/step.html", step),
    "refused": ("kernel/step.html", refused),
    "new": ("kernel/new.html", lambda: {**sample("new"), "form": StepForm(), "formsets": [formset()]}),
    "notices": ("kernel/notices.html", lambda: {**sample("notices"), "page_obj": page(1)}),
    "account": ("kernel/account.html", lambda: {**sample("account"), "notice_form": NoticeForm()}),
    "search": ("kernel/search.html", lambda: {"q": "倾倒", "rows": rows()[:3], "page_obj": page(1)}),
    "login": (
        "registration/login.html",
        lambda: {**sample("locked"), "form": AuthenticationForm(), "next": "/components/step/"},
    ),
    "second-factor-ask": (
        "kernel/second_factor_ask.html",
        lambda: {**sample("second_factor"), "form": code_form(), "demo": True},
    ),
    "second-factor-enrol": (
        "kernel/second_factor_enrol.html",
        lambda: {**sample("second_factor"), "form": code_form(), **shown(phone())},
    ),
    "second-factor-codes": ("kernel/second_factor_codes.html", lambda: sample("second_factor")),
    "second-factor": (
        "kernel/second_factor.html",
        lambda: {**sample("second_factor"), "form": code_form(), "device": phone()},
    ),
    "password": ("kernel/password.html", lambda: {"form": PasswordForm(invented_user()), "first": True}),
    "token": ("kernel/token.html", lambda: sample("token")),
    "logged-out": ("registration/logged_out.html", dict),
    "locked": ("registration/locked.html", lambda: sample("locked")),
    "403": ("403.html", lambda: sample("asked")),
    "404": ("404.html", dict),
    "403-csrf": ("403_csrf.html", dict),
    "500": ("500.html", lambda: {"number": "7f3c0b52-0d5e-4b7b-9c2e-6a1f0e8d4c11"}),
    "503": ("503.html", lambda: {"until": "11-24（周二）22:00"}),
    "too-old": ("too_old.html", dict),
}


@login_not_required
def show(request: HttpRequest, name: str = "gallery") -> HttpResponse:
    """One screen of the gallery; 404 in production, where nothing invented may be seen."""
    if settings.MODE == "production" or name not in SCREENS:
        raise Http404
    template, context = SCREENS[name]
    return render(request, template, {"screens": SCREENS, **context()})


urlpatterns = [
    path("components/", show, name="components"),
    path("components/<slug:name>/", show, name="component_screen"),
]
