"""The claim staircase: what surely counts below, what may above, against the number claimed."""

from __future__ import annotations

from datetime import date
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import COMPARATORS, Claim
from communique.pictures.staircase import staircase
from communique.views.check import Judgment, Verdict, book, check
from communique.views.counting import Counted
from communique.views.documents import Gap
from communique.views.snapshot import snapshot
from tests.pictures.drawn import contact, days, labels, many, parsed, shown, words
from tests.readings import claims, documents, places
from tests.views.test_check import SIX, SIX_CLAIMED, calls, claim, ledger

gaps = st.builds(lambda a, b: Gap(min(a, b), max(a, b), "silence"), days, days)


@st.composite
def said(draw: st.DrawFn) -> Claim:
    document = draw(documents)
    return draw(claims(document, st.sampled_from(draw(places(document)))))


@settings(max_examples=30)
@given(st.data())
def test_any_verdict_is_drawn_with_every_contact_once(data: st.DataObject) -> None:
    rows = data.draw(many)
    sure = data.draw(st.integers(0, len(rows)))
    verdict = Verdict(
        data.draw(st.sampled_from(get_args(Judgment))),
        data.draw(st.none() | st.integers(0, 500)),
        tuple(Counted(row, "surely") for row in rows[:sure]),
        tuple(Counted(row, "possibly", ("perhaps",)) for row in rows[sure:]),
        tuple(data.draw(st.lists(gaps, max_size=2))),
        data.draw(words),
    )
    picture = staircase(data.draw(said()), verdict, data.draw(words), data.draw(st.none() | days))
    assert sorted(shown(picture)) == sorted(row.id for row in rows)
    assert len(picture.table.rows) == len(rows)


def test_six_calls_reach_the_number_claimed() -> None:
    told = date(2020, 5, 22)
    picture = staircase(SIX_CLAIMED, check(SIX_CLAIMED, ledger(calls(*SIX)), told), "six calls", told)
    assert "supported" in picture.svg()
    assert "claimed: 6" in picture.svg()
    assert "6 counted" in picture.svg()
    assert [label.partition(":")[0] for label, _ in labels(picture)] == list(SIX)


def test_comparators_widen_what_was_claimed() -> None:
    held = book(snapshot(()))
    for comparator in COMPARATORS:
        one = claim(count=6, since="2020-03-01", comparator=comparator)
        drawn = staircase(one, check(one, held, date(2020, 5, 1)), "six").svg().partition("</style>")[2]
        zone = 'class="cq-claimed-zone"' in drawn
        assert zone == (comparator in ("at-least", "about"))


def test_that_there_was_none_is_a_claim_of_none() -> None:
    one = claim("none", since="2020-03-01")
    verdict = Verdict("contradicted", None, (Counted(contact("c1", "2020-04-01"), "surely"),), (), (), "One was.")
    picture = staircase(one, verdict, "none since March", date(2020, 5, 1))
    assert "claimed: none" in picture.svg()
    parsed(picture)
