"""Parties and times in words, and text of articles made fit to be shown: what all interfaces and pictures share."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from communique.model import Channel, Party, TopicTold, When

if TYPE_CHECKING:
    from communique.views.agree import Interval
    from communique.views.contacts import ContactRow

CHANNEL_WORDS: Mapping[Channel, str] = {
    "phone": "phone call",
    "video": "video call",
    "meeting": "meeting",
    "visit": "visit",
    "message": "message",
    "talks": "talks",
    "unspecified": "contact",
}

# C0, DEL, C1, line separators, zero-width and direction marks, tags, and what a terminal could take for an order
_UNSEEN = "\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
_CONTROL = re.compile(f"[{_UNSEEN}]")
_UNSAFE_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_MARKUP = re.compile("[<>&]")
_BLANKS = re.compile(r"[\t\n\r\f\v\u2028\u2029]+ *")


def clean(text: str) -> str:
    """Text on one line: line ends become blanks, other control characters are shown (ESC as ``␛``)."""
    return _CONTROL.sub(_picture, _BLANKS.sub(" ", text))


def shown(text: str) -> str:
    """Text with its lines and blanks as they are; other control and direction characters are shown."""
    return _CONTROL.sub(lambda match: match[0] if match[0] in "\t\n\r" else _picture(match), text)


def json_line(record: Mapping[str, Any], markup: bool = True) -> str:
    """A record on one line; what a terminal could take for an order is escaped, so that nothing is lost.

    Without ``markup``, what a page could take for a tag is escaped as well.
    """
    line = _UNSAFE_JSON.sub(_escaped, json.dumps(record, ensure_ascii=False))
    return line if markup else _MARKUP.sub(_escaped, line)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def party_words(party: Party) -> str:
    """``Vladimir Putin (RUS)``; a body by its side, with its office if it has one."""
    if party.name or party.office:
        side = f" ({party.side})" if party.side else ""
        return f"{party.name or party.office}{side}"
    return party.side or "somebody"


def parties_words(parties: Iterable[Party]) -> str:
    """All of them, with commas."""
    return ", ".join(map(party_words, parties))


def contact_words(row: ContactRow) -> str:
    """A contact as a headline: ``Phone call (planned): Joe Biden (USA), Vladimir Putin (RUS)``."""
    status = "" if row.status == "held" else f" ({row.status})"
    return f"{CHANNEL_WORDS[row.channel].capitalize()}{status}: {parties_words(row.parties)}"


def when_words(when: Interval | None) -> str:
    """An interval as EDTF, or ``undated``."""
    return when.edtf if when else "undated"


def value_words(value: Any) -> str:
    """Any value that a field can have."""
    if isinstance(value, Party):
        office = f", {value.office}" if value.name and value.office else ""
        return f"{party_words(value)}{office}"
    if isinstance(value, When):
        return f"{value.edtf} ({value.basis}{f': {value.why}' if value.why else ''})"
    if isinstance(value, TopicTold):
        return f"{value.topic}{f', told by {value.teller}' if value.teller else ''}"
    return json_words(value)


def json_words(value: Any) -> str:
    """A value as JSON answers hold it, in words."""
    if isinstance(value, dict) and "edtf" in value:
        return str(value["edtf"])
    if isinstance(value, dict):
        return str(value.get("name") or value.get("office") or value.get("state") or value.get("organisation"))
    if isinstance(value, list):
        return ", ".join(json_words(one) for one in value)
    return "" if value is None else str(value)
