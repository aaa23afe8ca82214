"""Every screen in both languages and themes, at a desk and on a phone: no serious barrier, nothing cut off, no error."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from web.walk.walking import Served, signed_in

SCREENS = (
    "/",
    "/today/tech/",
    "/today/lists/not_now/",
    "/today/renewals/",
    "/customers/",
    "/meeting/",
    "/team/",
    "/playbook/",
    "/playbook/guards/",
    "/playbook/history/",
    "/playbook/play/seats_near_limit/",
    "/playbook/play/seats_near_limit/edit/",
    "/health/",
    "/results/",
    "/data/",
    "/data/quarantine/",
    "/data/identity/",
    "/data/personal/",
    "/settings/",
    "/settings/team/",
    "/settings/channels/",
    "/settings/audit/",
    "/settings/jobs/",
    "/api/v1/docs",
)
GRAVE = ("serious", "critical")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1360, "height": 900}


def choose(page: Page, served: Served, language: str, theme: str) -> None:
    page.goto(f"{served.address}/settings/")
    page.locator("details.mine summary").click()
    page.locator(f'details.mine button[name="language"][value="{language}"]').click()
    page.locator("details.mine summary").click()
    page.locator(f'details.mine button[name="theme"][value="{theme}"]').click()


@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [("ja", "light", DESK), ("en", "dark", PHONE)],
    ids=["ja-light-desk", "en-dark-phone"],
)
def test_every_screen(
    browser: Browser, served: Served, language: str, theme: str, size: dict[str, int]
) -> None:
    page = signed_in(browser, served, "admin", viewport=size)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    choose(page, served, language, theme)
    page.goto(f"{served.address}/customers/")
    first = page.locator("table.list tbody a").first.get_attribute("href") or ""
    found: dict[str, list[str]] = {}
    for address in (*SCREENS, first):
        answer = page.goto(served.address + address)
        assert answer is not None and answer.status == 200, address
        found[address] = [*barriers(page), *cut_off(page)]
    choose(page, served, "ja", "")
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
    assert said == []


def barriers(page: Page) -> list[str]:
    """What axe-core calls serious or critical, with the first place."""
    violations = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in violations if v["impact"] in GRAVE]


def cut_off(page: Page) -> list[str]:
    """A page that is wider than the window: something would have to be scrolled for sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{wide} pixels too wide"] if wide > 1 else []
