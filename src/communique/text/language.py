"""The language of a text. English is known by its small words; only what is left loads a language model."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.model import Document

SHORTEST = 200
_SAMPLE = 4_000
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset((
    "the", "of", "and", "to", "in", "that", "said", "with", "for", "on", "is", "was", "has", "have", "had", "by", "at",
    "from", "as", "be", "are", "were", "will", "would", "his", "her", "their", "its", "it", "he", "she", "they", "we",
    "this", "which", "who", "an", "a", "not", "but", "after", "before", "about", "between",
))  # fmt: skip
_ENOUGH = 0.25
# words of no other language, of which a table of figures or a list of names holds fewer
_ONLY_ENGLISH = frozenset(("the", "and", "of", "that", "said", "with", "from", "which", "would", "has", "its"))
_ENOUGH_OF_THESE = 0.08
_CHINESE = re.compile("[\u4e00-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None where it is too short to tell."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if len(words) >= 5 and _english(words):
        return "en"
    script = _by_script(sample)
    if script:
        return script
    return _by_model(sample) if sum(map(len, words)) >= SHORTEST * 0.8 else None


def with_language(document: Document) -> Document:
    """The document with its language: the one it says it has, as a code, else the one detected."""
    stated = (document.language or "").split("-")[0].split("_")[0].strip().lower()
    known = stated if len(stated) == 2 else detect(document.text or document.title or "")
    return document if known == document.language else replace(document, language=known)


def _english(words: list[str]) -> bool:
    if sum(word in _ENGLISH for word in words) >= _ENOUGH * len(words):
        return True
    return len(words) >= 12 and sum(word in _ONLY_ENGLISH for word in words) >= _ENOUGH_OF_THESE * len(words)


def _by_script(sample: str) -> str | None:
    """Languages that their script gives away, and that need no two hundred letters."""
    chinese, kana, hangul = (len(script.findall(sample)) for script in (_CHINESE, _KANA, _HANGUL))
    if max(chinese, kana, hangul) < 8 or chinese + kana + hangul < 0.3 * len(sample):
        return None
    if hangul > chinese:
        return "ko"
    return "ja" if kana > 0.1 * chinese else "zh"


def _by_model(sample: str) -> str | None:
    import py3langid  # type: ignore[import-untyped]

    code: str = py3langid.classify(sample)[0]
    return code if len(code) == 2 else None
