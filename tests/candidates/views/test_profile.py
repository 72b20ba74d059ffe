"""A person's profile, changed by themself or by the operator."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from candidates.enums import SkillSource
from candidates.forms.profile import TITLES
from candidates.models import Candidate, DesiredOccupation, SkillStatement
from candidates.views.profile import address_of, my_address
from sportello.core.models import AccessLogEntry
from sportello.reference.models import ContractType, EducationLevel, Occupation, Skill
from tests.support.personas import make_candidate, make_case, make_operator, make_user, signed_in
from tests.support.profile import fill_profile
from tests.support.queries import queries_of
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.usefixtures("vocabulary")

CONTACTS = {"residence": "segrate", "phone": "333 1234567", "email": "nuova@example.org", "language": "en"}


@pytest.fixture(params=["citizen", "operator"])
def who(request: pytest.FixtureRequest) -> tuple[Client, Candidate, dict[str, Any]]:
    """The person's browser or their operator's, the person, and what the addresses need to name them."""
    make_municipality(name="Segrate")
    user, desk = make_user(), make_desk()
    operator = make_operator(desk)
    person = make_case(desk, candidate=make_candidate(user=user), operator=operator).candidate
    if request.param == "citizen":
        return signed_in(user), person, {}
    return signed_in(operator), person, {"candidate": person.pk}


def address(act: str, named: dict[str, Any], part: str = "") -> str:
    parts = {"part": part} if part else {}
    return address_of(named["candidate"])(act, **parts) if named else my_address(act, **parts)


Who = tuple[Client, Candidate, dict[str, Any]]


def test_contacts_are_changed_and_the_domicile_can_differ(who: Who) -> None:
    client, person, named = who
    milano = make_municipality(name="Milano")
    url = address("edit", named, "contatti")
    assert str(person.residence.name) in client.get(url).content.decode()
    answer = client.post(url, {**CONTACTS, "domicile": "Milano"})
    assert answer.url == address("show", named)  # type: ignore[attr-defined]
    person.refresh_from_db()
    assert (person.residence.name, person.domicile, person.email, person.language) == (
        "Segrate",
        milano,
        "nuova@example.org",
        "en",
    )
    assert client.post(url, {**CONTACTS, "residence": "nessun posto"}).status_code == 422


def test_permit_is_asked_of_whom_it_concerns(who: Who) -> None:
    client, person, named = who
    url = address("edit", named, "contatti")
    assert b"work_permit_until" not in client.get(url).content
    Candidate.objects.filter(pk=person.pk).update(citizenship="XX")
    assert b"work_permit_until" in client.get(url).content
    permit = {"work_permit_until_day": "1", "work_permit_until_month": "9", "work_permit_until_year": "2027"}
    client.post(url, {**CONTACTS, **permit})
    person.profile.refresh_from_db()
    assert str(person.profile.work_permit_until) == "2027-09-01"


def test_wishes_are_changed_with_the_years_of_each(who: Who) -> None:
    client, person, named = who
    bricklayer, carer = (Occupation.objects.get(code=code) for code in ("bricklayer", "home-care-aide"))
    DesiredOccupation.objects.create(candidate=person, occupation=bricklayer, years=4)
    url = address("edit", named, "lavoro")
    typed = {
        "employment_situation": "employed",
        "wanted": "badante",
        "occupations": [str(bricklayer.pk)],
        "hours_wanted": "part_time",
        "max_travel_km": "7",
        "contract_types": [str(ContractType.objects.get(code="PERMANENT").pk)],
    }
    found = client.post(url, {**typed, "search": "1"})
    assert found.status_code == 200
    assert str(carer.pk) in found.content.decode()
    assert 'value="7"' in found.content.decode()
    both = {"occupations": [str(bricklayer.pk), str(carer.pk)], f"years_{bricklayer.pk}": "5", f"years_{carer.pk}": "2"}
    assert client.post(url, {**typed, **both}).status_code == 302
    person.refresh_from_db()
    wishes = person.desired_occupations.order_by("position").values_list("occupation", "years")
    assert list(wishes) == [(bricklayer.pk, 5), (carer.pk, 2)]
    assert (person.employment_situation, person.profile.max_travel_km) == ("employed", 7)
    assert [c.code for c in person.profile.contract_types.all()] == ["PERMANENT"]
    assert client.post(url, {**typed, "occupations": []}).status_code == 422


def test_skills_are_ticked_and_others_found_by_their_words(who: Who) -> None:
    client, person, named = who
    kept, dropped = Skill.objects.filter(code__in=["accounting", "achieve-sales-targets"]).order_by("code")
    SkillStatement.objects.create(candidate=person, skill=kept, source=SkillSource.CERTIFICATE)
    SkillStatement.objects.create(candidate=person, skill=dropped)
    url = address("edit", named, "capacita")
    page = client.get(url).content.decode()
    assert all(str(row.pk) in page for row in (kept, dropped))
    wanted = Skill.objects.get(code="accompany-people")
    found = client.post(url, {"skills": [str(kept.pk)], "other": "compagnia", "search": "1"})
    assert (found.status_code, str(wanted.pk) in found.content.decode()) == (200, True)
    answer = client.post(url, {"skills": [str(kept.pk), str(wanted.pk)], "other": "compagnia"})
    assert answer.status_code == 302
    assert set(person.skill_statements.values_list("skill", "source")) == {
        (kept.pk, "certificate"),
        (wanted.pk, "self"),
    }


def test_the_week_is_ticked_and_kept(who: Who) -> None:
    client, person, named = who
    url = address("edit", named, "orari")
    assert client.post(url, {"windows": ["1-morning", "7-night"]}).status_code == 302
    page = client.get(url).content.decode()
    assert page.count(" checked") == 2
    assert set(person.availability.values_list("weekday", "band")) == {(1, "morning"), (7, "night")}
    assert client.post(url, {"windows": ["1-mai"]}).status_code == 422
    assert "Lunedì: mattina" in client.get(address("show", named)).content.decode()


def test_own_words_and_the_title_are_changed(who: Who) -> None:
    client, person, named = who
    assert (
        client.post(address("edit", named, "chi-sono"), {"birth_place": "Dakar", "about": "Cucino."}).status_code == 302
    )
    level = EducationLevel.objects.get(code="bachelor")
    assert client.post(address("edit", named, "titolo"), {"education_level": str(level.pk)}).status_code == 302
    person = Candidate.objects.select_related("profile").get(pk=person.pk)
    assert (person.birth_place, person.profile.about, person.profile.education_level) == ("Dakar", "Cucino.", level)
    page = client.get(address("show", named)).content.decode()
    assert all(text in page for text in ("Dakar", "Cucino.", "Laurea triennale"))


def test_the_profile_says_what_is_missing_and_where_to_write_it(who: Who) -> None:
    client, person, named = who
    context = client.get(address("show", named)).context
    assert [url for url, _ in context["missing"]] == [
        address("edit", named, "lavoro"),
        address("add", named, "esperienza"),
        address("edit", named, "titolo"),
        address("edit", named, "capacita"),
        address("add", named, "lingua"),
        address("edit", named, "orari"),
        address("edit", named, "chi-sono"),
    ]
    fill_profile(person, rows=1)
    context = client.get(address("show", named)).context
    assert [str(label) for _, label in context["missing"]] == ["il titolo di studio", "qualcosa su di te"]


def test_confirming_dates_the_profile(who: Who) -> None:
    client, person, named = who
    Candidate.objects.update(confirmed_at="2025-01-01T10:00Z")
    assert "1 gennaio 2025" in client.get(address("show", named)).content.decode()
    client.post(address("confirm", named))
    person.refresh_from_db()
    assert timezone.localdate(person.confirmed_at) == timezone.localdate()


def test_pages_stay_within_ten_queries(who: Who) -> None:
    client, person, named = who
    fill_profile(person, rows=3)
    for url in (address("show", named), *(address("edit", named, part) for part in TITLES)):
        with queries_of() as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= 10, (url, queries)
    assert client.get(address("edit", named, "altro")).status_code == 404


def test_another_desks_person_cannot_be_changed() -> None:
    person = make_case(make_desk()).candidate
    client = signed_in(make_operator(make_desk()))
    for part in TITLES:
        assert client.post(address("edit", {"candidate": person.pk}, part), CONTACTS).status_code == 404
    assert client.post(address("confirm", {"candidate": person.pk})).status_code == 404
    assert not AccessLogEntry.objects.exists()
