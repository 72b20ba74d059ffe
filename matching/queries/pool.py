"""Everybody to weigh, as columns."""

from matching.engine.columns import people_columns
from matching.engine.scoring import Pool, make_pool
from matching.queries.features import read_people, read_vocabulary


def current_pool() -> Pool:
    """The people with an open case and the words of today."""
    vocabulary = read_vocabulary()
    return make_pool(vocabulary, people_columns(read_people(), vocabulary), [], [])
