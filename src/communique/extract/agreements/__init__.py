"""What a document reports as done to agreements between states: signed, suspended, breached, to come."""

from communique.extract.agreements.mention import AgreementMention
from communique.extract.agreements.names import fold_agreements
from communique.extract.agreements.reader import find_agreements, fire_agreements, tells_of_agreement

__all__ = ["AgreementMention", "find_agreements", "fire_agreements", "fold_agreements", "tells_of_agreement"]
