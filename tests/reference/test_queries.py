"""Everyday requests find their occupation."""

import pytest

from sportello.reference.enums import LabelKind, TaxonomySource
from sportello.reference.models import Occupation, OccupationSkill, Skill, SkillLabel, TaxonomyVersion
from sportello.reference.queries import find_occupations, find_skills, proposed_skills

pytestmark = pytest.mark.usefixtures("vocabulary")

REQUESTS = {
    "muratore": "bricklayer",
    "MURATRICE": "bricklayer",
    "muratori": "bricklayer",
    "donna delle pulizie": "building-cleaner",
    "pulizie uffici milano": "building-cleaner",
    "badante": "home-care-aide",
    "cerco lavoro come badante convivente": "home-care-aide",
    "mulettista": "forklift-operator",
    "cameriera part time": "waiter-waitress",
    "magaziniere": "warehouse-worker",
    "eletricista": "building-electrician",
    "commessa": "shop-assistant",
    "parucchiera": "hairdresser",
    "bidella": "school-caretaker",
    "OSS": "healthcare-assistant",
    "asa": "residential-home-older-adult-care-worker",
    "colf": "domestic-cleaner",
    "baby sitter": "babysitter",
    "camionista": "cargo-vehicle-driver",
    "autista patente C": "cargo-vehicle-driver",
    "impiegata amministrativa": "administrative-assistant",
    "segretaria": "secretary",
    "saldatore tig": "welder",
    "tornitore cnc": "computer-numerical-control-machine-operator",
    "vigile urbano": "police-officer",
    "guardia giurata": "security-guard",
    "giardiniere": "landscape-gardener",
    "imbianchino": "construction-painter",
    "programmatore java": "software-developer",
    "aiuto cuoco": "kitchen-assistant",
    "addetta mensa": "food-service-worker",
    "cassiera supermercato": "cashier",
    "postino": "postman-postwoman",
    "sarta": "tailor",
    "educatrice asilo nido": "child-day-care-worker",
    "buste paga": "payroll-clerk",
    "call center": "call-centre-agent",
    "operaio generico": "factory-hand",
    "infermiera": "nurse-responsible-for-general-care",
    "idraulica": "plumber",
}


@pytest.mark.parametrize(("text", "code"), REQUESTS.items())
def test_an_everyday_request_finds_its_occupation_first(text: str, code: str) -> None:
    assert find_occupations(text)[0].occupation.code == code


@pytest.mark.parametrize("text", ["xyzzy qwerty", "cerco qualsiasi lavoro"])
def test_no_safe_proposal_is_an_empty_list(text: str) -> None:
    assert find_occupations(text) == []


def test_the_search_is_one_query_and_respects_its_limit(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = find_occupations("operaio", limit=3)
    assert len(found) == 3
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def test_an_empty_request_asks_the_database_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert find_occupations("  ") == []


def test_a_retired_occupation_is_not_proposed() -> None:
    bricklayer = Occupation.objects.get(code="bricklayer")
    bricklayer.retired_in = bricklayer.version
    bricklayer.save()
    bricklayer.version.save()  # as every load does
    assert "bricklayer" not in [match.occupation.code for match in find_occupations("muratore")]


@pytest.mark.parametrize(
    ("text", "code"),
    [("muletto", "operate-forklift"), ("haccp", "haccp"), ("saldatura tig", "perform-tig-welding")],
)
def test_skills_are_found_by_everyday_words(text: str, code: str) -> None:
    assert find_skills(text)[0].code == code


def test_skills_of_an_occupation_are_proposed_in_italian_essential_first(django_assert_num_queries: object) -> None:
    occupation = Occupation.objects.get(code="forklift-operator")
    version = TaxonomyVersion.objects.create(source=TaxonomySource.ESCO, version="9.9")
    for name, language in (("foreign", "en"), ("nostrana", "it")):
        skill = Skill.objects.create(code=name, uri=f"urn:{name}", kind="skill", label=name, version=version)
        SkillLabel.objects.create(skill=skill, kind=LabelKind.PREFERRED, language=language, text=name, search_key=name)
        OccupationSkill.objects.create(
            occupation=occupation, skill=skill, relation="essential", source=TaxonomySource.ESCO
        )
    with django_assert_num_queries(1):  # type: ignore[operator]
        proposals = proposed_skills(occupation.pk)
    assert [(p.skill.code, p.essential) for p in proposals] == [
        ("load-and-unload-vehicles", True),
        ("operate-forklift", True),
        ("forklift-operator-certificate", True),
        ("health-and-safety-regulations", True),
        ("store-warehouse-goods", True),
        ("operate-reach-trucks", False),
        ("work-in-shifts", False),
        ("palletise-goods", False),
        ("receive-goods", False),
        ("use-barcode-scanning-equipment", False),
        ("nostrana", True),
    ]
