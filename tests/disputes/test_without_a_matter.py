"""A dispute about no matter in particular: its form asks for all that nothing else says, at once."""

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.words import Refusal
from disputes.models import Dispute
from tests.county import organ, person
from tests.disputes.tale import CLAIM

TYPED = CLAIM | {"kind_of": "duties", "title": "工地扬尘巡查职责划分", "outcome": "respondent"}


@pytest.fixture
def browser(story) -> Client:
    client = Client()
    client.force_login(person(story.officer))
    return client


@pytest.mark.rules("LX-7.18")
def test_the_first_sending_names_everything_that_is_missing(browser):
    fields = browser.get(reverse("disputes:new")).context["form"].fields
    assert all(fields[name].required for name in ("respondent", "title", "interim"))
    missing = browser.post(reverse("disputes:new"), {}).context["form"].errors
    assert {"respondent", "title", "interim", "dispute_facts", "request", "basis"} <= {*missing}


@pytest.mark.rules("LX-7.18", "QX-5.5")
def test_who_acts_meanwhile_is_one_of_the_two(story, browser):
    with pytest.raises(Refusal, match="双方之一") as caught:
        story.general(interim=organ("shuili"))
    assert caught.value.field == "interim"
    typed = TYPED | {"respondent": organ("zhujian").pk, "interim": organ("shuili").pk}
    form = browser.post(reverse("disputes:new"), typed).context["form"]
    assert "双方之一" in str(form.errors["interim"])
    assert set(form.fields["interim"].queryset) == {organ("yangfangkou"), organ("zhujian")}
    assert organ("yangfangkou") not in form.fields["respondent"].queryset
    assert not Dispute.objects.exists()
    browser.post(reverse("disputes:new"), typed | {"interim": organ("zhujian").pk})
    assert Dispute.objects.get().keeper == organ("zhujian")


def test_what_is_no_organ_at_all_is_refused_in_words(browser):
    for nonsense in ("x", "-1", "²", "9" * 30):
        answer = browser.post(reverse("disputes:new"), TYPED | {"respondent": nonsense, "interim": nonsense})
        assert answer.status_code == 422
