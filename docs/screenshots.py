"""The pictures of pages in README and docs: the shipped samples in a real browser.

usage: python docs/screenshots.py

Needs Chromium (``chromium`` on the path), playwright and Pillow. Writes small PNG files into ``docs/pages``.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from communique.cli.main import run
from communique.web.access import Access
from communique.web.app import create_app
from communique.web.desk import Desk

FOLDER = Path(__file__).parent / "pages"
COLOURS = 64
CALL = "/contacts?between=RUS&between=USA&channel=video"
CLAIM = "/check?sentence=Putin+and+Biden+held+six+telephone+conversations+in+2021&published=2021-12-31"
#: File → address, colour scheme, width, height, and what is done on the page first.
SHOTS: Mapping[str, tuple[str, str, int, int, str]] = {
    "contacts": ("/contacts", "light", 1200, 640, ""),
    "contact": (CALL, "light", 1200, 900, "first"),
    "faces": (CALL, "dark", 1200, 820, "faces"),
    "document": ("/documents/wh-2021-12-07", "light", 1200, 640, ""),
    "check": (CLAIM, "light", 1200, 960, ""),
    "phone": (CALL, "dark", 390, 760, "first"),
}


def main() -> None:
    """Make all of them."""
    program = shutil.which("chromium") or sys.exit("there is no chromium on the path")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        ledger = Path(folder) / "ledger.db"
        if run(["read", "--samples", "--ledger", str(ledger)]):
            sys.exit("the samples could not be read")
        bound = socket.create_server(("127.0.0.1", 0))
        host = f"127.0.0.1:{bound.getsockname()[1]}"
        desk = Desk(ledger)
        server = uvicorn.Server(uvicorn.Config(create_app(desk, Access(), [host]), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        try:
            for name, shot in SHOTS.items():
                (FOLDER / f"{name}.png").write_bytes(small(taken(browser, f"http://{host}", *shot)))
        finally:
            browser.close()
            server.should_exit = True
            thread.join()
            desk.close()


def taken(browser: Browser, home: str, place: str, scheme: Any, width: int, height: int, deed: str) -> bytes:
    """A page as it looks."""
    size: Any = {"width": width, "height": height}
    context = browser.new_context(base_url=home, color_scheme=scheme, viewport=size, reduced_motion="reduce")
    page = context.new_page()
    page.goto(place)
    if deed:
        page.locator("a.go").first.click()
        page.locator(".f-when summary").first.click()
    if deed == "faces":
        page.locator("#faces").evaluate("one => one.scrollIntoView()")
    shot = page.screenshot()
    context.close()
    return shot


def small(png: bytes) -> bytes:
    """The same with few colours, which pages hardly need more of."""
    out = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
