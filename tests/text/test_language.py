"""Language: English without a model, other scripts at sight, the rest by the model, short texts not at all."""

import subprocess
import sys

import pytest

from communique.model import Document
from communique.text.language import detect, with_language

ENGLISH = "The ministers of the two states met in the capital and said that they would meet again in the spring."
GERMAN = "Die Minister beider Staaten trafen sich am Montag in der Hauptstadt und vereinbarten weitere Gespräche. " * 3
RUSSIAN = "Министры двух государств встретились в понедельник в столице и договорились продолжить переговоры. " * 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"), (GERMAN, "de"), (RUSSIAN, "ru"), ("两国外长星期一在首都举行会谈。", "zh"),
        ("両国の外相は月曜日に首都で会談した。", "ja"), ("양국 외교장관은 월요일 수도에서 회담했다", "ko"),
        ("", None), ("Poe, Roe", None), ("Гости", None),
    ],
)  # fmt: skip
def test_languages(text: str, code: str | None) -> None:
    assert detect(text) == code


def test_a_stated_language_becomes_a_code() -> None:
    assert with_language(Document("d", GERMAN, language="en-GB")).language == "en"
    assert with_language(Document("d", ENGLISH, language="English")).language == "en"
    assert with_language(Document("d", "", title=ENGLISH)).language == "en"


def test_english_loads_no_model() -> None:
    code = f"import sys, communique.text.language as l; l.detect({ENGLISH!r}); print('py3langid' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
