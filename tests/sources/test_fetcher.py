"""The guarded fetcher against servers on the loopback: what is refused, what is bounded, what is polite."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from communique.sources.web.addresses import RefusedError, check_url, checked, is_public
from communique.sources.web.fetcher import Clock, Fetcher, FetchError, Limits
from tests.sources.web_server import Answer, Site, site

PAGE = b"<html><body><p>Ann Poe met Bo Roe in Rome.</p></body></html>"


@pytest.fixture
def served() -> Iterator[Site]:
    with site() as opened:
        yield opened


class Watch:
    """A clock that goes on only when somebody sleeps."""

    def __init__(self) -> None:
        self.at, self.slept = 1000.0, [0.0]

    def clock(self) -> Clock:
        return Clock(lambda: self.at, self.sleep)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


def fetcher(served: Site, **limits: float) -> Fetcher:
    chosen = Limits(pause=0, **limits)  # type: ignore[arg-type]
    return Fetcher([served.host], chosen)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://0x7f.1/", "http://0177.0.0.1/",
        "http://2130706433/", "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1]/",
        "http://[fd00::1]/", "http://169.254.169.254/latest/meta-data/", "http://[::ffff:169.254.169.254]/",
        "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://100.64.0.1/", "http://224.0.0.1/",
        "http://255.255.255.255/", "file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1/", "http:///x",
        "http://eve:secret@example.org/", "javascript:alert(1)", "http://[::1", "http://example.org:99999/",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused_before_anything_is_connected_to(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connects(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("httpcore2.SyncBackend.connect_tcp", connects)
    with Fetcher() as opened, pytest.raises(FetchError) as raised:
        opened.fetch(url)
    assert raised.value.code == "refused-address"


def test_public_addresses_are_public() -> None:
    assert all(map(is_public, ("93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34")))
    assert not is_public("not an address")
    assert check_url("https://example.org/a?b") == ("example.org", 443)


def test_a_name_is_resolved_once_and_every_address_of_it_must_be_public() -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    assert checked("example.org", 80, how=lambda host, port: next(answers)) == "93.184.216.34"
    with pytest.raises(RefusedError, match=r"example.org is 10.0.0.7, an address inside"):
        checked("example.org", 80, how=lambda host, port: ["93.184.216.34", "10.0.0.7"])
    with pytest.raises(RefusedError, match="no address"):
        checked("example.org", 80, how=lambda host, port: [])


def test_what_is_connected_to_is_what_was_checked(served: Site) -> None:
    served.answers["/a"] = Answer(PAGE, headers={"Content-Type": "text/html; charset=utf-8", "ETag": '"1"'})
    port = served.host.partition(":")[2]
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with Fetcher(["readouts.example"], Limits(pause=0), how=resolve) as opened:
        found = opened.fetch(f"http://readouts.example:{port}/a")
    assert (found.body, found.kind, found.charset, found.etag) == (PAGE, "text/html", "utf-8", '"1"')
    assert set(asked) == {"readouts.example"}
    assert dict(served.asked[-1][1])["Host"] == f"readouts.example:{port}"


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:9/x", "http://0x7f.1/", "http://[::ffff:169.254.169.254]/", "file:///etc/passwd"]
)
def test_every_hop_is_checked(served: Site, target: str) -> None:
    served.answers["/a"] = Answer(status=302, headers={"Location": "/b"})
    served.answers["/b"] = Answer(status=307, headers={"Location": target})
    with fetcher(served) as opened, pytest.raises(FetchError) as raised:
        opened.fetch(f"{served.address}/a")
    assert raised.value.code == "refused-address"
    assert served.paths() == ["/robots.txt", "/a", "/b"]


def test_redirections_end_somewhere(served: Site) -> None:
    served.answers["/a"] = Answer(status=301, headers={"Location": "/a"})
    with fetcher(served) as opened, pytest.raises(FetchError, match="more than 5 redirections"):
        opened.fetch(f"{served.address}/a")
    assert served.paths().count("/a") == 6


BOMB = gzip.compress(b"\0" * 30_000_000)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(b"x" * 3_000_000), "longer than 2,000,000 bytes"),
        (Answer(gzip.compress(b"ab " * 900_000), headers={"Content-Encoding": "gzip"}), "longer than|unpacks to more"),
        (Answer(BOMB, headers={"Content-Encoding": "gzip"}), "unpacks to more than 200 times|longer than"),
        (Answer(gzip.compress(PAGE)[:-9], headers={"Content-Encoding": "gzip"}), "cut short"),
        (Answer(b"not gzip", headers={"Content-Encoding": "gzip"}), "packing is damaged"),
        (Answer(PAGE, headers={"Content-Encoding": "br"}), "packed as br"),
        (Answer(PAGE, length=len(PAGE) + 50), "incomplete|closed"),
        (Answer(status=404), "answers 404"),
        (Answer(status=500), "answers 500"),
    ],
)
def test_answers_are_bounded_and_whole(served: Site, answer: Answer, told: str) -> None:
    served.answers["/a"] = answer
    with fetcher(served, size=2_000_000) as opened, pytest.raises(FetchError, match=told) as raised:
        opened.fetch(f"{served.address}/a")
    assert raised.value.code == "fetch-failed"


def test_a_server_that_answers_a_little_at_a_time_is_not_waited_for_for_ever(served: Site) -> None:
    watch = Watch()

    def slow(headers: object) -> Answer:
        watch.at += 61
        return Answer(PAGE)

    served.answers["/a"] = slow
    with (
        Fetcher([served.host], Limits(pause=0), watch.clock()) as opened,
        pytest.raises(FetchError, match="longer than 60 s") as raised,
    ):
        opened.fetch(f"{served.address}/a")
    assert raised.value.later


def test_a_certificate_that_is_none_is_an_error(served: Site) -> None:
    with fetcher(served) as opened, pytest.raises(FetchError) as raised:
        opened.fetch(f"https://{served.host}/a")
    assert raised.value.code in ("fetch-failed", "robots-refused")


def test_robots_are_asked_once_and_heeded(served: Site) -> None:
    rules = b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"
    served.answers |= {"/robots.txt": Answer(rules), "/a": Answer(PAGE), "/b": Answer(PAGE)}
    watch = Watch()
    with Fetcher([served.host], Limits(), watch.clock()) as opened:
        opened.fetch(f"{served.address}/a")
        opened.fetch(f"{served.address}/b")
        with pytest.raises(FetchError) as raised:
            opened.fetch(f"{served.address}/private/c")
    assert raised.value.code == "robots-refused"
    assert served.paths() == ["/robots.txt", "/a", "/b"]
    assert watch.slept[-1] == 7


def test_a_server_whose_rules_cannot_be_had_is_left_alone(served: Site) -> None:
    served.answers |= {"/robots.txt": Answer(status=503), "/a": Answer(PAGE)}
    with fetcher(served) as opened, pytest.raises(FetchError, match="stay away"):
        opened.fetch(f"{served.address}/a")


def test_a_server_that_asks_for_a_pause_gets_it(served: Site) -> None:
    served.answers |= {"/a": Answer(status=429, headers={"Retry-After": "20"}), "/b": Answer(PAGE)}
    watch = Watch()
    with Fetcher([served.host], Limits(), watch.clock()) as opened:
        with pytest.raises(FetchError, match="429") as raised:
            opened.fetch(f"{served.address}/a")
        assert raised.value.later
        assert opened.fetch(f"{served.address}/b").body == PAGE
    assert watch.slept[-1] == 20


def test_what_has_not_changed_is_not_sent_again(served: Site) -> None:
    def answer(headers: dict[str, str]) -> Answer:
        return Answer(status=304) if headers.get("If-None-Match") == '"1"' else Answer(PAGE, headers={"ETag": '"1"'})

    served.answers["/a"] = answer  # type: ignore[assignment]
    with fetcher(served) as opened:
        first = opened.fetch(f"{served.address}/a")
        again = opened.fetch(f"{served.address}/a", first.etag)
    assert (first.unchanged, again.unchanged, again.body) == (False, True, b"")
