"""What is wrong with inputs, told on stderr: the place, the words, what is wrong, what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from communique.cli.output import say
from communique.model import Issue
from communique.sources import grade
from communique.views.words import clean

MOST = 20
"""So many problems of one kind are told one by one; the rest are counted."""
_WORDS = {"set-aside": "set aside", "problem": "problem", "note": "note"}


def issue_lines(issue: Issue) -> list[str]:
    """A problem in two to three lines."""
    place = clean(issue.path or "input") + (f":{issue.line}" if issue.line is not None else "")
    lines = [f"{place}: {_WORDS[grade(issue)]}: {clean(issue.message)} [{issue.code}]"]
    if issue.excerpt:
        lines.append(f"    {clean(issue.excerpt)}")
    return [*lines, f"    {clean(issue.remedy)}"] if issue.remedy else lines


@dataclass(slots=True)
class Problems:
    """Tells problems as they come and counts them. Notes are counted by kind only if there are many."""

    tell: Callable[[str], None] = say
    codes: Counter[str] = field(default_factory=Counter)
    grades: Counter[str] = field(default_factory=Counter)

    def add(self, issue: Issue) -> None:
        """Tell one, or count it if there were many like it."""
        self.codes[issue.code] += 1
        self.grades[grade(issue)] += 1
        if self.codes[issue.code] <= MOST:
            for line in issue_lines(issue):
                self.tell(line)

    @property
    def lost(self) -> bool:
        """Whether something that was given was not read."""
        return bool(self.grades["set-aside"] or self.grades["problem"])

    def summary(self) -> str:
        """How many of each grade, empty if there were none."""
        for code, count in self.codes.items():
            if count > MOST:
                self.tell(f"… and {count - MOST:,} more of the kind {code}")
        counted = ((self.grades[name], words) for name, words in _WORDS.items())
        return ", ".join(f"{count:,} {_plural(words, count)}" for count, words in counted if count)


def _plural(words: str, count: int) -> str:
    return words if count == 1 or words == "set aside" else f"{words}s"
