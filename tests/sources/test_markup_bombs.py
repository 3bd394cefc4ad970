"""Document types, entities and references in pages: nothing is expanded, nothing is opened, nobody is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.sources import SourceOptions, read_inputs
from tests.sources.conftest import Read, apart
from tests.sources.web_server import Site, site

SECRET = "The keyword is xylophone."
WORDS = "Ann Poe met Bo Roe in Rome and they spoke at length about trade and many other questions of the day. "
PAGE = "<html><body><article><h1>Talks</h1><p>{words}</p><p>&x;</p><p>{words}</p></article></body></html>"
LAUGHTER = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
TYPES = {
    "a bomb": f'<!DOCTYPE html [<!ENTITY l0 "xylophone">{LAUGHTER}<!ENTITY x "&l9;">]>',
    "a long entity often": '<!DOCTYPE html [<!ENTITY x "' + "xylophone " * 50_000 + '">]>',
    "a file": '<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]>',
    "an address": '<!DOCTYPE html [<!ENTITY x SYSTEM "{address}/x">]>',
    "a document type elsewhere": '<!DOCTYPE html SYSTEM "{address}/x.dtd">',
    "a document type in a file": '<!DOCTYPE html SYSTEM "file://{secret}">',
    "a parameter": '<!DOCTYPE html [<!ENTITY % p SYSTEM "{address}/p"> %p;]>',
}
STARTS = {"page": "", "xml": '<?xml version="1.0" encoding="utf-8"?>\n'}
NAMES = ("a.html", "a.xhtml", "a.xml", "a.txt", "a")


def crafted(folder: Path, served: Site, kind: str, start: str) -> bytes:
    (folder / "secret").mkdir()
    secret = folder / "secret" / "s"
    secret.write_text(SECRET, "utf-8")
    head = TYPES[kind].replace("{secret}", str(secret)).replace("{address}", served.address)
    return (STARTS[start] + head + PAGE.format(words=WORDS)).encode()


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("kind", TYPES)
def test_a_document_type_of_its_own_opens_nothing_and_grows_nothing(tmp_path: Path, kind: str, start: str) -> None:
    with site() as served:
        data = crafted(tmp_path, served, kind, start)
        for name in NAMES:
            (tmp_path / name).write_bytes(data)
        found = {name: apart(read_inputs([tmp_path / name], SourceOptions())) for name in NAMES}
    assert served.asked == []
    for name, (documents, issues) in found.items():
        assert documents or issues, name
        for one in documents:
            assert SECRET not in one.text
            assert len(one.text) <= len(data)
    for name in ("a.html", "a.xhtml"):
        (page,) = found[name][0]
        assert WORDS.strip() in page.text
        assert set(page.text.split("\n")) <= {WORDS.strip(), "&x;", "Talks", ""}


def test_a_fragment_included_from_elsewhere_is_not_fetched(read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "s"
    secret.write_text(SECRET, "utf-8")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="{secret}"/>'
    frames = f'<iframe src="file://{secret}"></iframe><object data="file://{secret}"></object>'
    (document,), _ = read("a.html", PAGE.format(words=WORDS + include + frames))
    assert SECRET not in document.text
