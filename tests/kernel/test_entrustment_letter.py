"""行政执法委托书 (documents.md 25): made from its row, signed and sealed on paper, its scan the letter."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from coordination.kernel.admin.entrusting import printed
from coordination.kernel.catalogue import Entrustment
from coordination.kernel.documents import Style
from coordination.kernel.organs import User
from tests.kernel.archival import faults
from tests.kernel.measures import departures

pytestmark = pytest.mark.django_db


def words_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", "")


@pytest.mark.rules("NW-3.7", "LAW-2")
def test_the_letter_states_items_scope_powers_term_and_responsibility_and_is_measured_like_any_other(ningwu):
    for letter in Entrustment.objects.all():
        content = printed(letter)
        assert departures(content, Style.FORM) == []
        assert faults(content) == [], "PDF/A-3u"
        words = words_of(content)
        for told in (letter.number, letter.from_organ.name, letter.to_organ.name, letter.scope[:8], letter.powers[:8]):
            assert told in words
        assert all(item.title[:12] in words for item in letter.items.all())
        assert "不得再委托" in words
        assert "验证码" not in words, "nothing is issued before both have signed"


@pytest.mark.rules("NW-3.7")
def test_who_keeps_the_catalogue_prints_it_from_its_page_and_nobody_else(ningwu, client):
    letter = Entrustment.objects.first()
    address = reverse("admin:kernel_entrustment_letter", args=[letter.pk])
    client.force_login(User.objects.get(username="admin.system"))
    assert address in client.get(reverse("admin:kernel_entrustment_change", args=[letter.pk])).content.decode()
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert letter.number in words_of(answer.content)
    assert client.post(address).status_code == 405
    client.force_login(User.objects.get(username="admin.audit"))
    assert client.get(address).status_code == 403
    client.force_login(User.objects.get(username="yangfangkou.officer1"))
    assert client.get(address).status_code == 302
