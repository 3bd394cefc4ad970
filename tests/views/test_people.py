"""People looked up in any spelling."""

from __future__ import annotations

from itertools import product

from communique.reconcile.names import same_person
from communique.views.people import NameBook

NAMES = (
    "Ivan Karsky", "Iwan Karskij", "I. Karsky", "Alexander Brenn", "Aleksandr Brenn", "Sasha Brenn", "Bob Hale",
    "Robert Hale", "Maria del Sol", "Sol", "Ömer Çelebi", "Omer Celebi", "Li", "Anna-Maria Veld", "Veld", "V.",
)  # fmt: skip


def test_a_book_finds_what_comparing_each_name_finds() -> None:
    book = NameBook(NAMES)
    for words, name in product((*NAMES, "karsky", "A Brenn", "Rob Hale", "", "x", "w123", "C. Hale"), NAMES):
        assert (name in book.spellings(words)) == same_person(words, name), (words, name)


def test_names_come_in_the_order_of_the_book() -> None:
    assert NameBook(("Veld", "Karsky", "Anna-Maria Veld")).spellings("Veld") == ("Veld", "Anna-Maria Veld")
