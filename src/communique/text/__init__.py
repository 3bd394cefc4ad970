"""Documents into paragraphs, sentences, tokens and quotations, with every offset pointing into the stored text."""

from communique.text.boilerplate import Age, Boilerplate, age, boilerplate, boilerplate_spans
from communique.text.quotations import Quotation, quotations, quoted_spans
from communique.text.sentences import Sentence, paragraphs, sentence_spans, split
from communique.text.tokens import Token, fold, norms, tokenize

__all__ = [
    "Age", "Boilerplate", "Quotation", "Sentence", "Token", "age", "boilerplate", "boilerplate_spans", "fold",
    "norms", "paragraphs", "quotations", "quoted_spans", "sentence_spans", "split", "tokenize",
]  # fmt: skip
