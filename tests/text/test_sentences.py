"""Sentences: hard cases, offsets, wraps, and boilerplate left out."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from communique.model import Document
from communique.text import paragraphs, sentence_spans, split

# "|" stands where sentences part
HARD = """
The call lasted until 5 p.m. Monday in the capital.
They spoke at 9:30 p.m. | The president then left.
U.S. President Ann Poe met him.
He flew to the U.S. | The visit lasted two days.
He flew to the U.S. | On Monday he returned.
It was told by Sen. Poe and Gen. Roe.
Talks were held by the fund. | A.M. Gorchev spoke.
The fund is named after A.M. Gorchev. | He left.
Under No. 5 the sides agreed.
Did they agree? | No. | They did not.
Resolution No. 2231 was discussed.
V.Poe: Good afternoon. | We are glad.
J. D. Roe and George W. Poe met.
“We agreed.” | The minister left.
“We agreed,” he said. | “Now we wait.”
"Will you come?" Poe asked.
"Will you come?" he asked. | Roe nodded.
He waited… and then called.
He waited... | Then he called.
«Nous parlons.» | Il est parti.
« Nous parlons. » | Il est parti.
„Wir reden.“ | Er ging.
The ministers met on Jan. 5 in Rome.
They last met in Jan. | The next talks are due in May.
Poe, Roe, etc. | The rest stayed home.
Acme Corp. | The company denied it.
Acme Corp. shares fell.
Acme Inc. President Bo Li resigned.
Exports came to 662.6 mln. | Roe left.
He met Mr. Roe. | Mr. Poe did not come.
1. The sides agreed to meet.
(a) The sides agreed. | (b) They did not.
IV. The sides agreed.
St. Petersburg hosted the talks.
WASHINGTON, D.C. | The ministers met.
Ambassador of the U.S. in Rome met Roe.
The U.S. and Peru agreed.
In Washington, D.C. Mayor Poe spoke.
The vote was 15 vs. 3 in favour.
They agreed (the text is secret). | Talks go on.
They agreed. | (The text is secret.)
It was the U.N. Security Council that met.
A Peru-U.S. Textile pact expires.
The pact with the U.S. And Peru expires, U.S. Exporters and other exporters said.
He met U.S. Officials. | To move on, the officials flew to the U.S. To sign.
He met U.S. Officials. | Then the officials left the U.S. | By Monday they were home.
He flew to the U.S. | And Monday he returned.
Minister Poe Jr. met Roe.
Minister Poe Jr. | He left.
"It is done!" | The minister smiled.
What next? | Nobody knows.
Talks will resume on Oct. 12, i.e. Monday.
H.E. Bo Li received Dr. Poe.
Lt. Gen. Roe and Col. Poe talked.
Die Minister trafen sich am 22. Mai 2020 in Wien. | Sie kommen wieder.
Der Gipfel dauert vom 1. August bis zum 3. September.
Am 22. Dez. 2020 sprach Poe mit Roe.
Le 3 janv. 2020 Poe a reçu Roe.
Sešli se 22. 5. 2020 ve Vídni.
Sešli se 22. května 2020 ve Vídni. | Potom odjeli.
They met on May 22. | August was hot.
The vote was 15 to 22. | May it last.
They met in 2020. | May was cold.
It cost $22. | April rains came.
Встреча состоялась 22 мая 2020 г. в Москве. | Министры уехали.
He told CBS News. | "We are ready."
The treaty (Art. 5) was discussed.
Visit www.example.org for more. | The talks go on.
He paid $3.5 million. | Talks ended.
The meeting is at 10 a.m. EST on Friday.
The meeting is at 10 a.m. | It will be short.
Gov. Poe said: "We met. | It went well."
التقى الوزيران. | ثم غادرا.
He asked, "Why now?" | The answer was silence.
“President Poe and President Roe discussed trade. | The two leaders also discussed health,” he wrote.
The note No. 7 and vol. 3 were sent.
Vitamin C. | The ministers agreed.
The call took place on Sept. 3. | Both sides were content.
Minister Poe met Roe in the U.K. Foreign Office.
That is where he sat. | Minister Poe stood.
The period was hard, ”Ryabov said.
""".strip().split("\n")


@pytest.mark.parametrize("case", HARD)
def test_hard_cases(case: str) -> None:
    wanted = [sentence.strip() for sentence in case.split("|")]
    text = " ".join(wanted)
    assert [text[start:stop] for start, stop in sentence_spans(text)] == wanted


def test_sentences_without_space_between_them() -> None:
    text = "The talks ended.The minister left.会谈结束。双方同意继续。"
    assert [text[start:stop] for start, stop in sentence_spans(text)] == [
        "The talks ended.", "The minister left.会谈结束。", "双方同意继续。",
    ]  # fmt: skip


def sentences(text: str, title: str | None = None) -> list[str]:
    document = Document("d", text, title=title)
    return [document.part(one.part)[one.start : one.stop] for one in split(document)]


def test_the_title_comes_first() -> None:
    assert sentences("They met.", "Poe and Roe meet") == ["Poe and Roe meet", "They met."]


def test_a_wire_of_1987_is_unwrapped() -> None:
    text = (
        "Finance Minister Ann\nPoe said coordination of economic and\nfinancial policies will be\ndiscussed in Rome.\n"
        "    Poe told reporters it had been decided\nat the summit that this would be\nreviewed.\n Reuter"
    )
    assert [" ".join(one.split()) for one in sentences(text)] == [
        "Finance Minister Ann Poe said coordination of economic and financial policies will be discussed in Rome.",
        "Poe told reporters it had been decided at the summit that this would be reviewed.",
    ]


def test_a_single_line_end_inside_a_sentence_joins_it() -> None:
    text = "National Security Adviser Poe met on Friday, December 15,\n2023 with his counterpart in Rome.\nThey agreed."
    assert sentences(text) == [text[: text.index("\nThey")], "They agreed."]


def test_a_line_that_breaks_off_before_a_figure_goes_on() -> None:
    text = "National Security Adviser Poe met his counterpart on April\n13. The meeting was short."
    assert sentences(text) == [text[: text.index(" The")], "The meeting was short."]


def test_headings_and_lists_stand_alone() -> None:
    text = "Results of the talks\nThe ministers agreed on:\n- trade\n- energy\n\n1. The pact is extended.\nNext steps"
    assert sentences(text) == [
        "Results of the talks", "The ministers agreed on:", "- trade", "- energy", "1. The pact is extended.",
        "Next steps",
    ]  # fmt: skip


def test_boilerplate_is_no_sentence_and_parts_what_is_beside_it() -> None:
    text = (
        "12 months ago\nPoe met Roe. To view this video please enable JavaScript They agreed.\n"
        "Leave a CommentRoe and Poe meet\nShare this:"
    )
    assert sentences(text) == ["Poe met Roe.", "They agreed.", "Roe and Poe meet"]


def test_paragraphs_are_counted_through_title_and_text() -> None:
    found = split(Document("d", "One. Two.\n\nThree.", title="Zero"))
    assert [one.paragraph for one in found] == [0, 1, 1, 2]
    assert [one.index for one in found] == [0, 1, 2, 3]


@given(st.text(max_size=400), st.text(max_size=40))
@example("😀 Poe met Roe. 👍🏽 They agreed… e\u0301", "Title.\u2028Two")
@example("\ud83d alone. \udc00 Next.", "")
@example("a.\r\n\r\nB. c\x0bD", "x")
def test_sentences_reproduce_the_text(text: str, title: str) -> None:
    document = Document("d", text, title=title or None)
    last = {"title": 0, "text": 0}
    for sentence in split(document):
        part = document.part(sentence.part)
        assert last[sentence.part] <= sentence.start < sentence.stop <= len(part)
        assert not part[sentence.start].isspace()
        assert not part[sentence.stop - 1].isspace()
        assert all(part[token.start : token.stop] == token.text for token in sentence.tokens)
        assert all(sentence.start <= token.start and token.stop <= sentence.stop for token in sentence.tokens)
        last[sentence.part] = sentence.stop


@given(st.text(max_size=300))
def test_paragraphs_lose_nothing_but_space(text: str) -> None:
    spans = list(paragraphs(text))
    kept = "".join(text[start:stop] for start, stop in spans)
    assert "".join(kept.split()) == "".join(text.split()) or "".join(c for c in kept if not c.isspace()) == "".join(
        c for c in text if not c.isspace()
    )


def test_every_sentence_of_the_corpora_lies_at_its_offsets(shared) -> None:  # type: ignore[no-untyped-def]
    import json

    for line in (shared / "gold" / "dev_docs.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        document = Document(record["id"], record["text"], title=record["title"])
        for sentence in split(document):
            part = document.part(sentence.part)
            assert all(part[token.start : token.stop] == token.text for token in sentence.tokens)
