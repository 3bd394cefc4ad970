"""Documents into paragraphs, sentences and tokens, with every offset pointing into the stored text."""

from communique.text.sentences import Sentence, split
from communique.text.tokens import Token, fold, tokenize

__all__ = ["Sentence", "Token", "fold", "split", "tokenize"]
