"""`manage.py match`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from matching.models import MatchRun
from tests.matching.services.test_run import make_crowd
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_by_number_and_by_id_give_the_same_and_keep_nothing() -> None:
    vacancy = make_crowd(make_desk(), 6)
    answers = []
    for name in (vacancy.reference, str(vacancy.pk)):
        out = StringIO()
        call_command("match", name, "--top", "2", "--json", stdout=out)
        answers.append(json.loads(out.getvalue()))
    assert answers[0] == answers[1]
    assert [person["rank"] for person in answers[0]["people"]] == [1, 2]
    assert answers[0]["considered"] == 6
    assert not MatchRun.objects.exists()


def test_explain_shows_every_part() -> None:
    vacancy = make_crowd(make_desk(), 6)
    out = StringIO()
    call_command("match", vacancy.reference, "--top", "1", "--explain", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 2 + 8
    assert sum(int(line.split()[1]) for line in lines[2:]) == int(lines[1].split()[1])


@pytest.mark.parametrize("name", ["OL-999999", "boh", "5cbb0f6e-0000-4000-8000-000000000000"])
def test_an_unknown_vacancy_is_an_error(name: str) -> None:
    with pytest.raises(CommandError):
        call_command("match", name)
