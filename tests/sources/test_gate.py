"""The gate: encodings told apart, nothing changed but what must be, offsets kept."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.sources.catalogue import SetAsideError
from communique.sources.gate import clean, decode

RUSSIAN = "Президент провёл телефонный разговор с президентом соседней страны."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "koi8-r"), (RUSSIAN, "cp1251"), (RUSSIAN, "utf-16"), (RUSSIAN, "utf-8-sig"), (RUSSIAN, "utf-32"),
        ("The President – “Mr Müller” – met the Élysée’s envoy.", "cp1252"),
        ("総理大臣は大統領と電話会談を行った。", "shift_jis"), ("国务院总理李克强致电穆罕默德", "gb18030"),
        ("Cumhurbaşkanı Erdoğan görüştü, Şişli'de konuştu", "cp1254"), ("The president spoke today.", "utf-16-le"),
    ],
)  # fmt: skip
def test_encodings_are_told_apart(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_the_declared_encoding_counts_where_utf8_fails() -> None:
    data = "Düsseldorf".encode("cp1250")
    assert decode(data, declared="windows-1250").text == "Düsseldorf"
    assert decode("Düsseldorf".encode(), declared="windows-1250").text == "Düsseldorf"
    assert decode("“Düsseldorf”".encode("cp1252"), declared="ISO-8859-1").text == "“Düsseldorf”"


def test_the_forced_encoding_always_counts() -> None:
    assert decode("Düsseldorf".encode(), forced="latin-1").text == "DÃ¼sseldorf"


def test_a_few_damaged_bytes_are_shown_and_told() -> None:
    found = decode(("Élysée – déjà vu, à côté " * 9).encode() + b"\xff!")
    assert found.text.endswith("�!")
    assert [one.code for one in found.issues] == ["damaged-characters"]


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"PK\x03\x04abc", bytes(range(32)) * 9, b"\x00\x01\x02" * 99])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(SetAsideError) as error:
        decode(data)
    assert error.value.issue.code == "binary-file"


@given(st.text(max_size=300))
def test_utf8_comes_through_character_for_character(text: str) -> None:
    wanted = clean(text)
    data = wanted.encode()
    controls = sum((c < " " and c not in "\t\n\x0b\x0c\r\x1b") or c == "\x7f" for c in wanted)
    if controls * 10 < len(data) and not data.startswith((b"MZ\x90", b"\xff\xfe")):
        assert decode(data).text == clean(wanted)


@given(st.text(alphabet=st.characters() | st.sampled_from("\x00\ud800\udc00\ud83d\ude00\ufeff"), max_size=200))
def test_only_nul_surrogates_and_the_mark_go(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert "\0" not in cleaned
    kept = [c for c in text.removeprefix("\ufeff") if c != "\0" and not "\ud800" <= c <= "\udfff"]
    left = iter(cleaned)
    assert all(any(c == other for other in left) for c in kept)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_set_aside(data: bytes) -> None:
    with suppress(SetAsideError):
        decode(data).text.encode()
