"""Text as plain bytes, so that one literal matches however its words are written: one byte a letter, no accents."""

from __future__ import annotations

import unicodedata

#: Signs that Unicode's decomposition leaves as they are, and the plain ones they stand for.
_SIGNS = (
    ("’", "'"), ("‘", "'"), ("–", "-"), ("—", "-"), ("‑", "-"), ("“", '"'), ("”", '"'), ("«", '"'), ("»", '"'),
    ("ł", "l"), ("Ł", "L"), ("ø", "o"), ("Ø", "O"), ("đ", "d"), ("ı", "i"), ("ə", "e"), ("ß", "ss"), ("æ", "ae"),
    ("œ", "oe"), ("ʻ", "'"), ("ʼ", "'"),
)  # fmt: skip
#: Letters small, figures as they are, all else a space; bytes beyond ASCII (UTF-8 in raw pages) stay.
FOLDED = bytes(b if b > 127 or chr(b).isalnum() else 32 for b in bytes(range(256)).lower())


def plain_bytes(text: str) -> bytes:
    """The text in ASCII, case and signs kept, accents and what has no plain form dropped; a space at both ends."""
    if not text.isascii():
        for sign, simple in _SIGNS:
            text = text.replace(sign, simple)
        text = unicodedata.normalize("NFKD", text)
    return b" " + text.encode("ascii", "ignore") + b" "


def literal(words: str) -> bytes:
    """Words as they stand in folded bytes, with the space before them.

    >>> literal("U.S.-Russia"), literal("Erdoğan")
    (b' u s russia', b' erdogan')
    """
    return b" " + b" ".join(plain_bytes(words).translate(FOLDED).split())
