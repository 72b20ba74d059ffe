from tests.support.vocabulary import _races_begin_outside, loaded, vocabulary

__all__ = ["_races_begin_outside", "loaded", "vocabulary"]
