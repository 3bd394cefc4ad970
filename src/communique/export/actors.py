"""Sides and people as the actors of event data: codes, sectors, names."""

from __future__ import annotations

from dataclasses import dataclass

from communique.export.codebook import side_codes
from communique.knowledge.registry import Registry
from communique.model import Party

GOVERNMENT = "GOV"


@dataclass(frozen=True, slots=True)
class Coded:
    """A party by CAMEO and PLOVER: ``country`` is empty for organisations, ``group`` for states."""

    country: str
    group: str
    types: tuple[str, ...]
    plover: str
    name: str
    country_name: str

    @property
    def code(self) -> str:
        """The whole CAMEO code: country or kind of organisation, group, role."""
        return "".join((self.country, *self.types, self.group))

    @property
    def sector(self) -> str:
        """The PLOVER sector of people who act for a state."""
        return GOVERNMENT if GOVERNMENT in self.types else ""


def coded(party: Party, registry: Registry) -> Coded:
    """The codes of a party."""
    side = party.side or ""
    known = registry.states.get(side)
    name = party.name or (known.name if known else side)
    if party.state:
        country, plover = side_codes(side, side)
        types = (GOVERNMENT,) if party.name or party.level not in ("body", None) else ()
        return Coded(country, "", types, plover, name, known.name if known else side)
    organisation = registry.organisations.get(side)
    kind = "IMG" if organisation and organisation.kind == "armed" else "IGO"
    group, plover = side_codes(side, kind)
    return Coded("", "" if group == kind else group, (kind,), plover, name, "")
