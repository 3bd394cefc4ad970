"""Trafilatura and htmldate, the only place that imports them: the careful look at a page."""

from __future__ import annotations


def main_text(html: str, url: str | None) -> str:
    """The article's text without navigation, comments and the like; empty if none is found."""
    import trafilatura

    text = trafilatura.extract(html, url=url, fast=True, include_comments=False, include_tables=True)
    return text or ""


def guessed_day(html: str, url: str | None) -> str | None:
    """The day of publication that htmldate sees in the markup. Its newest date allowed is far off, never today."""
    import htmldate

    day: str | None = htmldate.find_date(
        html, extensive_search=False, original_date=True, url=url, min_date="1990-01-01", max_date="2199-12-31"
    )
    return day
