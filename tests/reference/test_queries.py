"""Everyday requests find their occupation."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sportello.reference.engine.stem import stem
from sportello.reference.engine.words import FUNCTION_WORDS, REQUEST_WORDS, words
from sportello.reference.enums import LabelKind, TaxonomySource
from sportello.reference.models import (
    Occupation,
    OccupationLabel,
    OccupationSkill,
    Skill,
    SkillLabel,
    TaxonomyVersion,
)
from sportello.reference.queries import (
    find_occupations,
    occupation_linker,
    proposed_skills,
    skill_linker,
)

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


def test_both_genders_of_every_job_mean_the_same_job() -> None:
    linker = occupation_linker()
    apart = [
        (job.label_masculine, job.label_feminine)
        for job in Occupation.objects.order_by("code")
        if linker.link(job.label_masculine, limit=1)[0].concept != linker.link(job.label_feminine, limit=1)[0].concept
    ]
    assert apart == []


@pytest.mark.parametrize("kind", [LabelKind.PREFERRED, LabelKind.EVERYDAY])
def test_every_name_of_one_job_alone_finds_it_first(kind: LabelKind) -> None:
    linker = occupation_linker()
    labels = OccupationLabel.objects.filter(language="it").select_related("occupation").order_by("search_key", "pk")
    read = {label: " ".join(stem(word) for word in words(label.text) if word not in FUNCTION_WORDS) for label in labels}
    owners = Counter(key for key, _job in {(key, label.occupation_id) for label, key in read.items()})
    asked = [label for label, key in read.items() if label.kind == kind and owners[key] == 1]
    wrong = [
        (label.text, found[0].concept.code if found else None)
        for label in asked
        if not (found := linker.link(label.text, limit=1)) or found[0].concept != label.occupation
    ]
    assert wrong == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.sampled_from(sorted(REQUESTS)),
    st.lists(st.sampled_from(sorted(REQUEST_WORDS)), max_size=3),
    st.lists(st.sampled_from(["part time", "full time", "urgente", "con esperienza", "subito"]), max_size=2),
)
def test_words_of_a_request_do_not_change_the_job(text: str, before: list[str], after: list[str]) -> None:
    assert find_occupations(" ".join([*before, "come", text, *after]))[0].occupation.code == REQUESTS[text]


def test_the_linker_is_kept_until_a_load_changes_the_vocabulary() -> None:
    kept = occupation_linker()
    assert occupation_linker() is kept
    assert find_occupations("xyzzy") == []
    tailor = Occupation.objects.get(code="tailor")
    OccupationLabel.objects.create(occupation=tailor, kind=LabelKind.EVERYDAY, text="xyzzy", search_key="xyzzy")
    tailor.version.save()  # as every load does
    assert occupation_linker() is not kept
    assert [match.occupation for match in find_occupations("xyzzy")] == [tailor]


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
    assert skill_linker().propose(text, limit=1)[0].concept.code == code


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
