"""Who may come in: a one-time address gives a browser the right to write; a token lets programs and others in.

On this machine anybody may read. Where the ledger is shown to a network, reading needs the token too.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

COOKIE = "communique_session"
MOST_SESSIONS = 64


class Access:
    """The keys of one running server."""

    def __init__(self, token: str | None = None) -> None:
        self._token = token
        self._sessions: list[str] = []
        self._keys: set[str] = set()
        self._lock = threading.Lock()

    @property
    def reading_needs_token(self) -> bool:
        """True where a token was set: then nothing is shown without it."""
        return self._token is not None

    def new_key(self) -> str:
        """A key that opens one session, once."""
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._keys.add(key)
        return key

    def open(self, key: str) -> str | None:
        """A new session for a key (which is used up) or the token; None for anything else."""
        with self._lock:
            used = next((known for known in self._keys if secrets.compare_digest(known.encode(), key.encode())), None)
            if used is None and not self.is_token(key):
                return None
            self._keys.discard(used or "")
            self._sessions = [*self._sessions[-MOST_SESSIONS + 1 :], session := secrets.token_urlsafe(24)]
        return session

    def is_token(self, words: str) -> bool:
        """True for the token."""
        return self._token is not None and secrets.compare_digest(words.encode(), self._token.encode())

    def is_session(self, cookies: Iterable[str]) -> bool:
        """True if the browser shows a session of this server."""
        shown = [cookie for header in cookies for cookie in _sessions(header)]
        return any(secrets.compare_digest(one.encode(), known.encode()) for one in shown for known in self._sessions)


def _sessions(header: str) -> list[str]:
    try:
        morsel = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return []
    return [morsel.value] if morsel else []
