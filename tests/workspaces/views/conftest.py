from tests.support.vocabulary import loaded, vocabulary

__all__ = ["loaded", "vocabulary"]
