"""Words of damaged documents are withheld, those of others are not."""

from __future__ import annotations

import communique
from communique.views.damage import mentioned, withheld
from communique.views.records import reading_record

SENTENCE = "Joe Biden spoke by phone with Xi Jinping on February 10, 2021."


def test_words_are_withheld_and_values_stay() -> None:
    record = reading_record(communique.read(SENTENCE, "2021-02-10"), with_text=True)
    identity = record["document"]["id"]
    assert {*mentioned(record)} == {identity}
    assert withheld(record, {"another"}) == record
    hidden = withheld(record, {identity})
    assert SENTENCE[:9] in str(record["contacts"][0]["quotes"])
    assert "spoke" not in str(hidden)
    assert hidden["document"]["id"] == identity
    assert hidden["contacts"][0]["when"] == record["contacts"][0]["when"]
    assert hidden["contacts"][0]["evidence"]["when"]["start"] == record["contacts"][0]["evidence"]["when"]["start"]


def test_each_quote_is_of_the_document_named_next_to_it() -> None:
    quote = {"start": 0, "end": 2, "text": "He"}
    answer = {"accounts": [{"document": "a", "record": {"quotes": [quote]}}, {"document": "b", "record": quote}]}
    found = withheld(answer, {"b"})
    assert found["accounts"][0] == answer["accounts"][0]
    assert found["accounts"][1]["record"]["text"] is None
