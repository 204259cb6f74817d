"""What browser tests press with."""

from playwright.sync_api import Locator, Page


def press(page: Page, button: Locator) -> None:
    """Press what leads to another page, and wait until that page is there.

    The load state alone would be that of the page that is being left, where the machine is slow; and a navigation is
    also what the script does when it writes a draft's name into the address.
    """
    with page.expect_event("load"):
        button.click()
