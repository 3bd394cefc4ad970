"""Words of a text with their offsets, and the folded form in which the lexicon knows them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# Combining marks, soft hyphen and zero-width characters stay inside the word they stand in.
_INNER = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = rf"[^\W\d_]++(?:[{_INNER}]++[^\W\d_]*+)*+"
_TOKEN = re.compile(
    rf"""
    [A-Za-z]{{2,}}+(?=[ ,\n])                     # nine words in ten, without a look at the rest
    | (?=[^\W\d_])(?:
        (?:[^\W\d_]\.){{2,}}                     # U.S.  p.m.  A.M.
        | [A-ZА-Я]\.(?=\s?[A-ZА-Я][\w'’]|\s?[A-ZА-Я]\.)   # the initial in V.Putin, J. D. Vance
        | {_WORD}(?:['’](?!s\b){_WORD})*
      )
    | ['’]s\b                                   # the possessive, a word of its own
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?\b      # 1,967  9:30  24th  1990s
    | \d+
    | [^\s{_INNER}]
    """,
    re.VERBOSE,
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХУаеорсухіјѕ", "ABEKMHOPCTXYaeopcyxijs")
_SPECIAL = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "–": "-", "—": "-",
                          "‑": "-", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
                          "ð": "d", "ə": "e", "ʻ": "'", "ʼ": "'"})  # fmt: skip
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[А-яІіЈјЅѕ]")
_new = tuple.__new__


class Token(NamedTuple):
    """A word, number or sign at ``[start, stop)`` of its part; ``norm`` is its folded form.

    A named tuple, because there are thousands a document and a frozen dataclass takes four times as long to make.
    """

    start: int
    stop: int
    text: str
    norm: str

    @property
    def capital(self) -> bool:
        """Whether the token starts with an upper-case letter."""
        return self.text[:1].isupper()


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The form the lexicon knows: lower case, no accents, plain quotes and dashes, look-alike letters made Latin.

    >>> fold("Erdoğan"), fold("Zelens\u0301kyy"), fold("ОCE")
    ('erdogan', 'zelenskyy', 'oce')
    """
    if word.isascii():
        return word.lower()
    word = _INVISIBLE.sub("", word)
    if _LATIN.search(word) and _CYRILLIC.search(word):
        word = word.translate(_LOOKALIKES)
    lower = word.lower().translate(_SPECIAL)
    plain = unicodedata.normalize("NFKD", lower)
    return "".join(c for c in plain if not unicodedata.combining(c)) or lower


def norms(text: str) -> tuple[str, ...]:
    """The folded tokens of some words of the lexicon.

    >>> norms("foreign minister's"), norms("Treaty")
    (('foreign', 'minister', "'s"), ('treaty',))
    """
    return (text.lower(),) if text.isascii() and text.isalpha() else tuple(token.norm for token in tokenize(text))


def tokenize(text: str, start: int = 0, stop: int | None = None) -> tuple[Token, ...]:
    """The tokens of ``text[start:stop]``, with offsets into ``text``."""
    matches = _TOKEN.finditer(text, start, len(text) if stop is None else stop)
    return tuple([_new(Token, (match.start(), match.end(), word := match[0], fold(word))) for match in matches])
