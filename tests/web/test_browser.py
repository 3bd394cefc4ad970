"""The pages in a real browser: with and without scripts, by keyboard, by day and by night."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sources.web_server import Answer, site
from tests.test_watching import CALL as CALL_TOLD
from tests.test_watching import feed
from tests.test_watching import page as page_of
from tests.web.conftest import Server
from tests.web.test_pages import CALL, PLACES, with_ending
from tests.web.test_writing import CALLS

sync_api = pytest.importorskip("playwright.sync_api")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]  # fmt: skip
HARM = "() => window.hurt === undefined"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("there is no Chromium here")
    with sync_api.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield running
        running.close()


class Watched:
    """A page that records what it asks for and complains of."""

    def __init__(self, browser: Any, server: Server, **how: Any) -> None:
        self.context = browser.new_context(base_url=server.address, accept_downloads=True, **how)
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda line: self.said.append(line.text) if line.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self._home = server.address

    def clean(self) -> None:
        """Nothing was asked of another machine, nothing was complained of, nothing of strangers ran."""
        assert [url for url in self.asked if not url.startswith((self._home, "data:"))] == []
        assert self.said == []
        assert self.page.evaluate(HARM)


@pytest.fixture
def watched(browser: Any, server: Server) -> Iterator[Watched]:
    found = Watched(browser, server)
    found.page.goto(server.key)
    yield found
    found.clean()
    found.context.close()


def test_filter_open_compare_and_check(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Contacts", exact=True).click()
    page.get_by_role("complementary", name="Narrow down").get_by_role("link", name="video call").click()
    assert "channel=video" in page.url
    page.locator("table.contacts tbody tr a.go").first.click()
    assert page.url.endswith(CALL)
    assert page.locator("section[aria-labelledby=faces]").is_visible()
    stated = page.locator(".f-when details").first
    assert not stated.locator("mark").first.is_visible()
    stated.locator("summary").click()
    assert stated.locator("mark.m-when").first.is_visible()
    stated.locator("footer a").first.click()
    assert page.locator("mark.lit").count() > 0
    page.goto("/check")
    page.get_by_label("Sentence").fill("Putin and Biden have not spoken since February 2021")
    page.get_by_role("button", name="Check").click()
    assert page.locator("article.verdict").get_by_text("contradicted", exact=True).is_visible()


def test_review_by_keyboard_and_undo(watched: Watched) -> None:
    page = watched.page
    page.goto("/read")
    given = {"name": "calls.jsonl", "mimeType": "text/plain", "buffer": CALLS.encode()}
    page.locator("input[type=file]").set_input_files([given])
    page.get_by_role("button", name="Read").click()
    page.get_by_text("3 new").wait_for()
    page.goto("/review")
    left = page.locator(".kicker span").first.inner_text()
    for key, kind in (("s", "split"), ("m", "merge"), ("u", "unsure")):
        with page.expect_navigation():
            page.keyboard.press(key)
        assert page.locator("section:has(h2:text('Decided last')) li").first.inner_text().split()[2] == kind
        with page.expect_navigation():
            page.keyboard.press("z")
        assert page.locator(".kicker span").first.inner_text() == left
    page.keyboard.press("e")
    page.keyboard.type("channel")
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/review?skip=0")
    assert page.locator("h2:text('Decided last')").count() == 0
    page.keyboard.press("e")
    page.keyboard.type("channel")
    page.keyboard.press("Tab")
    page.keyboard.type("video")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    last = page.locator("section:has(h2:text('Decided last')) li").first.inner_text()
    assert last.split()[2:4] == ["correct", "channel"]
    page.keyboard.press("/")
    page.keyboard.type("s")
    assert page.locator("#q").input_value() == "s"


def test_a_file_is_dropped(watched: Watched) -> None:
    page = watched.page
    page.goto("/read")
    data = page.evaluate_handle(
        "text => { const t = new DataTransfer(); t.items.add(new File([text], 'dropped.jsonl')); return t; }", CALLS
    )
    page.dispatch_event("form[data-drop]", "drop", {"dataTransfer": data})
    page.get_by_role("button", name="Read").click()
    page.get_by_text("3 new").wait_for()
    assert page.get_by_role("heading", name="dropped.jsonl").is_visible()
    page.get_by_role("link", name="Contacts", exact=True).last.click()
    assert page.locator("table.contacts").get_by_text("Xi Jinping").first.is_visible()


def test_a_feed_is_added_asked_and_forgotten_without_scripts(browser: Any, server: Server) -> None:
    plain = Watched(browser, server, java_script_enabled=False)
    page = plain.page
    with site() as served:
        server.desk.vouched = (served.host,)
        served.answers["/feed"] = Answer(feed((f"{served.address}/a", "Fri, 09 Jul 2021 18:00:00 GMT")).encode())
        served.answers["/a"] = page_of(CALL_TOLD)
        page.goto(server.key)
        page.goto("/feeds")
        page.get_by_role("button", name="Forget Calls & visits").click()
        page.get_by_label("Addresses, one a line").fill(f"{served.address}/feed")
        page.get_by_role("button", name="Add", exact=True).click()
        page.get_by_role("button", name="Ask all feeds now").click()
        page.get_by_text("1 new, 0 edited").wait_for()
        page.get_by_role("link", name="Office").click()
        assert page.locator(".lines .tag.good").inner_text() == "new"
        page.get_by_role("button", name="Forget this feed").click()
        assert page.get_by_text("No feed is watched yet").is_visible()
    plain.context.close()


def test_a_permalink_shows_the_earlier_state(watched: Watched) -> None:
    page = watched.page
    page.goto(f"/contacts/{CALL}")
    cited = page.get_by_role("link", name="Permalink").get_attribute("href")
    page.get_by_text("Correct what was read").click()
    page.get_by_role("button", name="No contact at all").click()
    page.goto(cited)
    earlier = page.get_by_role("complementary", name="An earlier state")
    assert earlier.get_by_role("row", name="reports 2 1").is_visible()
    assert page.locator("section[aria-labelledby=faces] svg").first.is_visible()


def test_hostile_texts_do_nothing(watched: Watched) -> None:
    page = watched.page
    for title in ("window.hurt=1", "HYPERLINK", "Path"):
        page.goto("/documents")
        page.locator("table a", has_text=title).first.click()
        assert page.locator(".text").is_visible()
        for link in page.locator("main a").all():
            assert (link.get_attribute("href") or "/").startswith(("/", "#", "?", "https://example.org"))
    page.goto("/contacts?person=Lavrov")
    page.locator("a.go").first.click()
    for stated in page.locator("details").all():
        stated.evaluate("one => { one.open = true; }")
    page.mouse.move(400, 400)
    assert page.evaluate(HARM)


def test_every_page_answers_without_scripts(browser: Any, server: Server) -> None:
    plain = Watched(browser, server, java_script_enabled=False)
    plain.page.goto(server.key)
    for place in [*PLACES, "/review", "/read"]:
        answer = plain.page.goto(place)
        assert answer.status == 200, place
        assert plain.page.locator("h1").first.is_visible()
        if place not in ("/review", "/read"):
            assert plain.page.request.get(with_ending(place, ".json")).ok
    plain.page.goto(f"/contacts/{CALL}")
    plain.page.locator(".f-when summary").first.click()
    assert plain.page.locator(".f-when mark").first.is_visible()
    plain.context.close()


def axe() -> str:
    package = pytest.importorskip("axe_core_python")
    found = sorted(Path(package.__file__).parent.rglob("axe.min.js"))
    if not found:
        pytest.skip("axe-core is not here")
    return found[0].read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault_of_accessibility(browser: Any, server: Server, scheme: str) -> None:
    script, faults = axe(), []
    watched = Watched(browser, server, color_scheme=scheme, bypass_csp=True)
    watched.page.goto(server.key)
    for place in [*PLACES, "/review", "/read", f"/contacts/{CALL}?revision=1"]:
        watched.page.goto(place)
        watched.page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
        watched.page.evaluate(script)
        found = watched.page.evaluate("() => axe.run({resultTypes: ['violations']})")
        faults += [
            f"{place}: {v['id']}: {v['nodes'][0]['html'][:160]} {v['nodes'][0].get('failureSummary', '')[:200]}"
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]
    watched.context.close()
    assert faults == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out(browser: Any, server: Server, width: int) -> None:
    narrow = Watched(browser, server, viewport={"width": width, "height": 844})
    for place in PLACES:
        narrow.page.goto(place)
        root = "document.documentElement"
        assert narrow.page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth"), place
    narrow.context.close()
