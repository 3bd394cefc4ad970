"""Inputs of every form: order, formats, fields, ids, dates, folders, patterns, standard input."""

import gzip
import io
import json
from pathlib import Path

import pytest

from communique.errors import UsageError
from communique.model import Document, Published
from communique.sources import SourceOptions, field_map, read_inputs, read_text

from .conftest import Read, apart

TEXT = "Ann Poe met Bo Roe in Rome.\r\n\r\nThey agreed — at last 😀 e\u0301.\n"


def test_plain_text_is_kept_as_it_is(read: Read) -> None:
    documents, issues = read("a.txt", TEXT)
    assert [one.text for one in documents] == [TEXT]
    assert documents[0].title is None
    assert documents[0].language is None or documents[0].language == "en"
    assert len(documents[0].id) == 16
    assert not issues


def test_the_id_is_made_of_the_text(read: Read) -> None:
    assert read("a.txt", TEXT)[0][0].id == read("b.txt", TEXT)[0][0].id != read("c.txt", TEXT + "x")[0][0].id


def test_a_header_of_the_file_is_read(read: Read) -> None:
    text = "Title: Poe meets Roe\nDate: 3 March 2021\nPublisher: The Daily\nURL: https://example.org/a\n\nPoe met Roe."
    document = read("a.txt", text)[0][0]
    assert (document.title, document.publisher, document.url) == ("Poe meets Roe", "The Daily", "https://example.org/a")
    assert document.published.edtf == "2021-03-03"
    assert document.published.basis == "metadata"
    assert document.text == text


def test_an_impossible_date_in_a_header(read: Read) -> None:
    documents, issues = read("a.txt", "Title: Poe\nDate: 31 February 2021\n\nPoe met Roe.")
    assert documents[0].published == Published(None, None)
    assert [one.code for one in issues] == ["impossible-date"]


def test_json_lines(read: Read) -> None:
    record = {
        "id": 7, "title": "T", "text": TEXT, "published": "2022-05-17T19:25:00Z", "source": "S",
        "url": "https://example.org/", "lang": "en",
    }  # fmt: skip
    documents, issues = read("a.jsonl", json.dumps(record) + "\n\n" + json.dumps({"text": "Two."}))
    assert not issues
    published = Published("2022-05-17T19:25:00Z", "metadata")
    path = documents[0].path
    assert documents[0] == Document("7", TEXT, "T", path, "https://example.org/", "S", "en", published)
    assert documents[1].text == "Two."


def test_other_names_of_fields(read: Read) -> None:
    line = json.dumps({"body": "Poe met Roe.", "day": "2021-03-04", "name": "T", "text": {"not": "this"}})
    documents, _ = read("a.jsonl", line, fields=field_map(("text=body", "published=day", "title=name")))
    assert (documents[0].text, documents[0].title, documents[0].published.edtf) == ("Poe met Roe.", "T", "2021-03-04")


def test_the_missing_field_is_explained(read: Read) -> None:
    _, issues = read("a.jsonl", json.dumps({"id": "1", "story": "Poe met Roe.", "n": 1}))
    assert "story" in issues[0].message
    assert issues[0].remedy.endswith("--map text=story")
    assert issues[0].line == 1


@pytest.mark.parametrize("layout", [None, 2])
def test_a_json_array(read: Read, layout: int | None) -> None:
    documents, issues = read("a.json", json.dumps([{"text": "One."}, {"text": "Two."}], indent=layout))
    assert [one.text for one in documents] == ["One.", "Two."]
    assert not issues


def test_one_json_object_over_lines(read: Read) -> None:
    assert [one.text for one in read("a.json", json.dumps({"text": "One."}, indent=1))[0]] == ["One."]


def test_surrogates_and_nul_in_json(read: Read) -> None:
    documents, _ = read("a.jsonl", r'{"text": "a\u0000b\ud800c \ud83d\ude00", "title": "\udc00T"}')
    assert documents[0].text == "abc 😀"
    assert documents[0].title == "T"


def test_a_title_alone_is_a_document(read: Read) -> None:
    documents, issues = read("a.jsonl", '{"id": "x", "title": "Poe meets Roe", "text": ""}')
    assert [(one.title, one.text) for one in documents] == [("Poe meets Roe", "")]
    assert not issues


def test_csv(read: Read) -> None:
    content = 'id,title,text,published,publisher\n1,"T, x","One\nline ""two""",2020-05-22,P\n\n2,,Two.,,\n'
    documents, issues = read("a.csv", content)
    found = [(one.id, one.title, one.text) for one in documents]
    assert found == [("1", "T, x", 'One\nline "two"'), ("2", None, "Two.")]
    assert documents[0].publisher == "P"
    assert not issues


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators(read: Read, separator: str) -> None:
    documents, _ = read("a.csv", f"id{separator}text\n1{separator}Poe, Roe and others met.\n")
    assert [one.text for one in documents] == ["Poe, Roe and others met."]


def test_csv_in_another_encoding(read: Read) -> None:
    rows = "id,text\n" + "".join(f"{n},Анна По встретилась с Бо Роу в Риме\n" for n in range(5))
    documents, _ = read("a.csv", rows.encode("cp1251"))
    assert documents[0].text == "Анна По встретилась с Бо Роу в Риме"
    assert read("b.csv", "\ufeffid,text\n1,One\n".encode())[0][0].id == "1"


def test_a_long_cell(read: Read) -> None:
    documents, issues = read("a.csv", "id,text\n1," + "x " * 200_000 + "\n2,Two.\n")
    assert [len(one.text) for one in documents] == [400_000, 4]
    assert not issues


def test_compressed(read: Read) -> None:
    assert read("a.txt.gz", gzip.compress(TEXT.encode()))[0][0].text == TEXT
    assert read("a.jsonl.gz", gzip.compress(b'{"text": "One."}\n'))[0][0].text == "One."
    assert read("odd", gzip.compress(b"id,text\n1,One.\n"), as_format="csv")[0][0].text == "One."


def test_what_is_given_wins(read: Read) -> None:
    line = '{"text": "Poe met Roe.", "published": "31 February 2021", "publisher": "P"}'
    documents, issues = read("a.jsonl", line, published="7 May 2020", publisher="Q")
    assert documents[0].published == Published("2020-05-07", "given")
    assert documents[0].publisher == "Q"
    assert not issues


def test_a_date_in_the_text(read: Read) -> None:
    published = read("a.txt", "Poe met Roe\n\n7 May 2025 21:25\n\nThey met.")[0][0].published
    assert (published.edtf, published.basis) == ("2025-05-07", "text")
    assert published.reasons


@pytest.mark.parametrize("value", ["31 February 2021", "9999-12-31", "soon", 12, [], {"a": 1}, True])
def test_impossible_dates_are_unknown(read: Read, value: object) -> None:
    documents, issues = read("a.jsonl", json.dumps({"text": "Poe met Roe.", "published": value}))
    assert documents[0].published == Published(None, None)
    assert [one.code for one in issues] == ["impossible-date"]


@pytest.mark.parametrize("value", ["", None])
def test_no_date_is_no_issue(read: Read, value: object) -> None:
    assert not read("a.jsonl", json.dumps({"text": "Poe met Roe.", "published": value}))[1]


def test_the_same_words_of_two_outlets_are_two_documents(read: Read) -> None:
    lines = "".join(f'{{"text": "Same.", "publisher": "{outlet}"}}\n' for outlet in "ABA")
    documents, issues = read("a.jsonl", lines)
    assert len({one.id for one in documents}) == 2
    assert [one.code for one in issues] == ["read-twice"]


def test_folders_in_order_and_hidden_files_left_out(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/z.txt", "a.txt", ".hidden.txt"):
        (tmp_path / name).write_text(f"Text of {name}.")
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    documents, issues = apart(read_inputs([tmp_path]))
    assert [one.text for one in documents] == ["Text of a.txt.", "Text of b/z.txt.", "Text of c.txt."]
    assert [one.code for one in issues] == ["symlink-loop"]


def test_patterns(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c[1].txt"):
        (tmp_path / name).write_text(f"Text of {name}.")
    documents, _ = apart(read_inputs([f"{tmp_path}/[ab].txt", f"{tmp_path}/c[1].txt"]))
    assert [one.text for one in documents] == ["Text of a.txt.", "Text of b.txt.", "Text of c[1].txt."]
    assert apart(read_inputs([f"{tmp_path}/x*.txt"]))[1][0].code == "missing-file"


@pytest.mark.parametrize(
    ("content", "as_format", "text"),
    [
        (b"Poe met Roe.", None, "Poe met Roe."),
        (b'{"text": "One."}\n', None, "One."),
        (b"id,text\n1,One.\n", "csv", "One."),
        (b'{"text": "One."}', "text", '{"text": "One."}'),
        (gzip.compress(b"Poe met Roe.", mtime=0), None, "Poe met Roe."),
    ],
    ids=["text", "lines", "table", "lines as text", "compressed"],
)
def test_standard_input(content: bytes, as_format: str | None, text: str) -> None:
    options = SourceOptions(as_format=as_format)  # type: ignore[arg-type]
    documents, issues = apart(read_inputs(["-"], options, stdin=io.BytesIO(content)))
    assert [(one.text, one.path) for one in documents] == [(text, "-")]
    assert not issues


def test_a_text_in_memory() -> None:
    found = read_text("Poe\x00 met Roe\ud800 on the day.", SourceOptions(published="2020"))
    assert isinstance(found[-1], Document)
    assert found[-1].text == "Poe met Roe on the day."
    assert read_text(" ")[0].code == "empty-file"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "wrong",
    [{"as_format": "pdf"}, {"fields": {"txt": "body"}}, {"encoding": "utf-7x"}, {"published": "31 February 2021"}],
)
def test_options_that_cannot_be_meant(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError) as error:
        SourceOptions(**wrong)  # type: ignore[arg-type]
    assert error.value.remedy
    assert error.value.exit_code == 2


def test_a_wrong_field_map() -> None:
    with pytest.raises(UsageError, match="text:body"):
        field_map(("text:body",))


def test_a_ten_megabyte_line_and_a_deep_one(read: Read) -> None:
    lines = json.dumps({"text": "Poe met Roe. " * 800_000}) + "\n" + "[" * 100_000 + "\n" + '{"text": "Two."}\n'
    documents, issues = read("a.jsonl", lines)
    assert [len(one.text) for one in documents] == [10_400_000, 4]
    assert [(one.code, one.line) for one in issues] == [("bad-json-line", 2)]


def test_a_line_beyond_the_limit_costs_only_itself(read: Read) -> None:
    lines = '{"text": "One."}\n' + json.dumps({"text": "x" * 5_000}) + "\n" + '{"text": "Two."}\n'
    documents, issues = read("a.jsonl", lines, max_bytes=1_000)
    assert [one.text for one in documents] == ["One.", "Two."]
    assert [(one.code, one.line) for one in issues] == [("text-too-large", 2)]


def test_one_row_in_another_encoding(read: Read) -> None:
    odd = "2,The envoy – Mr Müller – met the Élysée’s envoy.\n".encode("cp1252")
    documents, issues = read("a.csv", b"n,text\n" + b"0,Plain text.\n" * 6_000 + odd)
    assert documents[-1].text == "The envoy – Mr Müller – met the Élysée’s envoy."
    assert {one.code for one in issues} == {"guessed-encoding", "read-twice"}


def test_one_line_in_another_encoding(read: Read) -> None:
    odd = '{"text": "The envoy – Mr Müller – met the Élysée’s envoy."}\n'.encode("cp1252")
    wrong = b"\xff\xfe\x80\x81\x9f{\n"
    documents, issues = read("a.jsonl", b'{"text": "One."}\n' + odd + wrong + b'{"text": "Two."}')
    assert [one.text for one in documents] == ["One.", "The envoy – Mr Müller – met the Élysée’s envoy.", "Two."]
    assert {one.line for one in issues} == {2, 3}


def test_utf16_tables_and_lines(read: Read) -> None:
    assert read("a.csv", "id,text\n1,Poe met Roe.\n".encode("utf-16"))[0][0].id == "1"
    lines = '{"text": "One."}\n{"text": "Two."}\n'
    assert [one.text for one in read("a.jsonl", lines.encode("utf-16"))[0]] == ["One.", "Two."]


def test_twenty_megabytes_are_set_aside_and_said(read: Read) -> None:
    documents, issues = read("a.txt", b"Poe met Roe. " * 1_600_000)
    assert not documents
    assert [one.code for one in issues] == ["text-too-large"]
    assert len(read("b.txt", b"Poe met Roe. " * 1_600_000, max_bytes=32_000_000)[0]) == 1
