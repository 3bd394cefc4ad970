"""What a page says about itself: title, publisher, address, language, and when it was published."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from communique.sources.quick import Element, elements
from communique.sources.stated import WORDS, NoDateError, edtf_of, from_words

_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "publishdate",
    "publish-date", "publish_date", "pubdate", "publicationdate", "publication_date", "published_time", "published",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "dcterms.date", "dc.date", "date", "article.published", "article:published", "rnews:datepublished",
    "citation_publication_date", "citation_date", "cxenseparse:recs:publishtime", "originalpublicationdate",
    "bt:pubdate", "release_date", "displaydate",
)  # fmt: skip
_TIME_CLASS = re.compile(r"publi|posted|entry-date|dateline|timestamp|article.*date|date.*article", re.IGNORECASE)
_URL_DAY = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?:(?P<sign>[/-])(?P<m>1[0-2]|0?[1-9])(?P=sign)(?P<d>3[01]|[12]\d|0?[1-9])"
    r"|(?P<mm>0[1-9]|1[0-2])(?P<dd>0[1-9]|[12]\d|3[01]))(?=[/_.-]|$)"
)
_SUFFIX = re.compile(r"\s+[|–—»·-]\s+[^|–—»·]{2,40}$")
_DAY = re.compile(WORDS, re.IGNORECASE)
_LD_LIMIT = 500


@dataclass(slots=True)
class Head:
    """The elements of a page that say something about it, by kind."""

    meta: dict[str, str] = field(default_factory=dict)
    ld: list[dict[str, object]] = field(default_factory=list)
    h1: list[str] = field(default_factory=list)
    title: str | None = None
    times: list[Element] = field(default_factory=list)
    canonical: str | None = None
    language: str | None = None


def head_of(html: str) -> Head:
    """Collect what the page says about itself."""
    head = Head()
    for element in elements(html, "html", "title", "meta", "link", "script", "h1", "time"):
        _COLLECT[element.tag](head, element)
    return head


def title_of(head: Head) -> str | None:
    """og:title, else the first h1, else the title element without the site's name."""
    site = head.meta.get("og:site_name")
    title = head.meta.get("og:title") or next(iter(head.h1), None) or _headline(head)
    if title:
        return _without_site(title, site)
    return _SUFFIX.sub("", " ".join(head.title.split())) or None if head.title else None


def publisher_of(head: Head, url: str | None) -> str | None:
    """og:site_name, else JSON-LD's publisher, else the host."""
    named = head.meta.get("og:site_name") or _ld_publisher(head)
    host = urlsplit(url or "").hostname
    return named or (host.removeprefix("www.") if host else None)


def url_of(head: Head) -> str | None:
    """The page's own address, if it gives one of the web."""
    return next((url for url in (head.canonical, head.meta.get("og:url")) if url and _web(url)), None)


def stated_days(head: Head, url: str | None) -> Iterator[tuple[str, str]]:
    """Candidates for the date of publication as (value, where it stands), best first."""
    for item in head.ld:
        if isinstance(item.get("datePublished"), str):
            yield str(item["datePublished"]), "JSON-LD datePublished"
    for name in _DATE_NAMES:
        if name in head.meta:
            yield head.meta[name], f"meta {name}"
    yield from ((value, "time element") for value in _times(head))
    match = _URL_DAY.search(url or "")
    if match:
        month, day = match["m"] or match["mm"], match["d"] or match["dd"]
        yield f"{match['y']}-{int(month):02}-{int(day):02}", "address of the page"


def first_possible(candidates: Iterator[tuple[str, str]]) -> tuple[str | None, str, str | None]:
    """The first candidate that is a day, else the first month or year; where it stands; the first that was no date."""
    wrong: str | None = None
    vague: tuple[str, str] | None = None
    for value, where in candidates:
        try:
            found = edtf_of(value)
        except NoDateError:
            wrong = wrong or value
            continue
        if len(found) >= len("2020-05-22"):
            return found, where, wrong
        vague = vague or (found, where)
    return (*vague, wrong) if vague else (None, "", wrong)


def told_late(day: str, text: str) -> bool:
    """Whether a day stands in the article's running text, so that a guess of it is likely not its own date."""
    days = ((_day(match), match.start()) for match in _DAY.finditer(text))
    return any(found == day and start > 300 for found, start in days)


def _day(match: re.Match[str]) -> str | None:
    try:
        return edtf_of(from_words(match))
    except NoDateError:
        return None


def _take_meta(head: Head, element: Element) -> None:
    attributes = element.attributes
    name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
    content = attributes.get("content", "").strip()
    if name and content:
        head.meta.setdefault(name.strip().lower(), content)


def _take_script(head: Head, element: Element) -> None:
    if "ld+json" not in element.attributes.get("type", "").lower():
        return
    try:
        value = json.loads(element.text, strict=False)
    except (ValueError, RecursionError):
        return
    head.ld.extend(sorted(_objects(value), key=_not_article))


def _take_link(head: Head, element: Element) -> None:
    if "canonical" in element.attributes.get("rel", "").lower():
        head.canonical = head.canonical or element.attributes.get("href")


def _take_html(head: Head, element: Element) -> None:
    language = element.attributes.get("lang") or element.attributes.get("xml:lang") or ""
    head.language = re.split("[-_]", language)[0].strip().lower()[:3] or None


def _take_title(head: Head, element: Element) -> None:
    head.title = head.title or element.text.strip() or None


def _take_h1(head: Head, element: Element) -> None:
    words = " ".join(element.text.split())
    if words:
        head.h1.append(words)


def _take_time(head: Head, element: Element) -> None:
    head.times.append(element)


_COLLECT: dict[str, Callable[[Head, Element], None]] = {
    "html": _take_html, "title": _take_title, "meta": _take_meta, "link": _take_link, "script": _take_script,
    "h1": _take_h1, "time": _take_time,
}  # fmt: skip


def _objects(value: object) -> Iterator[dict[str, object]]:
    """All objects of a JSON-LD value, outer before inner, up to a limit."""
    queue, seen = [value], 0
    while queue and seen < _LD_LIMIT:
        item = queue.pop(0)
        seen += 1
        if isinstance(item, dict):
            yield item
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)


def _not_article(item: dict[str, object]) -> int:
    kind = str(item.get("@type"))
    return 0 if "Article" in kind or "Posting" in kind or "Report" in kind else 1 if "Page" in kind else 2


def _headline(head: Head) -> str | None:
    return next((str(item["headline"]) for item in head.ld if isinstance(item.get("headline"), str)), None)


def _ld_publisher(head: Head) -> str | None:
    for item in head.ld:
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return str(publisher["name"]).strip() or None
    return None


def _times(head: Head) -> Iterator[str]:
    """Values of time elements: those marked as the publication's first, any only where the page has few."""
    marked = [one for one in head.times if _marked(one)]
    for element in marked or (head.times[:1] if len(head.times) <= 3 else []):
        yield element.attributes.get("datetime") or element.text


def _marked(element: Element) -> bool:
    attributes = element.attributes
    return (
        "pubdate" in attributes
        or attributes.get("itemprop", "").lower() == "datepublished"
        or bool(_TIME_CLASS.search(attributes.get("class", "")))
    )


def _without_site(title: str, site: str | None) -> str:
    title = " ".join(title.split())
    if site:
        title = re.sub(rf"\s+[|–—»·:-]\s+{re.escape(site.strip())}$", "", title, flags=re.IGNORECASE)
    return title


def _web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False
