"""Who held which office, from files that others keep: Wikidata, OpenSanctions, PETRARCH, one's own tables.

Each form is read into :class:`Holding` rows (``wikidata``, ``ftm``, ``petrarch``, ``table``); :mod:`matching` sets them
against the registry and yields the rows of people.csv, offices.csv and tenures.csv that it lacks.
"""

from communique.knowledge.imports.holdings import Holding, Refused
from communique.knowledge.imports.matching import Additions, matched
from communique.knowledge.imports.reading import FORMS, Form, read_holdings

__all__ = ["FORMS", "Additions", "Form", "Holding", "Refused", "matched", "read_holdings"]
