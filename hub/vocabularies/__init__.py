"""Controlled vocabularies: data files with scheme and version, and the one loader that reads them."""

from hub.vocabularies.loader import Term, Vocabulary, names, vocabulary

__all__ = ["Term", "Vocabulary", "names", "vocabulary"]
