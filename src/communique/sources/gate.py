"""The one gate through which all text comes in: bytes into characters that can be stored and pointed at.

Only NUL, lone surrogates and a leading byte order mark are dropped. Everything else stays, character for character,
so that offsets into the stored text are offsets into what the user has.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from communique.model import Issue
from communique.sources.catalogue import SetAsideError, issue

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_MAGIC = (
    (b"%PDF-", "a PDF"), (b"PK\x03\x04", "a ZIP or office file"), (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"), (b"\x28\xb5\x2f\xfd", "zstd-compressed data"), (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ", "xz-compressed data"), (b"Rar!", "a RAR archive"), (b"7z\xbc\xaf", "a 7z archive"),
    (b"ID3", "sound"), (b"OggS", "sound or film"), (b"{\\rtf", "an RTF file"),
)  # fmt: skip
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONE = re.compile("[\ud800-\udfff]")
_ODD = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters made of bytes, the encoding they were read in, and what was odd about them."""

    text: str
    encoding: str
    issues: tuple[Issue, ...] = ()


def decode(data: bytes, *, path: str | None = None, declared: str | None = None, forced: str | None = None) -> Decoded:
    """Decode ``data``: ``forced`` (by the user), byte order mark, UTF-8, ``declared`` (by the page), else a guess.

    Raises ``SetAsideError`` for binary data and for encodings that cannot be told.
    """
    refuse_binary(data, path, forced)
    text, encoding, issues = _characters(data, path, declared, forced)
    text = clean(text)
    return Decoded(text, encoding, (*issues, *oddities(text, path)))


def clean(text: str) -> str:
    """The text without NUL, lone surrogates and leading byte order mark; surrogate pairs become their character.

    >>> clean("a\\x00b\\ud800c")
    'abc'
    """
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\0" in text:
        text = text.replace("\0", "")
    if not text.isascii() and _LONE.search(text):
        text = _LONE.sub("", _PAIR.sub(_joined, text))
    return text


def oddities(text: str, path: str | None = None, line: int | None = None) -> tuple[Issue, ...]:
    """An issue if the text holds characters that steer a terminal or turn the direction of writing."""
    first = _ODD.search(text)
    if not first:
        return ()
    count = sum(1 for _ in _ODD.finditer(text))
    return (issue("control-characters", path=path, line=line, start=first.start(), count=count, point=ord(first[0])),)


def refuse_binary(data: bytes, path: str | None = None, forced: str | None = None) -> None:
    """Raise ``SetAsideError`` if the bytes are plainly no text."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise SetAsideError(issue("binary-file", path=path, what=what))
    sample = data[:_SAMPLE]
    if forced or _marked(data) or _wide(sample):
        return
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > 0.1 * len(sample):
        raise SetAsideError(issue("binary-file", path=path, what="binary data"))


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    even, odd = sample[0:400:2], sample[1:400:2]
    if len(odd) < 8:
        return None
    if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _characters(
    data: bytes, path: str | None, declared: str | None, forced: str | None
) -> tuple[str, str, tuple[Issue, ...]]:
    sure = forced or _marked(data) or _wide(data[:_SAMPLE])
    if sure:
        return _lenient(data, sure, path)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return _foreign(data, path, declared)


def _foreign(data: bytes, path: str | None, declared: str | None) -> tuple[str, str, tuple[Issue, ...]]:
    """Bytes that are not UTF-8: as declared, as damaged UTF-8, or as guessed."""
    known = _known(declared)
    if known:
        return _lenient(data, known, path)
    damaged = data.decode("utf-8", "replace")
    multibyte = sum(c > "\x7f" for c in damaged) - damaged.count("\ufffd")
    if damaged.count("\ufffd") < 0.1 * multibyte:
        return _lenient(data, "utf-8", path)
    guess = _guess(data)
    if guess is None:
        raise SetAsideError(issue("unknown-encoding", path=path, excerpt=repr(data[:40])))
    return data.decode(guess), guess, (issue("guessed-encoding", path=path, encoding=guess),)


def _lenient(data: bytes, encoding: str, path: str | None) -> tuple[str, str, tuple[Issue, ...]]:
    text = data.decode(encoding, "replace")
    damaged = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if damaged <= 0:
        return text, encoding, ()
    where = text.find("\ufffd")
    found = issue("damaged-characters", path=path, start=where, count=damaged, encoding=encoding,
                  excerpt=text[max(0, where - 30) : where + 30])  # fmt: skip
    return text, encoding, (found,)


def _known(declared: str | None) -> str | None:
    """The declared encoding if Python has it; browsers read Latin-1 as Windows-1252, and so do we."""
    try:
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _guess(data: bytes) -> str | None:
    """The encoding that a detector names, if all bytes can be read in it and make words."""
    from communique.sources.quick import charset

    name = _known(charset(data[: 4 * _SAMPLE]))
    if name is None:
        return None
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return name if _wordlike(text[:_SAMPLE]) else None


def _wordlike(text: str) -> bool:
    """Letters joined to letters, as in words, and not the confetti that a wrong table makes of them."""
    foreign = [c for c in text if c > "\x7f"]
    letters = sum(c.isalpha() or c in "“”‘’«»–—…№°§£€©®´·¿¡ \xa0" for c in foreign)
    mixed = len(re.findall(r"[a-zа-я][A-ZА-Я]", text))
    return letters >= 0.8 * len(foreign) and mixed <= 0.05 * max(20, len(text))
