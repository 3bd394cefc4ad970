"""The one fetcher: public addresses, bounded time, size and redirections, and manners (robots.txt, pauses, ETag).

Limits after https://www.rfc-editor.org/rfc/rfc9309 (robots.txt: 500 KiB; a server that fails forbids everything) and
the general advice against server-side request forgery: resolve once, check, connect to what was checked, every hop.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx2

from communique.sources.web.addresses import RefusedError, Resolve, check_url, resolve
from communique.sources.web.network import Deadline, Guarded, LateError, Transport

AGENT = "Communique"
_ROBOTS_BYTES = 500 * 1024
_RATIO, _FLOOR = 200, 1_000_000
_PIECE = 65_536
_MOVED = (301, 302, 303, 307, 308)
_LATER = (429, 503)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may cost: seconds in all and for one wait, bytes unpacked, hops; seconds between two requests to

    a host, and the longest pause that a host may ask for.
    """

    seconds: float = 60.0
    wait: float = 15.0
    size: int = 16_000_000
    hops: int = 5
    pause: float = 1.0
    longest_pause: float = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address it came from in the end, its bytes, what it calls itself. ``unchanged``: it is as it was

    when it gave the ETag or date that was sent along, and has no bytes.
    """

    url: str
    body: bytes
    kind: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


class FetchError(Exception):
    """Something was not fetched. ``code``: the issue it makes; ``str()``: why; ``later``: it may come another time."""

    def __init__(self, code: str, why: str, later: bool = False) -> None:
        super().__init__(why)
        self.code, self.later = code, later


@dataclass(slots=True)
class _Host:
    """What is known of a host: what its robots.txt allows, and when it may be asked again."""

    robots: RobotFileParser | None = None
    pause: float = 0.0
    again: float = 0.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the fetcher sees it; tests have their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Fetcher:
    """Fetches addresses one after the other. A context manager. ``allowed``: hosts inside a network to fetch from."""

    def __init__(
        self,
        allowed: Collection[str] = (),
        limits: Limits | None = None,
        clock: Clock | None = None,
        how: Resolve = resolve,
    ) -> None:
        self.limits, self._clock = limits or Limits(), clock or Clock()
        self._deadline = Deadline(self._clock.now)
        self._client = _client(Guarded(self._deadline, frozenset(allowed), how), self.limits)
        self._hosts: dict[str, _Host] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def fetch(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What is at an address now. Raises ``FetchError``."""
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        return self._fetch(url, {name: value for name, value in headers.items() if value}, self.limits.size)

    def _fetch(self, url: str, headers: dict[str, str], size: int, robots: bool = True) -> Fetched:
        for _ in range(self.limits.hops + 1):
            if robots:
                self._ask_leave(url)
            self._deadline.start(self.limits.seconds)
            answer = self._hop(url, headers, size)
            if isinstance(answer, Fetched):
                return answer
            url = answer
        raise FetchError("fetch-failed", f"more than {self.limits.hops} redirections")

    def _hop(self, url: str, headers: dict[str, str], size: int) -> Fetched | str:
        """One request: what came, or where it is to be had."""
        try:
            check_url(url)
            with self._client.stream("GET", url, headers=headers) as answer:
                return self._read(answer, url, size)
        except (RefusedError, httpx2.InvalidURL) as error:
            raise FetchError("refused-address", str(error)) from None
        except LateError:
            raise FetchError("fetch-failed", f"it took longer than {self.limits.seconds:g} s", later=True) from None
        except (httpx2.HTTPError, httpx2.StreamError, UnicodeError) as error:
            why = str(error) or type(error).__name__
            raise FetchError("fetch-failed", why, later=isinstance(error, httpx2.TransportError)) from None

    def _read(self, answer: httpx2.Response, url: str, size: int) -> Fetched | str:
        if answer.status_code in _MOVED and "location" in answer.headers:
            return urljoin(url, answer.headers["location"])
        etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
        if answer.status_code == 304:
            return Fetched(url, b"", etag=etag, modified=modified, unchanged=True)
        if answer.status_code in _LATER:
            self._put_off(url, answer.headers.get("retry-after", ""))
        if answer.status_code != 200:
            later = answer.status_code >= 500 or answer.status_code == 429
            raise FetchError("fetch-failed", f"the server answers {answer.status_code}", later)
        body = b"".join(_unpacked(answer, size))
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Fetched(url, body, kind, answer.charset_encoding, etag, modified)

    # Manners

    def _ask_leave(self, url: str) -> None:
        """Waits for the host's turn. Raises ``FetchError`` if its robots.txt wants nothing of the kind."""
        try:
            check_url(url)
        except RefusedError as error:
            raise FetchError("refused-address", str(error)) from None
        parts = urlsplit(url)
        host = self._hosts.setdefault(f"{parts.scheme}://{parts.netloc}", _Host(pause=self.limits.pause))
        if host.robots is None:
            host.robots = self._robots(f"{parts.scheme}://{parts.netloc}/robots.txt")
            asked = float(host.robots.crawl_delay(AGENT) or 0)
            host.pause = min(max(host.pause, asked), self.limits.longest_pause)
        if not host.robots.can_fetch(AGENT, url):
            raise FetchError("robots-refused", "its robots.txt asks programs to stay away")
        self._wait(host)

    def _wait(self, host: _Host) -> None:
        rest = host.again - self._clock.now()
        if rest > self.limits.longest_pause:
            raise FetchError("fetch-failed", f"the server asked for a pause of {rest:.0f} s more", later=True)
        if rest > 0:
            self._clock.sleep(rest)
        host.again = self._clock.now() + host.pause

    def _put_off(self, url: str, after: str) -> None:
        parts = urlsplit(url)
        with suppress(KeyError):
            host = self._hosts[f"{parts.scheme}://{parts.netloc}"]
            host.again = self._clock.now() + (float(after) if after.isdecimal() else 2 * self.limits.longest_pause)

    def _robots(self, url: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            answer = self._fetch(url, {}, _ROBOTS_BYTES, robots=False)
            rules.parse(answer.body.decode("utf-8", "replace").splitlines())
        except FetchError as error:
            if error.code == "refused-address":
                raise
            # A server that has none forbids nothing; one that fails may have meant to.
            rules.parse(["User-agent: *", "Disallow: /"] if error.later else [])
        return rules


def _client(network: Guarded, limits: Limits) -> httpx2.Client:
    """A client without proxies or settings of the surroundings, whose connections all come from ``network``."""
    headers = {"User-Agent": f"{AGENT} (reads public statements)", "Accept-Encoding": "gzip"}
    return httpx2.Client(
        transport=Transport(network), trust_env=False, follow_redirects=False, timeout=limits.wait, headers=headers
    )


def _unpacked(answer: httpx2.Response, size: int) -> Iterator[bytes]:
    """The body piece by piece, unpacked no further than it may go."""
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", ""):
        raise FetchError("fetch-failed", f"packed as {packing[:40]}, which was not asked for")
    unpack = _Unpacking(size) if "gzip" in packing else _Plain(size)
    for piece in answer.iter_raw(_PIECE):
        yield from unpack.feed(piece)
    if not unpack.whole():
        raise FetchError("fetch-failed", "the answer is cut short", later=True)


@dataclass(slots=True)
class _Plain:
    """Counts bytes."""

    size: int
    came: int = 0
    out: int = 0

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The bytes of a piece. Raises ``FetchError`` once there are too many."""
        self.came += len(piece)
        yield self._counted(piece)

    def whole(self) -> bool:
        """Whether nothing is missing at the end."""
        return True

    def _counted(self, content: bytes) -> bytes:
        self.out += len(content)
        if self.out > self.size:
            raise FetchError("fetch-failed", f"longer than {self.size:,} bytes")
        if self.out > max(_FLOOR, _RATIO * self.came):
            raise FetchError("fetch-failed", f"unpacks to more than {_RATIO} times its size")
        return content


@dataclass(slots=True)
class _Unpacking(_Plain):
    """Unpacks gzip a little at a time."""

    packed: zlib._Decompress = field(default_factory=lambda: zlib.decompressobj(wbits=31))

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """What a piece unpacks to."""
        self.came += len(piece)
        while piece:
            try:
                content = self.packed.decompress(piece, _PIECE)
            except zlib.error as error:
                raise FetchError("fetch-failed", f"its packing is damaged: {error}") from None
            yield self._counted(content)
            piece = self.packed.unconsumed_tail

    def whole(self) -> bool:
        """Whether the packed data came to its end."""
        return self.packed.eof
