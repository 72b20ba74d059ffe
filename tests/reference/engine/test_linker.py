"""Free words find the concepts meant, on names of our own making; whole vocabularies in tests/reference/test_queries.py."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sportello.reference.engine.linker import SAFE, Linker, Name
from sportello.reference.engine.words import REQUEST_WORDS
from sportello.reference.services.esco_archive import find_archive, read_concepts

JOBS = {
    "cook": ["cuoco", "cuoca", "chef di cucina"],
    "helper": ["aiuto cuoco", "aiutante di cucina"],
    "waiter": ["cameriere", "cameriera", "cameriere di sala"],
    "maid": ["cameriera ai piani", "cameriere ai piani"],
    "driver": ["autista di autobus", "conducente di autobus"],
    "advisor": ["consulente del lavoro", "consulente delle risorse umane"],
    "clerk": ["impiegato amministrativo", "impiegata amministrativa", "addetto all'amministrazione"],
    "head": ["responsabile delle vendite", "direttore delle vendite", "direttrice delle vendite"],
    "sitter": ["babysitter"],
    "mason": ["muratore", "muratrice", "operaio edile", "operaia edile"],
    "welder": ["saldatore", "saldatrice"],
}
LINKER = Linker(Name(job, text, float(place == 0)) for job, texts in JOBS.items() for place, text in enumerate(texts))
NAMES = [(job, text) for job, texts in JOBS.items() for text in texts]


def first(text: str) -> str | None:
    """The best concept; None when nothing is safe."""
    found = LINKER.link(text)
    return str(found[0].concept) if found and found[0].score >= SAFE else None


@pytest.mark.parametrize(("job", "text"), NAMES)
def test_a_name_finds_its_own_concept_with_certainty(job: str, text: str) -> None:
    found = LINKER.link(text)[0]
    assert (found.concept, round(found.score, 4)) == (job, 1.0)


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("Cuoche", "cook"),
        ("aiutocuoco", "helper"),
        ("baby sitter", "sitter"),
        ("babysiter", "sitter"),
        ("camereire", "waiter"),
        ("cameriera ai piani", "maid"),
        ("operaio/a edile", "mason"),
        ("imp. amm.va", "clerk"),
        ("resp. vendite", "head"),
        ("vendite, direttrici", "head"),
        ("consulente del lavoro", "advisor"),
        ("cerco lavoro come cuoco", "cook"),
        ("chrco lavro come saldatrice", "welder"),
        ("saldat", "welder"),
    ],
)
def test_requests_of_every_day_find_what_is_meant(text: str, job: str) -> None:
    assert first(text) == job


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "di della e", "cerco lavoro part time", "🎉🎉", "123456", "厨师", "xyzzy qwerty", "…"]
)
def test_what_names_no_job_is_no_safe_proposal(text: str) -> None:
    assert first(text) is None


def test_among_equal_names_the_higher_rank_wins_and_the_answer_is_short() -> None:
    linker = Linker([Name("low", "sarto"), Name("high", "sarta", 1.0), Name("other", "sarto da uomo")])
    assert [link.concept for link in linker.link("sarti")] == ["high", "low", "other"]
    assert [link.concept for link in linker.link("sarti", limit=2)] == ["high", "low"]


def test_what_stays_unexplained_lowers_the_score() -> None:
    scores = [LINKER.link(text)[0].score for text in ("cuoco", "cuoco chimico", "cuoco chimico nucleare")]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_no_name_at_all_is_no_answer() -> None:
    assert Linker[str]([]).link("cuoco") == []
    assert Linker([Name("void", "…"), Name("function", "di")]).link("cuoco di") == []


def test_a_long_text_is_no_burden() -> None:
    assert len(LINKER.link("saldatore " + string.ascii_lowercase * 400)) <= 10


_ANY = st.text(max_size=80) | st.lists(st.sampled_from([text for _, text in NAMES]), max_size=4).map(" ".join)


@given(_ANY, st.integers(1, 30))
def test_every_text_has_an_ordered_answer_between_zero_and_one(text: str, limit: int) -> None:
    found = LINKER.link(text, limit=limit)
    scores = [link.score for link in found]
    assert len(found) <= limit
    assert scores == sorted(scores, reverse=True)
    assert [score for score in scores if not 0 < score <= 1] == []
    assert len({link.concept for link in found}) == len(found)
    assert LINKER.link(text, limit=limit) == found


@given(
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(sorted(REQUEST_WORDS - {"lavoro"})), max_size=3),
    st.lists(st.sampled_from(sorted(REQUEST_WORDS - {"lavoro"})), max_size=3),
)
def test_words_of_a_request_do_not_change_the_answer(
    name: tuple[str, str], before: list[str], after: list[str]
) -> None:
    job, text = name
    assert first(" ".join([*before, text, *after])) == job


@given(st.sampled_from([name for name in NAMES if len(name[1].split()[0]) >= 8]), st.integers(1, 3))
def test_a_letter_lost_in_a_long_word_does_not_change_the_answer(name: tuple[str, str], at: int) -> None:
    job, text = name
    assert first(text[:at] + text[at + 1 :]) == job


def test_every_tenth_job_of_esco_is_found_by_its_own_name(esco_folder: Path) -> None:
    concepts = read_concepts(find_archive(esco_folder), "occupations")
    names = {uri: concept.names["it"] for uri, concept in concepts.items() if "it" in concept.names}
    linker = Linker(Name(uri, text) for uri, (preferred, others) in names.items() for text in (preferred, *others))
    lost = [
        preferred
        for uri, (preferred, _others) in list(names.items())[::10]
        if uri not in [link.concept for link in linker.link(preferred, limit=5)]
    ]
    assert lost == []
