"""The states of an edition."""

from sportello.programmes.states import EDITION_TRANSITIONS, EditionState


def test_every_state_has_its_ways_and_what_is_cancelled_stays_so() -> None:
    assert set(EDITION_TRANSITIONS) == set(EditionState)
    assert EDITION_TRANSITIONS[EditionState.CANCELLED] == frozenset()
    assert {state for state in EditionState if EditionState.CANCELLED in EDITION_TRANSITIONS[state]} == {
        EditionState.PLANNED,
        EditionState.OPEN,
        EditionState.CLOSED,
    }
    assert not any(EditionState.PLANNED in following for following in EDITION_TRANSITIONS.values())
