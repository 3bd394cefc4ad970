"""Whether two written names can be one person's, and places one place's: cached over the registry's name rules."""

from __future__ import annotations

import re
from functools import lru_cache

from communique.knowledge.names import keys, plain, same_name


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, plain letters, single blanks: the form in which places and publishers are compared."""
    return " ".join(re.findall(r"\w+", plain(text)))


@lru_cache(maxsize=65536)
def same_person(a: str, b: str) -> bool:
    """True if every word of one of the names has its match in the other, transliteration and initials allowed."""
    return a == b or same_name(keys(a), keys(b)) or same_name(keys(b), keys(a))
