"""Lists and drafts in a real browser: ticks, chips, paper and bulk at every width."""

import pytest

from coordination.kernel.drafts import Draft
from coordination.kernel.now import now
from referrals.models import Referral
from tests.browser.eyes import DESK, NARROW, PHONE, overhang, picture, troubles
from tests.browser.hands import press
from tests.county import Story, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [DESK, PHONE, NARROW], ids=lambda size: f"{size[0]}px")
def test_lists_paper_and_drafts_are_clean_and_fit(open_page, story: Story, size):
    story.sent()
    receiver = person(story.receiver)
    receiver.filters = [["referrals", "一般移送", "urgency=normal"]]
    receiver.save(update_fields=["filters"])
    key = "/cases/new/?draft=0123abcd"
    Draft.objects.create(user=receiver, key=key, fields={"title": ["倾倒垃圾"]}, saved_at=now())
    number = Referral.objects.get().number
    page, found = open_page(size, user=story.receiver), {}
    for name, address in {
        "list": "/referrals/?urgency=normal",
        "paper": "/referrals/?view=print",
        "bulk": f"/bulk/referrals/sign_for/?m={number}",
        "drafts": "/drafts/",
        "draft": key,
        "others": "/cases/new/",
    }.items():
        page.goto(address)
        picture(page, f"lists-{name}-{size[0]}")
        found[name] = [*troubles(page), *(["too wide"] if overhang(page) > 0 else [])]
    assert not {name: faults for name, faults in found.items() if faults}


def test_ticked_letters_are_signed_for_with_one_form(open_page, story: Story):
    story.sent()
    page = open_page(DESK, user=story.receiver)
    page.goto("/referrals/")
    button = page.get_by_role("button", name="批量签收")
    assert button.is_disabled()
    page.get_by_label("全选本页").check()
    press(page, button)
    page.fill("[name=signer]", "毛佳强")
    press(page, page.get_by_role("button", name="签收 1 件"))
    assert "已办理 1 件" in page.locator("main").inner_text()
    assert Referral.objects.get().signed_at is not None
