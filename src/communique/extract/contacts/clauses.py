"""Who stands in the clause of a contact and is no party of it, or is one for a side that is only named."""

from __future__ import annotations

from collections.abc import Sequence

from communique.extract.contacts.sides import is_body, persons, subject_of
from communique.extract.items import parties_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Item
from communique.knowledge.rules import Firing

_ATTENDING = word_class("attending")
_REACH = 5


def gone_to(items: Sequence[Item], both: int | None, trigger: int) -> bool:
    """Whether states are where somebody went "to discuss" things: "led a delegation to Norway and Chad to …"."""
    if both is None or not both or trigger != both + 2 or items[trigger - 1].norm != "to":
        return False
    return items[trigger].kind != "noun" and items[both - 1].norm in ("from", "in", "to", "with")


def spoken_on(items: Sequence[Item], owner: int | None, trigger: int) -> bool:
    """Whether somebody only makes a statement on a meeting: "Spokeswoman X on Meeting with the European Commission"."""
    return owner is not None and owner + 1 < trigger and items[owner + 1].norm == "on"


def of_topic(items: Sequence[Item], subject: int | None, trigger: int) -> int | None:
    """Who is to talk in what is discussed: "they discussed the readiness of Norway to engage in dialogue with Chad"."""
    if subject is None or items[trigger].kind != "noun":
        return None
    topic = next((i for i in range(subject + 1, trigger) if items[i].kind == "discusses"), trigger)
    named = (i for i in range(topic + 1, trigger) if items[i].kind == "actor")
    return next((i for i in named if items[i - 1].norm in ("of", "between")), None)


def of_its_own(items: Sequence[Item], firing: Firing) -> bool:
    """Whether "with" a state goes with a noun of the topic: "discussed their readiness for dialogue with Chad"."""
    b = firing.match.slots.get("B")
    if b is None or b < 2 or items[b - 1].norm != "with" or not is_body(items[b]):
        return False
    return items[b - 2].kind == "noun"


def taking_part(items: Sequence[Item], pair: int) -> int | None:
    """Who takes part for a side of a pair: "the President will participate in a Norwegian-Chadian summit"."""
    verb = next((i for i in range(pair - 1, max(-1, pair - _REACH), -1) if items[i].norm in _ATTENDING), None)
    subject = subject_of(items, verb) if verb is not None else None
    if subject is None:
        return None
    pairs = {p.side for p, _ in parties_of(items[pair])}
    return subject if {p.side for p, _ in persons(items[subject])} & pairs else None
