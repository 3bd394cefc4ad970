"""Dates of publication as people and machines write them, made into EDTF."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from communique import edtf

# Newspapers are older than a century and a half; what claims to come from later than this is a slip or a trap.
FIRST_YEAR, LAST_YEAR = 1600, 2199

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NUMBER = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"  # noqa: E501
WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
WORDS = (
    rf"(?:(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m2>{MONTH})[\s,-]+(?P<y2>\d{{4}})"
    r"|(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
    r"|(?P<han>\d{4}年\d{1,2}月\d{1,2}日))"
)
_WORDS = re.compile(rf"(?:{WEEKDAY},?\s+)?{WORDS}(?:\D.*)?", re.IGNORECASE | re.DOTALL)
_STAMP = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})[T\s]\s*(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}(?::\d{2})? (?:[A-Z]{1,4}|[+-]\d{4})(?: \([A-Z]+\))?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b.*", re.DOTALL)
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|\d{13}")


class NoDateError(ValueError):
    """The words name no date, or one that never was (31 February, the year 9999)."""


def edtf_of(value: str) -> str:
    """The EDTF of a stated date or moment; raises ``NoDateError``.

    >>> edtf_of("7 May 2025 21:25"), edtf_of("2022-05-17 19:25:00+0300"), edtf_of("Tue, 17 May 2022 19:25:00 GMT")
    ('2025-05-07', '2022-05-17T19:25:00+03:00', '2022-05-17T19:25:00Z')
    """
    text = " ".join(value.split())
    for reading in _READINGS:
        found = reading(text)
        if found is not None:
            return _checked(found, value)
    raise NoDateError(value)


def from_words(match: re.Match[str]) -> str:
    """The day that a match of ``WORDS`` names, unchecked."""
    one = match.groupdict()
    if one.get("iso") or one.get("han"):
        year, month, day = re.findall(r"\d+", one.get("iso") or one["han"])
        return f"{year}-{int(month):02}-{int(day):02}"
    year, name, day = (one.get(key + "1") or one[key + "2"] for key in "ymd")
    return f"{year}-{_NUMBER[name[:3].lower()]:02}-{int(day):02}"


def possible(day: str) -> bool:
    """Whether an EDTF value is a date and in the years that can be meant."""
    if not edtf.valid(day):
        return False
    earliest, latest = edtf.bounds(day)
    return bool(earliest and latest and earliest.year >= FIRST_YEAR and latest.year <= LAST_YEAR)


def _checked(found: str, value: str) -> str:
    if possible(found):
        return found
    day = found.partition("T")[0]
    if day != found and possible(day):
        return day
    raise NoDateError(value)


def _stamp(text: str) -> str | None:
    match = _STAMP.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    if hour > "23" or minute > "59" or (second or "00") > "60":
        return f"{year}-{month}-{day}"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{_zone(zone)}"


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] not in "+-":
        return "Z"
    digits = zone[1:].replace(":", "")
    return f"{zone[0]}{digits[:2]}:{digits[2:] or '00'}"


def _compact(text: str) -> str | None:
    match = _COMPACT.fullmatch(text)
    return "-".join(match.groups()) if match else None


def _plain(text: str) -> str | None:
    return text if edtf.valid(text) else None


def _mail(text: str) -> str | None:
    if not _MAIL.fullmatch(text):
        return None
    from email.utils import parsedate_to_datetime  # a tenth of a second that most runs need not spend

    try:
        return _moment(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _words(text: str) -> str | None:
    match = _WORDS.fullmatch(text)
    return from_words(match) if match else None


def _slashed(text: str) -> str | None:
    """Day and month in figures: which is which is known only if one is above twelve; else the year alone is sure."""
    match = _SLASHED.fullmatch(text)
    if not match:
        return None
    one, other, year = (int(part) for part in match.groups())
    if one == other or (one > 12) != (other > 12):
        day, month = (one, other) if one > 12 else (other, one)
        return f"{year:04}-{month:02}-{day:02}"
    return f"{year:04}" if max(one, other) <= 12 else f"{year:04}-99-99"


def _epoch(text: str) -> str | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text) / (1000 if len(text) == 13 else 1)
    return _moment(datetime.fromtimestamp(int(seconds), UTC))


_READINGS: tuple[Callable[[str], str | None], ...] = (
    _stamp, _compact, _plain, _mail, _words, _slashed, _epoch,
)  # fmt: skip
