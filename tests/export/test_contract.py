"""One contract for all exporters: what a format says it holds it holds, what it does not say it loses, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from communique.errors import ConfigError
from communique.export import formats
from communique.export.formats import FIELDS, OURS, Exporter, exporter
from communique.export.material import Material, Options
from communique.export.tables import TABLES
from communique.ledger import open_ledger
from communique.model import Published, Reading
from tests.export.ledgers import filled, material, of_store, told
from tests.readings import sample

every_format = pytest.mark.parametrize("name", OURS)
Variant = Callable[[list[Reading]], list[Reading]]


def base() -> list[Reading]:
    """A call that took place, a planned meeting, a proposed call, and a document with a claim and an agreement."""
    common: dict[str, Any] = {"place": "Lima", "initiator": "Head of FRA", "minutes": 30}
    return [
        told("one", ("FRA", "USA"), **common),
        told("two", ("FRA", "USA"), "visit", "planned", "2031-06-04", published="2031-03-07", **common),
        told("three", ("FRA", "USA"), "phone", "proposed", "2031-09-04", published="2031-03-09", **common),
        _signed(),
    ]


def _signed() -> Reading:
    """A document with a claim, and an agreement of two states."""
    reading = sample("four")
    (step,) = reading.agreements
    by = (*step.by, replace(step.by[0], value="USA"))
    return replace(reading, agreements=(replace(step, by=by),))


def every_report(change: Callable[[Any], Any]) -> Variant:
    def changed(readings: list[Reading]) -> list[Reading]:
        return [replace(r, reports=tuple(change(report) for report in r.reports)) for r in readings]

    return changed


def every_document(**values: object) -> Variant:
    return lambda readings: [replace(r, document=replace(r.document, **values)) for r in readings]  # type: ignore[arg-type]


def value(field: str, change: Callable[[Any], Any]) -> Variant:
    """Another value in a field of the reports that have one."""

    def changed(report: Any) -> Any:
        held = getattr(report, field)
        if isinstance(held, tuple):
            return replace(report, **{field: tuple(replace(one, value=change(one.value)) for one in held)})
        return replace(report, **{field: held and replace(held, value=change(held.value))})

    return every_report(changed)


def _party(**values: str) -> Callable[[Any], Any]:
    return lambda party: replace(party, **values) if party.side == "USA" else party


def _claim(readings: list[Reading]) -> list[Reading]:
    (claim,) = readings[3].claims
    return [*readings[:3], replace(readings[3], claims=(replace(claim, count=replace(claim.count, value=4)),))]


def _agreement(readings: list[Reading]) -> list[Reading]:
    (step,) = readings[3].agreements
    changed = replace(step, action=replace(step.action, value="withdrawn"))
    return [*readings[:3], replace(readings[3], agreements=(changed,))]


def _renamed(readings: list[Reading]) -> list[Reading]:
    """The same documents under other ids."""
    return [_named_anew(r, r.document.id) for r in readings]


def _named_anew(value: Any, name: str) -> Any:
    if value == name:
        return f"{name}-x"
    if isinstance(value, tuple):
        return tuple(_named_anew(one, name) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _named_anew(getattr(value, f.name), name) for f in fields(value)})
    return value


def _days(when: Any, first: int, last: int) -> Any:
    start, stop = when.earliest.replace(day=first), when.earliest.replace(day=last)
    return replace(when, edtf=f"{start}/{stop}" if start < stop else str(start), earliest=start, latest=stop)


def _reworded(readings: list[Reading]) -> list[Reading]:
    """Other words at the same places."""
    texts = [r.document.text.replace(",", ";").replace("spoke", "spake") for r in readings]
    return [replace(r, document=replace(r.document, text=t)) for r, t in zip(readings, texts, strict=True)]


VARIANTS: dict[str, Variant] = {
    "contact": every_report(lambda report: replace(report, id=report.id + "x")),
    "status": value("status", {"held": "cancelled", "planned": "proposed", "proposed": "cancelled"}.get),
    "channel": value("channel", {"phone": "message", "visit": "talks"}.get),
    "when": value("when", lambda when: _days(when, 11, 11)),
    "interval": value("when", lambda when: _days(when, when.earliest.day, when.earliest.day + 2)),
    "place": value("place", lambda place: "Quito"),
    "person": value("parties", _party(name="Somebody Else")),
    "office": value("parties", _party(office="Chancellor")),
    "side": value("parties", _party(state="DEU")),
    "topics": value("topics", lambda told: replace(told, topic="climate")),
    "initiator": value("initiator", lambda name: "Head of USA"),
    "duration": value("duration_minutes", lambda minutes: 45),
    "quote": _reworded,
    "document": _renamed,
    "url": every_document(url="https://example.net/elsewhere"),
    "publisher": every_document(publisher="Other Wire"),
    "published": every_document(published=Published("2031-03-10", "given")),
    "claim": _claim,
    "agreement": _agreement,
}  # fmt: skip


def rows_with(**values: object) -> Callable[[Material], Material]:
    """The same contacts with something else about each, which no single document says."""

    def changed(of: Material) -> Material:
        of.__dict__["contacts"] = tuple(replace(row, **values) for row in of.contacts)  # type: ignore[arg-type]
        of.__dict__["plans"] = tuple(replace(plan, contact=values.get("fulfils")) for plan in of.plans)  # type: ignore[arg-type]
        return of

    return changed


COMPUTED: dict[str, Callable[[Material], Material]] = {
    "counts": rows_with(reports=7, outlets=6, independent=5),
    "disputed": rows_with(disputed=("when",)),
    "plan": rows_with(fulfils="c123", plan_of="c456"),
}


def outputs(name: str, of: Material) -> bytes:
    """What a format makes of it; of tables, all of them."""
    one = exporter(name)
    if name not in ("csv", "parquet"):
        return b"".join(one.chunks(of))
    return b"".join(chunk for table in TABLES for chunk in one.chunks(replace_options(of, Options(table=table))))


def replace_options(of: Material, options: Options) -> Material:
    fresh = Material(of.ledger, of.registry, of.wanted, options, of.store)
    fresh.__dict__.update({key: of.__dict__[key] for key in ("contacts", "plans") if key in of.__dict__})
    return fresh


@cache
def whole(field: str) -> bytes:
    """JSON Lines of a ledger with this variant."""
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "l.db") as ledger:
        filled(ledger, VARIANTS[field](base()) if field else base())
        return b"".join(exporter("jsonl").chunks(of_store(ledger)))


def shows(name: str, field: str) -> bool:
    """Whether a format's output changes with a field."""
    if field in COMPUTED:
        return outputs(name, material(base())) != outputs(name, COMPUTED[field](material(base())))
    return outputs(name, material(base())) != outputs(name, material(VARIANTS[field](base())))


@pytest.mark.parametrize("name", [name for name in OURS if name != "jsonl"])
def test_a_format_holds_what_it_says_and_loses_the_rest(name: str) -> None:
    held = {field for field in FIELDS if shows(name, field)}
    assert held == set(exporter(name).holds)


@pytest.mark.parametrize("field", VARIANTS)
def test_json_lines_hold_everything(field: str) -> None:
    assert whole(field) != whole("")


def test_every_field_is_tried() -> None:
    assert set(FIELDS) == VARIANTS.keys() | COMPUTED.keys()
    assert set(exporter("jsonl").holds) == set(FIELDS)


@every_format
def test_a_format_says_what_it_is(name: str) -> None:
    one = exporter(name)
    assert set(one.holds) <= set(FIELDS)
    assert one.suffix
    assert "/" in one.media_type
    assert all(one.holds.values())


@pytest.mark.parametrize("name", [name for name in OURS if name != "jsonl"])
def test_the_same_ledger_gives_the_same_bytes_whatever_its_order(name: str) -> None:
    assert outputs(name, material(base())) == outputs(name, material(reversed(base())))


SECRET = "This sentence tells of nothing and is quoted nowhere."


@pytest.mark.parametrize("name", [name for name in OURS if name != "jsonl"])
def test_text_leaves_only_as_quotes_unless_asked(name: str) -> None:
    readings = [replace(r, document=replace(r.document, text=f"{r.document.text} {SECRET}")) for r in base()]
    assert SECRET.encode() not in outputs(name, material(readings))
    if name != "parquet":
        asked = b"".join(exporter(name).chunks(material(readings, Options(table="documents", text=True))))
        assert (SECRET.encode() in asked) == (name in WITH_TEXT)


WITH_TEXT = {"csv", "plover", "jsonld", "ftm", "bibtex", "csljson"}


@every_format
def test_nothing_is_exported_as_nothing(name: str, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger:
        assert isinstance(b"".join(exporter(name).chunks(of_store(ledger))), bytes)


def test_formats_of_other_packages_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Exporter("txt", "text/plain", lambda of: (row.id for row in of.contacts))
    monkeypatch.setattr(formats, "_installed", lambda: {"mine": mine})
    assert "mine" in formats.names()
    (one,) = exporter("mine").chunks(material([told("one", ("FRA", "USA"))]))
    assert one.startswith(b"c")
    with pytest.raises(ConfigError, match="did you mean"):
        exporter("gexd")
