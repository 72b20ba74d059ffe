"""Asking, publishing, replacing."""

from datetime import date

import pytest

from reports.models import ReportIssue
from reports.queries.issues import BUILD, frozen_figures, reading_of
from reports.services.build import build_issue
from reports.services.issue import (
    IllegalStep,
    NeedsSecondPerson,
    ReasonMissing,
    SemesterNotBegun,
    SemesterRunning,
    comment_issue,
    publish_issue,
    request_issue,
    request_semester,
)
from reports.states import IssueState
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core.models import Job, Message
from sportello.territory.models import Municipality, Zone
from tests.support.personas import make_member, scope
from tests.support.reports import make_pact, make_rules
from tests.support.territory import make_desk, make_municipality, make_organisation

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def control_room() -> User:
    return make_member(Role.CONTROL_ROOM, make_organisation())


def built(place: Municipality, by: Scope, *, reason: str = "") -> ReportIssue:
    return build_issue(issue=request_issue(territory=place, year=2026, half=1, reason=reason, by=by), by=BY)


def test_a_request_writes_the_edition_and_its_job() -> None:
    place = make_municipality(istat_code="015205")
    issue = request_issue(territory=place, year=2026, half=1, by=BY)
    assert (issue.code, issue.version, issue.data_cut) == ("2026-1/015205/01", 1, date(2026, 6, 30))
    assert list(Job.objects.values_list("path", "args", "key")) == [(BUILD, [str(issue.pk)], str(issue.pk))]


def test_a_running_semester_is_cut_at_yesterday() -> None:
    assert request_issue(territory=make_municipality(), year=2026, half=2, by=BY).data_cut == date(2026, 8, 2)


def test_a_semester_to_come_is_refused() -> None:
    with pytest.raises(SemesterNotBegun):
        request_issue(territory=make_municipality(), year=2027, half=1, by=BY)


def test_asking_twice_gives_the_one_under_way() -> None:
    place = make_municipality()
    first = request_issue(territory=place, year=2026, half=1, by=BY)
    assert request_issue(territory=place, year=2026, half=1, by=BY) == first
    assert ReportIssue.objects.count() == 1


def test_codes_of_pacts_and_zones_carry_their_names() -> None:
    pact = make_pact([make_municipality()], slug="patto-sud-est")
    zone = Zone.objects.create(slug="adda-martesana", name="Adda Martesana")
    desk = make_desk(slug="segrate-centro")
    codes = [request_issue(territory=t, year=2026, half=1, by=BY).code for t in (pact, zone, desk)]
    assert codes == ["2026-1/PATTO-SUD-EST/01", "2026-1/ZONA-ADDA-MARTESANA/01", "2026-1/SPORTELLO-SEGRATE-CENTRO/01"]


def test_a_second_person_publishes() -> None:
    make_rules()
    asker, reader = scope(control_room()), scope(control_room())
    issue = built(make_municipality(), asker)
    for by in (asker, BY):
        with pytest.raises(NeedsSecondPerson):
            publish_issue(issue=issue, by=by)
    published = publish_issue(issue=issue, by=reader)
    assert (published.state, published.published_by_id) == (IssueState.PUBLISHED, reader.user_id)


def test_a_new_version_replaces_the_published_one() -> None:
    make_rules()
    place, reader = make_municipality(), scope(control_room())
    first, second = (publish_issue(issue=built(place, BY, reason=" Tardi "), by=reader) for _ in range(2))
    first.refresh_from_db()
    assert (first.state, second.version, second.state) == (IssueState.SUPERSEDED, 2, IssueState.PUBLISHED)
    assert (first.revision_reason, second.revision_reason) == ("", "Tardi")
    reading = reading_of(second)
    assert first.area_id
    assert (reading.replaced_issue, reading.replaced) == (first, frozen_figures(first.area_id)[first.area_id])
    assert reading_of(first).replaced_issue is None


@pytest.mark.parametrize("reason", ["", "  "])
def test_who_asks_again_for_what_everybody_reads_says_why(reason: str) -> None:
    make_rules()
    place = make_municipality()
    publish_issue(issue=built(place, BY), by=scope(control_room()))
    with pytest.raises(ReasonMissing):
        request_issue(territory=place, year=2026, half=1, reason=reason, by=BY)
    assert ReportIssue.objects.count() == 1


def test_a_reader_comments_until_it_is_published_and_who_asked_is_told() -> None:
    make_rules()
    asker, reader = control_room(), control_room()
    issue = request_issue(territory=make_municipality(), year=2026, half=1, by=scope(asker))
    with pytest.raises(IllegalStep):
        comment_issue(issue=issue, text="Troppo presto", by=scope(reader))
    issue = build_issue(issue=issue, by=BY)
    comment_issue(issue=issue, text=" Mancano gli arrivi di giugno. ", by=scope(reader))
    comment_issue(issue=issue, text="Li aggiungo io.", by=scope(asker))
    assert list(issue.comments.values_list("text", "author")) == [
        ("Mancano gli arrivi di giugno.", reader.pk),
        ("Li aggiungo io.", asker.pk),
    ]
    told = Message.objects.filter(kind="report_commented")
    assert [message.recipient for message in told] == [asker.email]
    assert "Mancano" not in told.get().body
    publish_issue(issue=issue, by=scope(reader))
    with pytest.raises(IllegalStep):
        comment_issue(issue=issue, text="Troppo tardi", by=scope(reader))


def test_an_older_version_does_not_replace_a_newer_one() -> None:
    make_rules()
    place, reader = make_municipality(), scope(control_room())
    older, newer = built(place, BY), built(place, BY)
    publish_issue(issue=newer, by=reader)
    with pytest.raises(IllegalStep):
        publish_issue(issue=older, by=reader)


def test_a_running_semester_is_read_inside_and_not_published() -> None:
    make_rules()
    issue = build_issue(issue=request_issue(territory=make_municipality(), year=2026, half=2, by=BY), by=BY)
    with pytest.raises(SemesterRunning):
        publish_issue(issue=issue, by=scope(control_room()))


def test_editions_of_older_figures_are_not_published_any_more() -> None:
    make_rules()
    here, there = make_municipality(), make_municipality()
    older = built(here, BY)
    for _version in range(2):
        built(there, BY)
    with pytest.raises(IllegalStep):
        publish_issue(issue=older, by=scope(control_room()))


def test_only_what_is_built_is_published() -> None:
    issue = request_issue(territory=make_municipality(), year=2026, half=1, by=BY)
    with pytest.raises(IllegalStep):
        publish_issue(issue=issue, by=scope(control_room()))


def test_the_timetable_asks_for_every_pact_and_member_once() -> None:
    members = [make_municipality(istat_code=code) for code in ("015001", "015002")]
    make_pact(members, slug="patto-a")
    make_pact(members[:1], slug="patto-b", ends_on=date(2025, 12, 31))
    make_municipality(istat_code="015003")  # in no pact
    asked = request_semester(day=date(2026, 8, 1), by=BY)
    assert [issue.code for issue in asked] == ["2026-1/PATTO-A/01", "2026-1/015001/01", "2026-1/015002/01"]
    assert request_semester(day=date(2026, 8, 1), by=BY) == []
