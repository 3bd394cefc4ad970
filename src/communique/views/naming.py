"""Parties and contacts in a few words, for people."""

from __future__ import annotations

from collections.abc import Iterable

from communique.model import Channel, Party
from communique.views.contacts import ContactRow

CHANNEL_WORDS: dict[Channel, str] = {
    "phone": "phone call",
    "video": "video call",
    "meeting": "meeting",
    "visit": "visit",
    "message": "message",
    "talks": "talks",
    "unspecified": "contact",
}


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
