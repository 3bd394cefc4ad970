"""The cheap look: whether a text can tell of a contact, a claim or an agreement at all, without reading it."""

from communique.extract.look.chance import Look, look_for
from communique.extract.look.rehearsal import may_tell, rehearse

__all__ = ["Look", "look_for", "may_tell", "rehearse"]
