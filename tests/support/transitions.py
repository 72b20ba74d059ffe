"""Invariants of a table of lawful transitions."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

S = TypeVar("S", bound=Enum)


def reached_from(start: S, transitions: Mapping[S, frozenset[S]]) -> set[S]:
    """Every state that can follow `start` sooner or later, itself included."""
    reached, ahead = {start}, {start}
    while ahead:
        ahead = {state for before in ahead for state in transitions[before]} - reached
        reached |= ahead
    return reached


def ends(transitions: Mapping[S, frozenset[S]]) -> set[S]:
    """States that nothing follows."""
    return {state for state, following in transitions.items() if not following}
