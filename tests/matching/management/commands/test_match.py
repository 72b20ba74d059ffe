"""`manage.py match`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from candidates.models import SkillStatement
from matching.models import MatchRun
from matching.services.run import run_match
from sportello.accounts.scope import Scope
from tests.matching.services.test_run import make_crowd
from tests.support.employers import make_company, make_skill, make_vacancy
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


def test_a_person_sees_the_published_vacancies_as_the_vacancies_see_the_person() -> None:
    desk = make_desk()
    vacancy = make_crowd(desk, 6)
    make_vacancy(make_company(desk), hours_kind="part_time")
    make_vacancy(make_company(desk), state="closed")
    everybody = StringIO()
    call_command("match", vacancy.reference, "--json", stdout=everybody)
    (first, *_) = json.loads(everybody.getvalue())["people"]
    out = StringIO()
    call_command("match", "--person", first["candidate"], "--json", stdout=out)
    found = json.loads(out.getvalue())["vacancies"]
    assert len(found) == 2
    assert {"vacancy": vacancy.reference, "score": first["score"], "excluded_by": None} in found
    lines = StringIO()
    call_command("match", "--person", first["candidate"], "--top", "1", stdout=lines)
    assert lines.getvalue().split()[:2] == [str(found[0]["score"]), found[0]["vacancy"]]


@pytest.mark.parametrize("arguments", [[], ["OL-000001", "--person", "x"], ["--person", "x"]])
def test_one_vacancy_or_one_person_must_be_named(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("match", *arguments)


@pytest.mark.parametrize("name", ["OL-999999", "boh", "5cbb0f6e-0000-4000-8000-000000000000"])
def test_an_unknown_vacancy_is_an_error(name: str) -> None:
    with pytest.raises(CommandError):
        call_command("match", name)


def test_a_kept_run_gives_the_same_when_asked_again() -> None:
    vacancy = make_crowd(make_desk(), 6)
    run = run_match(vacancy=vacancy, by=Scope.of_process("tests"))
    SkillStatement.objects.all().delete()
    out = StringIO()
    call_command("match", "--replay", str(run.pk), stdout=out)
    assert out.getvalue() == f"{run.proposals.count()} confermate\n"
    run.proposals.filter(rank=1).update(score=1)
    with pytest.raises(CommandError, match=r"ranks \[1\]"):
        call_command("match", "--replay", str(run.pk))
    make_skill()
    with pytest.raises(CommandError, match="changed since"):
        call_command("match", "--replay", str(run.pk))
    with pytest.raises(CommandError, match="no run"):
        call_command("match", "--replay", str(vacancy.pk))
