"""The fairness report: groups counted from outside the engine, told only of a frozen semester."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from candidates.models import Candidate
from matching.models import Proposal, Referral, ReferralTransition
from matching.services.run import run_match
from reports.enums import TerritoryKind
from reports.indicators import cells_of
from reports.indicators.fairness import FAIRNESS, MATCHED, RATES, fairness_report
from reports.indicators.measures import MEASURES, Window
from reports.models import Figure, FrozenArea, ReportIssue, SemesterFreeze
from reports.rules import Semester
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from tests.support.employers import make_vacancy
from tests.support.matching import make_person, make_referral
from tests.support.personas import make_member, scope
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")
WINDOW = Window(date(2026, 1, 1), date(2026, 6, 30), 15, 7)


def counted(key: str) -> dict[Any, str]:
    (measure,) = (measure for measure in MEASURES if measure.key == key)
    rows = list(measure.events(WINDOW))
    assert {row["outcome"] for row in rows} <= set(measure.outcomes)
    return {row["unit"]: row["outcome"] for row in rows}


def matched(sex: str = "F", born: date = date(1990, 1, 1), *, at: datetime | None = None) -> Proposal:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    Candidate.objects.filter(pk=person.pk).update(sex=sex, birth_date=born)
    run = run_match(vacancy=vacancy, by=BY)
    type(run).objects.filter(pk=run.pk).update(ran_at=at or datetime(2026, 3, 2, 10, tzinfo=UTC))
    return run.proposals.get(candidate=person)


def referred(proposal: Proposal, *steps: str) -> None:
    referral = make_referral(proposal.run.vacancy, proposal.candidate)
    Referral.objects.filter(pk=referral.pk).update(proposal=proposal)
    for step in steps:
        ReferralTransition.objects.create(referral=referral, from_state="sent", to_state=step, actor_label="tests")


def test_each_person_counts_once_at_the_furthest_step_that_followed_from_a_search() -> None:
    only, put, met, hired = (matched(sex) for sex in "FFMM")
    late = matched(at=datetime(2026, 6, 30, 22, 1, tzinfo=UTC))
    referred(put)
    referred(met, "viewed", "offer")
    referred(hired, "interview", "hired")
    make_referral(only.run.vacancy, only.candidate)  # not from the search: their own initiative
    found = counted("matched_by_sex")
    assert found == {
        only.candidate_id: "f_proposed",
        put.candidate_id: "f_put_forward",
        met.candidate_id: "m_interview",
        hired.candidate_id: "m_hired",
    }
    assert late.candidate_id not in counted("matched_by_age")


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (date(1991, 7, 1), "young"),
        (date(1991, 6, 30), "middle"),
        (date(1971, 7, 1), "middle"),
        (date(1971, 6, 30), "older"),
    ],
)
def test_the_age_is_that_of_the_last_day(born: date, group: str) -> None:
    proposal = matched(born=born)
    assert counted("matched_by_age") == {proposal.candidate_id: f"{group}_proposed"}


def test_every_figure_is_made_of_what_is_counted() -> None:
    known = {(measure.key, outcome) for measure in MEASURES for outcome in (*measure.outcomes, "")}
    for indicator in FAIRNESS:
        above, under = cells_of(indicator)
        assert {(cell.measure, cell.member) for cell in (*above, *under)} <= known
        assert set(above) <= set(under) or not under
    assert len({indicator.key for indicator in FAIRNESS}) == len(MATCHED) * len(RATES) + 2


def frozen(figures: dict[str, tuple[int, int]], *, state: str, data_cut: date = date(2026, 6, 30)) -> SemesterFreeze:
    freeze = SemesterFreeze.objects.create(year=2026, half=1, version=1, data_cut=data_cut)
    area = FrozenArea.objects.create(freeze=freeze, kind=TerritoryKind.WHOLE, istat_codes=["015205"])
    place = make_municipality()
    own = FrozenArea.objects.create(
        freeze=freeze, kind=TerritoryKind.MUNICIPALITY, municipality=place, istat_codes=["015205"]
    )
    for key, (numerator, denominator) in figures.items():
        Figure.objects.create(area=area, indicator=key, numerator=numerator, denominator=denominator)
    Figure.objects.create(area=area, indicator="hired_f", suppressed=True)
    now = timezone.now()
    freeze.frozen_at = now
    freeze.save()
    ReportIssue.objects.create(
        kind="municipality",
        municipality=place,
        year=2026,
        half=1,
        version=1,
        code="prova",
        state=state,
        data_cut=data_cut,
        area=own,
        frozen_at=now,
        published_at=now,
    )
    return freeze


FIGURES = {"put_forward_f": (30, 100), "put_forward_m": (60, 100), "hired_m": (10, 100)}


def test_nothing_is_told_before_an_edition_is_published_but_to_the_control_room() -> None:
    assert fairness_report(Scope()) is None
    frozen(FIGURES, state="built")
    assert fairness_report(Scope()) is None
    found = fairness_report(scope(make_member(Role.CONTROL_ROOM, make_organisation())))
    assert found
    assert (found.semester, found.is_public) == (Semester(2026, 1), False)


def test_a_semester_that_still_runs_is_told_to_nobody() -> None:
    frozen(FIGURES, state="built", data_cut=date(2026, 5, 31))
    assert fairness_report(scope(make_member(Role.CONTROL_ROOM, make_organisation()))) is None


def test_shares_come_with_their_interval_and_the_ratio_to_the_group_of_reference() -> None:
    frozen(FIGURES, state="published")
    found = fairness_report(Scope())
    assert found
    assert found.tells_anything
    by_sex = {str(step.label): {str(group): share for group, share in step.shares} for step in found.tables[0][1]}
    women, men = by_sex["Proposte a un'impresa"]["Donne"], by_sex["Proposte a un'impresa"]["Uomini"]
    assert women
    assert men
    assert (women.percent, men.percent, men.ratio) == (30, 60, None)
    assert women.low < 30 < women.high
    assert women.ratio
    assert women.ratio[0] == 0.5
    assert women.ratio[1] < 0.5 < women.ratio[2] < 1
    assert by_sex["Assunte"]["Donne"] is None
    assert all(share is None for step in found.tables[1][1] for _group, share in step.shares)
