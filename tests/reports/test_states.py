"""Every state of an edition can be reached, and what is published is never built again."""

from reports.states import ISSUE_TRANSITIONS, PUBLIC, UNDER_WAY, IssueState
from tests.support.transitions import ends, reached_from


def test_every_state_is_reached_from_the_queue() -> None:
    assert reached_from(IssueState.QUEUED, ISSUE_TRANSITIONS) == set(IssueState)


def test_what_anybody_may_read_is_never_built_again() -> None:
    assert ends(ISSUE_TRANSITIONS) == {IssueState.SUPERSEDED}
    assert reached_from(IssueState.PUBLISHED, ISSUE_TRANSITIONS) == PUBLIC


def test_what_is_under_way_may_fail_and_what_failed_may_begin_again() -> None:
    assert all(IssueState.FAILED in ISSUE_TRANSITIONS[state] for state in UNDER_WAY)
    assert ISSUE_TRANSITIONS[IssueState.FAILED] == UNDER_WAY
