"""Pages that are written from the code: command line, issues, exceptions, the language of phrases, all rules."""

from __future__ import annotations

import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from communique import errors
from communique.cli.main import COMMANDS, cli, command_attribute
from communique.export import formats
from communique.export.tables import TABLES
from communique.knowledge import load, phrases
from communique.knowledge.rules import FIELDS, Rule
from communique.sources.catalogue import as_markdown

WIDTH = 96
ISSUES = """# Issues and exceptions

Problems with an input are data: a code, what is wrong, what to do about it. Inputs with a *set-aside* issue are left
out, and the exit code is 3.

{table}

## Exceptions

Raised for wrong usage, wrong configuration and ledgers that cannot be used, never for what an input holds.

```text
{tree}
```"""


def write(folder: Path) -> None:
    """Write every page into a folder; a page that says the same already is left alone."""
    folder.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        text, path = page().rstrip() + "\n", folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def command_line() -> str:
    """Every command as its ``--help`` prints it."""
    return "\n".join(("# Command line", "", *_help("communique", cli), *_all_help()))


def _all_help() -> Iterator[str]:
    for name, (module, _) in COMMANDS.items():
        try:
            command = getattr(importlib.import_module(module), command_attribute(name))
        except (ModuleNotFoundError, AttributeError):
            continue  # announced and not written yet
        yield from _help(f"communique {name}", command)
        for sub, inner in getattr(command, "commands", {}).items():
            yield from _help(f"communique {name} {sub}", inner)


def _help(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
    level = "##" if name.count(" ") < 2 else "###"
    yield from (f"{level} {name}", "", "```text", _without_markers(command.get_help(context)), "```", "")


def _without_markers(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\b\n", "").splitlines())


def issues() -> str:
    """What can be wrong with an input, and what the program raises."""
    tree = (errors.__doc__ or "").split("::", 1)[1]
    return ISSUES.format(table=as_markdown(), tree=textwrap.dedent(tree).strip("\n"))


def exports() -> str:
    """What each format holds of what a ledger says, field by field, and what it loses."""
    lines = ["# Export formats, field by field", "", "A field that a format has no place for is *lost*.", ""]
    for name, about in formats.OURS.items():
        one = formats.exporter(name)
        kind = f"`{one.media_type}`, files end in `.{one.suffix}`."
        lines += [f"## {name}", "", f"{about[0].upper()}{about[1:]}. {kind}", ""]
        lines += ["| field | where |", "|---|---|"]
        lines += [f"| {field} | {one.holds.get(field, '*lost*')} |" for field in formats.FIELDS] + [""]
    lines += ["# Tables", ""]
    for table in TABLES.values():
        lines += [f"## {table.name}", "", table.about, "", "| column | type | what it says |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.kind} | {c.about} |" for c in table.columns] + [""]
    return "\n".join(lines)


def phrase_language() -> str:
    """The table of the phrase language as its module tells it."""
    text = inspect.getdoc(phrases) or ""
    return "```{eval-rst}\n" + text.split("\n", 2)[2] + "\n```"


def rules() -> str:
    """All rules by field, with their examples."""
    book = load().rules
    lines = ["# Rule fields and rules", "", "| field | a rule may set | rules |", "|---|---|---|"]
    lines += [f"| `{name}` | {_settable(name)} | {len(book.by_field.get(name, ()))} |" for name in FIELDS]
    for name in FIELDS:
        lines += ["", f"## {name}", ""] if book.by_field.get(name) else []
        lines += [line for rule in book.by_field.get(name, ()) for line in _rule(rule)]
    return "\n".join(lines)


def _settable(name: str) -> str:
    return ", ".join(f"`{key}`" for key in FIELDS[name]) or "nothing"


def _rule(rule: Rule) -> Iterator[str]:
    says = ", ".join(f"{key} = {value}" for key, value in rule.sets.items())
    yield from (f"**{rule.id}** {f'({says})' if says else ''}", "", "```text")
    yield from (f"+ {sentence}" for sentence in rule.examples)
    yield from (f"- {sentence}" for sentence in rule.never)
    yield from ("```", "")


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": command_line,
    "exports.md": exports,
    "issues.md": issues,
    "phrases.md": phrase_language,
    "rules.md": rules,
}
