"""Words that people say find the vacancies of the job they mean."""

import pytest

from employers.queries.board import BoardSearch, board
from sportello.reference.enums import LabelKind
from sportello.reference.models import Occupation, OccupationLabel
from tests.support.employers import make_company, make_occupation, make_vacancy

pytestmark = pytest.mark.django_db

TITLES = {"addetto alle pulizie": "Pulizie in condominio", "magazziniere": "Preparazione ordini", "cuoco": "In cucina"}


@pytest.fixture
def jobs() -> dict[str, Occupation]:
    """Three jobs with a vacancy each, whose title does not name them; cleaners have an everyday name too."""
    cleaner = make_occupation("addetto alle pulizie", isco08="9112")
    OccupationLabel.objects.create(
        occupation=cleaner, kind=LabelKind.EVERYDAY, text="donna delle pulizie", search_key="donna delle pulizie"
    )
    jobs = {"addetto alle pulizie": cleaner}
    jobs |= {label: make_occupation(label) for label in TITLES if label not in jobs}
    make_occupation("capocuoco")
    company = make_company()
    for label, occupation in jobs.items():
        make_vacancy(company, title=TITLES[label], occupation=occupation)
    return jobs


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("donna delle pulizie", ["Pulizie in condominio"]),
        ("cerco lavoro come adetta alle pulizie part time", ["Pulizie in condominio"]),
        ("magaziniera", ["Preparazione ordini"]),
        ("CUOCHE", ["In cucina"]),
        ("xyzzy", []),
    ],
)
def test_everyday_words_and_typing_errors_find_the_job(
    jobs: dict[str, Occupation], words: str, found: list[str]
) -> None:
    assert [vacancy.title for vacancy in board(BoardSearch(words=words))] == found


def test_a_job_that_only_resembles_is_not_meant(jobs: dict[str, Occupation]) -> None:
    helper = make_occupation("aiuto cuoco")
    make_vacancy(make_company(), title="Lavapiatti", occupation=helper)
    assert [vacancy.title for vacancy in board(BoardSearch(words="cuoco"))] == ["In cucina"]
