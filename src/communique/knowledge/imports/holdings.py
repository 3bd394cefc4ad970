"""One person in one post, as a file of others tells it, before anything of it is compared with the registry."""

from __future__ import annotations

from dataclasses import dataclass

from communique import edtf


@dataclass(frozen=True, slots=True)
class Holding:
    """``person`` held ``title`` for ``side`` (a name, code or alias) from ``since`` to ``until`` (EDTF, None: open).

    ``role`` is an id of roles.csv where the file says or implies it; ``place`` is where in the file this stands.
    """

    person: str
    title: str
    side: str
    since: str | None
    until: str | None
    place: str
    aliases: tuple[str, ...] = ()
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """What a file holds that cannot be taken in: where it stands, its words, what is wrong and what to do."""

    place: str
    excerpt: str
    problem: str


def day(text: str) -> str | None:
    """A date as files write it ("2020-01-20T00:00:00Z", "+2020-01-20", "2020-01", "2020") in EDTF; None if empty.

    Raises :class:`communique.edtf.EdtfError` for anything else.
    """
    value = text.strip().removeprefix("+").split("T", 1)[0]
    if not value:
        return None
    edtf.parse(value)
    return value
