"""The exception tree: exit codes, remedies, suggestions, and the drawing on top of the file."""

import inspect

import pytest

from communique import errors
from communique.errors import CommuniqueError, ConfigError, KnowledgeError, unknown

EXIT_CODES = {
    "CommuniqueError": 1, "UsageError": 2, "ConfigError": 2, "KnowledgeError": 2, "LedgerError": 1,
    "LedgerBusyError": 4, "LedgerTooNewError": 1, "LedgerDamagedError": 1, "NotFoundError": 1,
}  # fmt: skip


def tree() -> dict[str, type[CommuniqueError]]:
    classes = inspect.getmembers(errors, inspect.isclass)
    return {name: one for name, one in classes if issubclass(one, CommuniqueError)}


def test_exit_codes() -> None:
    assert {name: EXIT_CODES.get(name) for name in tree()} == {name: one.exit_code for name, one in tree().items()}


@pytest.mark.parametrize("name", sorted(tree()))
def test_the_drawing_shows_every_class_with_its_exit_code(name: str) -> None:
    lines = [line for line in (errors.__doc__ or "").splitlines() if f" {name} " in line]
    assert len(lines) == 1
    assert f"exit {tree()[name].exit_code}" in lines[0]


def test_errors_carry_a_remedy() -> None:
    error = CommuniqueError("what happened", "what to do")
    assert (str(error), error.remedy) == ("what happened", "what to do")


def test_knowledge_errors_name_the_place() -> None:
    assert str(KnowledgeError("unknown key", file="rules.toml", line=7)) == "rules.toml:7: unknown key"
    assert str(KnowledgeError("unknown key")) == "unknown key"


def test_unknown_names_bring_the_nearest() -> None:
    error = unknown("field", "txet", ["text", "title"])
    assert isinstance(error, ConfigError)
    assert str(error) == 'unknown field "txet"; did you mean "text"?'
    assert error.remedy == "Valid: text, title."
    assert str(unknown("field", "qqqq", ["text"])) == 'unknown field "qqqq"'
