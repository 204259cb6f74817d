"""时限计算器: any mechanism, any limit, from any moment, with the reasoning; needs no matter. Everything is in the
address, so that a calculation can be linked to, and works without JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from coordination.kernel.organs import posts_of
from coordination.kernel.web.calculation import answer
from coordination.kernel.web.due_form import DueForm
from coordination.kernel.web.request import moment_of


def calculator(request: HttpRequest) -> HttpResponse:
    """The form, filled in from the address; the answer beneath it once something was asked."""
    asked = bool(request.GET.get("start"))
    form = DueForm(request.GET) if asked else DueForm(initial=first_guess(request))
    found = answer(form) if asked else None
    status = 400 if asked and found is None else 200
    return render(request, "kernel/calculator.html", {"form": form, "found": found}, status=status)


def first_guess(request: HttpRequest) -> dict:
    """Where the reader will most likely begin: the county of his post, this moment; and what the address says."""
    moment = moment_of(request)
    posts = posts_of(request.user)
    return {"county": posts[0].organ.county_id if posts else "", "start": moment, **request.GET.dict()}


urlpatterns = [path("calculator/", calculator, name="calculator")]
