"""FollowTheMoney entities, one a line, as OpenSanctions publishes them: Person, Position and Occupancy.

Properties and country codes are read by the ``followthemoney`` library (the extra ``export``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from communique.edtf import EdtfError
from communique.errors import CommuniqueError
from communique.knowledge.imports.holdings import Holding, Refused, day


def read(text: str, name: str) -> Iterator[Holding | Refused]:
    """Every Occupancy whose holder and post the file describes. Raises ``ValueError`` if the text holds no entities."""
    model, countries = _library()
    entities: dict[str, Any] = {}
    occupancies = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            proxy = model.get_proxy(json.loads(line), cleaned=False)
            entities[proxy.id] = proxy
            if proxy.schema.name == "Occupancy":
                occupancies.append((f"{name}: line {number}", proxy))
    for place, occupancy in occupancies:
        yield _holding(occupancy, entities, countries, place)


def _library() -> tuple[Any, Mapping[str, str]]:
    try:
        from followthemoney import model
        from followthemoney.types import registry
    except ImportError:
        remedy = "pip install 'communique[export]'"
        raise CommuniqueError("This needs followthemoney, which is not installed.", remedy) from None
    return model, registry.country.names


def _holding(proxy: Any, entities: Mapping[str, Any], countries: Mapping[str, str], place: str) -> Holding | Refused:
    person, post = (entities.get(proxy.first(which) or "") for which in ("holder", "post"))
    if person is None or post is None:
        return Refused(place, str(proxy.id), "its holder or post is not in the file; export both with it")
    code = post.first("country") or person.first("country")
    if not code:
        return Refused(place, post.caption, "the post names no country; add the property country")
    try:
        since, until = (day(proxy.first(which) or "") for which in ("startDate", "endDate"))
    except EdtfError as problem:
        return Refused(place, post.caption, f"a date that is none: {problem}")
    names = tuple(dict.fromkeys([person.caption, *person.get("name"), *person.get("alias")]))
    return Holding(names[0], post.caption, countries.get(code, code), since, until, place, names[1:])
