"""A day with minori as people take it, in a real browser: with real mail, a real worker, real runs."""

import re
import subprocess
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, expect

from web.walk.walking import MINORI, MailServer, Served, signed_in

WORDS = "いつもお世話になっております。ご利用状況を拝見し、ご相談のご連絡を差し上げました。"
PLAY = "seats_near_limit"


def run_now(page: Page, served: Served) -> None:
    """Load and run, and wait until the worker has done it."""
    page.goto(f"{served.address}/settings/jobs/")
    page.get_by_role("button", name="今すぐ取り込み・更新する").click()
    all_done(page)


def all_done(page: Page) -> None:
    expect(page.locator('[data-job="waiting"], [data-job="running"]')).to_have_count(0)
    expect(page.locator('[data-job="failed"]')).to_have_count(0)


def decide_tomorrow(served: Served) -> None:
    """Run as of tomorrow on the command line: a decision knows the answers of the days before it, not of its own."""
    tomorrow = (datetime.now(ZoneInfo("Asia/Tokyo")).date() + timedelta(days=1)).isoformat()
    subprocess.run(
        [*MINORI, "run", "-w", str(served.folder), "--as-of", tomorrow, "--most", "1"],
        check=True,
        timeout=300,
        stdout=subprocess.DEVNULL,
    )


def send_by(mail: MailServer, page: Page, served: Served) -> None:
    """Set the mail server up as an administrator does, in place of the visible outbox."""
    page.goto(f"{served.address}/settings/channels/")
    if page.locator("h2", has_text="smtp").count():
        return
    while page.get_by_role("button", name="削除").count():
        page.get_by_role("button", name="削除").first.click()
    settings = (
        f'{{"host": "127.0.0.1", "port": {mail.port}, "security": "none", "from_address": "cs@minori.example",'
        ' "from_name": {"ja": "実り見本", "en": "Minori Sample"}, "postal_address": "東京都千代田区1-1-1", "contact": "cs@minori.example"}'
    )
    page.locator('input[name="name"]').fill("会社のメール")
    page.locator('select[name="kind"]').select_option("smtp")
    page.locator('textarea[name="settings"]').fill(settings)
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".messages .error")).to_have_count(0)


def first_by_mail(page: Page, served: Served) -> str:
    """Open the first paid proposal that a person may send; returns its customer's name."""
    page.goto(f"{served.address}/?whose=all")
    sendable = page.locator("article.proposal", has=page.get_by_role("button", name="送信する"))
    card = sendable.filter(has=page.locator(".terms strong.number", has_text="+¥")).first
    name = card.locator("h2").inner_text()
    card.locator("h2 a").click()
    return name


def test_from_signing_in_to_a_no_that_is_respected(
    browser: Browser, served: Served, mail: MailServer
) -> None:
    admin = signed_in(browser, served, "admin")
    send_by(mail, admin, served)
    page = signed_in(browser, served, "manager")
    name = first_by_mail(page, served)
    proposal = urlsplit(page.url).path
    page.locator('textarea[name="body_ja"]').fill(WORDS)
    page.locator("#words button.main").click()
    page.goto(served.address + proposal)
    page.get_by_role("button", name="送信する").click()
    letter = mail.wait(1)[-1]
    body = letter.get_body(("plain",))
    assert body is not None and WORDS in body.get_content()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    answer = re.search(rf"{served.address}/a/(?!stop)\S+", body.get_content())
    assert answer is not None
    customer = browser.new_context(locale="ja-JP").new_page()
    customer.goto(answer[0])
    customer.get_by_role("button", name="今回は見送る").click()
    expect(customer.locator(".said")).to_be_visible()
    thanks = mail.wait(2)[-1]
    assert thanks["To"] == letter["To"]
    page.goto(served.address + proposal)
    expect(page.locator("article .tag", has_text="見送り").first).to_be_visible()
    page.goto(f"{served.address}/?whose=all")
    assert page.locator("article.proposal h2", has_text=name).count() == 0
    decide_tomorrow(served)
    run_now(admin, served)
    page.goto(f"{served.address}/today/lists/not_now/?search={name}")
    expect(page.locator("table", has_text="見送りのお返事").first).to_be_visible()


def test_a_threshold_is_moved_tried_saved_and_changes_the_list(browser: Browser, served: Served) -> None:
    page = signed_in(browser, served, "manager")
    page.goto(f"{served.address}/playbook/play/{PLAY}/")
    before = int(page.locator(".did .figure").first.inner_text())
    page.get_by_role("link", name="編集").first.click()
    condition = page.locator('textarea[name="when"]').input_value()
    assert "0.8" in condition
    page.locator('textarea[name="when"]').fill("seat_use >= 0.05")
    for place in page.locator('input[name^="threshold_"]').all():
        place.fill("")
    page.locator("form.editor button.main").first.click()
    expect(page.locator("pre").first).to_contain_text("seat_use >= 0.05")
    page.locator('button[name="kind"][value="preview"]').click()
    expect(page.locator('[data-job="waiting"], [data-job="running"]')).to_have_count(0)
    page.locator('textarea[name="reason"]').fill("試験: 早めにお声がけする")
    page.get_by_role("button", name="保存", exact=False).first.click()
    expect(page.locator(".messages")).to_be_visible()
    decide_tomorrow(served)
    run_now(page, served)
    page.goto(f"{served.address}/playbook/play/{PLAY}/")
    assert int(page.locator(".did .figure").first.inner_text()) > before
    assert "seat_use >= 0.05" in (served.folder / "policy" / "plays" / f"{PLAY}.yaml").read_text(
        encoding="utf-8"
    )


def test_a_case_goes_to_sales_and_its_answer_comes_back(browser: Browser, served: Served) -> None:
    manager, sales = signed_in(browser, served, "manager"), signed_in(browser, served, "sales")
    manager.goto(f"{served.address}/?whose=all")
    card = manager.locator(
        "article.proposal", has=manager.locator("summary", has_text="営業へ引き継ぐ")
    ).first
    card.locator("h2 a").click()
    proposal = urlsplit(manager.url).path
    manager.locator("summary", has_text="営業へ引き継ぐ").first.click()
    manager.locator('select[name="to"]').first.select_option("yamada")
    manager.locator('.pop[open] textarea[name="note"]').fill("来期の予算を確認中とのことです")
    manager.locator(".pop[open] button.main").click()
    sales.goto(served.address + proposal)
    expect(sales.locator("aside")).to_contain_text("来期の予算を確認中とのことです")
    sales.locator("summary", has_text="お客様の回答").first.click()
    sales.locator('.pop[open] button[value="accepted"]').click()
    manager.goto(served.address + proposal)
    expect(manager.locator("article .tag", has_text="承諾").first).to_be_visible()


def test_a_person_is_erased_everywhere(browser: Browser, served: Served) -> None:
    page = signed_in(browser, served, "admin")
    page.goto(f"{served.address}/customers/")
    name = page.locator("table.list tbody tr td:first-child a").last.inner_text()
    page.goto(f"{served.address}/data/personal/?q={name}")
    page.locator(".plain-list a", has_text=name).first.click()
    page.locator('select[name="reason"]').select_option("asked")
    page.locator('input[name="name"]').fill(name)
    page.get_by_role("button", name="消去", exact=False).last.click()
    all_done(page)
    page.goto(f"{served.address}/customers/?search={name}")
    assert page.locator("table.list tbody tr", has_text=name).count() == 0
    assert name.encode() not in (served.folder / "app.db").read_bytes()


def test_a_proposal_is_put_away_and_brought_back_without_a_mouse(browser: Browser, served: Served) -> None:
    page = signed_in(browser, served, "manager")
    page.goto(f"{served.address}/customers/")
    page.keyboard.press("g")
    page.keyboard.press("t")
    expect(page.locator("article.proposal").first).to_be_visible()
    page.keyboard.press("j")
    name = page.locator("article.here h2").inner_text()
    page.keyboard.press("x")
    page.keyboard.press("Space")  # what was opened has the focus: the first reason
    page.keyboard.press("Enter")
    expect(page.locator("section.just-done")).to_contain_text(name)
    page.locator("section.just-done button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("section.just-done", has_text=name)).to_have_count(0)
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).not_to_be_visible()
