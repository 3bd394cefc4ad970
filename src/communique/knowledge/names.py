"""Names of people and places made comparable across transliterations, by rule and not by list.

The rules follow what differs between the usual romanisations of Cyrillic, Arabic and Turkish names (BGN/PCGN,
GOST, scholarly, press style): y/i/j, kh/h, ou/u, ie/e, doubled letters, w/v, final -o/-a after k.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "e", "þ": "th", "ð": "d",
                          "ə": "a", "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "`": "", ".": ""})  # fmt: skip
_SIGNS = re.compile(r"['`.]")
_RULES = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"tsch|tch|č", "ch"),
        (r"shch|sch", "sh"),
        (r"kh|gh", "h"),
        (r"dzh|zh|dj", "j"),
        (r"ph", "f"),
        (r"oe(?=.)", "o"),
        (r"ue(?=.)", "u"),
        (r"ou|oo", "u"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"[iy]?ev$", "ev"),
        (r"yo|jo", "o"),
        (r"[yj](?=[aeou])", "i"),
        (r"i(?=[aeou])", ""),
        (r"[ae]?[iyj]+$", "i"),
        (r"[yj]", "i"),
        (r"ei|ai|ii|ee", "i"),
        (r"(.)\1+", r"\1"),
        (r"enk[ao]$", "enk"),
        (r"h$", ""),
    )
)
_ARTICLES = frozenset({"al", "el", "ul", "ol", "as", "ad", "an", "ar", "at", "ash", "az"})
_PARTICLES = _ARTICLES | {
    "bin", "ibn", "bint", "von", "van", "der", "den", "de", "da", "di", "du", "dos", "del", "la", "le", "ter", "ben",
    "abu", "y", "e", "st", "jr", "sr", "ii", "iii",
}  # fmt: skip
_VOWELS = re.compile(r"[aeiou]")
_SPLIT = re.compile(r"[\s\-‑–.]+")
_EQUAL_GIVEN = """
    vladimir volodymyr uladzimir | alexander aleksandr oleksandr aliaksandr alexandr alex | sergei serhii siarhei
    | mikhail mykhailo mihail michael mike | nikolai mykola | dmitri dmytro | pavel pavlo | andrei andrii | yuri
    yurii iurii | evgeni yevhen | kirill kyrylo | igor ihor | oleg oleh | olga olha | konstantin kostiantyn |
    joseph joe | anthony tony antony antonio | william bill | robert bob bobby | james jim jimmy jake | thomas tom
    | jacob jake | richard dick | edward ted ed | theodore ted | daniel dan | david dave | christopher chris |
    stephen steve steven | elizabeth liz | katherine catherine cathy kate | peter pete | benjamin ben bibi |
    donald don | ronald ron | gregory greg | samantha sam | samuel sam | matthew matt | nicholas nick | timothy
    tim | kenneth ken | lawrence larry | gerald jerry | franklin frank | francis frank | charles charlie chuck |
    muhammad mohammed mohamed mohammad mahmud | husein husain hussein | ahmad ahmed | abdallah abdullah | yusuf
    yousef yousuf | philip phil | deborah debbie | patrick pat | margaret maggie | johannes jan johan | susan sue
    | douglas doug
"""


def plain(word: str) -> str:
    """Lower case, without accents and apostrophes."""
    lower = word.lower()
    if lower.isascii():
        return lower if lower.isalnum() else _SIGNS.sub("", lower)
    decomposed = unicodedata.normalize("NFKD", lower.translate(_SPECIAL))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=100_000)
def key(word: str) -> str:
    """The form in which transliterations of one name word coincide.

    >>> key("Lukashenka") == key("Lukashenko"), key("Zelenskyy") == key("Zelensky") == key("Zelenskiy")
    (True, True)
    >>> key("Sergei") == key("Sergey"), key("Erdoğan") == key("Erdogan")
    (True, True)
    """
    form = plain(word)
    for pattern, new in _RULES:
        form = pattern.sub(new, form)
    return form or plain(word)


@lru_cache(maxsize=50_000)
def split_name(name: str) -> tuple[str, ...]:
    """The words of a name that tell people apart: no initials' stops, hyphens, articles.

    >>> split_name("Bashar al-Assad"), split_name("Joseph R. Biden, Jr.")
    (('bashar', 'assad'), ('joseph', 'r', 'biden'))
    """
    words = [plain(w.strip(",'’\"()")) for w in _SPLIT.split(name)]
    kept = tuple(w for w in words if w and w not in _PARTICLES)
    return kept or tuple(w for w in words if w)


@lru_cache(maxsize=50_000)
def keys(name: str) -> tuple[str, ...]:
    """The key of every word of a name."""
    return tuple(key(w) for w in split_name(name))


def _equal_given() -> dict[str, frozenset[int]]:
    table: dict[str, set[int]] = {}
    for number, line in enumerate(_EQUAL_GIVEN.split("|")):
        for word in line.split():
            table.setdefault(key(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in table.items()}


_GIVEN = _equal_given()


def skeleton(word_key: str) -> str:
    """First letter and consonants: the weakest likeness worth a look (Muhammad, Mohamed)."""
    return word_key[:1] + _VOWELS.sub("", word_key[1:])


def traces(word_key: str) -> frozenset[str | int]:
    """Marks of a keyed name word, of which it shares one with every longer word that can be the same.

    >>> bool(traces(key("Aleksandr")) & traces(key("Alexander"))), bool(traces(key("Ivan")) & traces(key("Boris")))
    (True, False)
    """
    return frozenset((word_key, skeleton(word_key))) | _GIVEN.get(word_key, frozenset())


@lru_cache(maxsize=100_000)
def same_word(a: str, b: str) -> bool:
    """Whether two keyed name words can be the same: equal, an initial, a short form, or equal but for vowels."""
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[:1] == b[:1]
    if _GIVEN.get(a, frozenset()) & _GIVEN.get(b, frozenset()):
        return True
    return len(a) > 4 and len(b) > 4 and abs(len(a) - len(b)) <= 2 and skeleton(a) == skeleton(b)


def same_name(said: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether keyed words ``said`` can name the person with keyed words ``full``: each word said has its match.

    >>> same_name(keys("V. Putin"), keys("Vladimir Putin")), same_name(keys("Boris Putin"), keys("Vladimir Putin"))
    (True, False)
    """
    left = [w for w in full if len(w) > 1]
    for word in said:
        match = next((w for w in left if same_word(word, w)), None)
        if match is not None:
            left.remove(match)
        elif len(word) > 1:
            return False
    return any(len(word) > 1 for word in said)
