"""The list of who should be asked whether they still work, and what is written down."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils import timezone

from candidates.enums import FilePart
from employers.models import Vacancy
from matching.models import Placement, PlacementCheck
from sportello.core.models import AccessLogEntry
from tests.support.agenda import make_rules
from tests.support.employers import make_vacancy
from tests.support.matching import make_placement
from tests.support.personas import make_operator, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db

LIST = reverse("due_checks")


@pytest.fixture(autouse=True)
def _rules() -> None:
    make_rules()


def begun(vacancy: Vacancy | None = None) -> Placement:
    starts_on = timezone.localdate() - relativedelta(months=3)
    number = Placement.objects.count()
    return make_placement(
        vacancy, starts_on=starts_on, state="verified", notice_code=f"COB{number}", verified_at=timezone.now()
    )


def ended(day: date) -> dict[str, str]:
    """The last day as its three boxes send it."""
    return {"ended_on_day": str(day.day), "ended_on_month": str(day.month), "ended_on_year": str(day.year)}


def page_of(placement: Placement, months: int = 3) -> str:
    return reverse("follow_up", kwargs={"placement": placement.pk, "months": months})


def test_the_list_costs_the_same_for_one_and_three_and_names_only_my_people() -> None:
    vacancy = make_vacancy()
    client = signed_in(make_operator(vacancy.desk))
    stranger = begun()
    costs = []
    for more in (1, 2):
        for _ in range(more):
            begun(vacancy)
        html, cost = asked(client, LIST)
        assert str(stranger.candidate) not in html
        costs.append(cost)
    assert costs[0] == costs[1] <= 10
    read = AccessLogEntry.objects.filter(part=FilePart.PLACEMENT).values_list("subject_id", flat=True)
    assert set(read) == {placement.candidate_id for placement in Placement.objects.filter(desk=vacancy.desk)}


def test_what_is_found_out_is_written_and_leaves_the_list() -> None:
    placement = begun()
    client = signed_in(make_operator(placement.desk))
    last = placement.starts_on + timedelta(days=20)
    answer = client.post(page_of(placement), {"outcome": "ended", "source": "person", **ended(last)})
    assert (answer.status_code, PlacementCheck.objects.get().outcome) == (302, "ended")
    assert str(placement.candidate) not in client.get(LIST).content.decode()
    shown = client.get(reverse("placement_check", kwargs={"placement": placement.pk})).content.decode()
    assert "dopo 3 mesi: Non lavora più" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"outcome": "ended"}, "ended_on", "Scrivi l'ultimo giorno: serve per contare i giorni di lavoro."),
        (
            {"outcome": "ended", **ended(date(1990, 1, 1))},
            "ended_on",
            "L'ultimo giorno sta tra l'inizio del lavoro e oggi.",
        ),
        (
            {"outcome": "working", **ended(date(2026, 1, 1))},
            "ended_on",
            "Se il lavoro continua, lascia vuoto questo giorno.",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(data: dict[str, str], field: str, sentence: str) -> None:
    placement = begun()
    client = signed_in(make_operator(placement.desk))
    response = client.post(page_of(placement), {**data, "source": "person"})
    assert (response.status_code, response.context["form"].errors) == (422, {field: [sentence]})


def test_another_term_or_another_desk_is_not_found() -> None:
    placement = begun()
    assert signed_in(make_operator(placement.desk)).get(page_of(placement, 4)).status_code == 404
    assert signed_in(make_operator()).get(page_of(placement)).status_code == 404
