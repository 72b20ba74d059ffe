"""Curricula as Hypothesis draws them, in the normal form that the data promises, and the specimens on file."""

from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from candidates.engine.europass import CATEGORIES, ISO3, Curriculum, Job, Spoken, Study
from candidates.engine.europass_terms import is_language_code

SPECIMENS = Path(__file__).parents[1] / "candidates" / "engine" / "specimens"

_letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\u2028\u2029")
words = st.text(_letters, min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
maybe = st.just("") | words
paragraphs = st.lists(words, max_size=3).map("\n".join)
days = st.dates(date(1930, 1, 1), date(2030, 12, 31))


@st.composite
def jobs(draw: st.DrawFn, *, paid: bool) -> Job:
    begins, ends = sorted([draw(days), draw(days)])
    return Job(
        title=draw(words),
        begins=begins,
        ends=draw(st.sampled_from([ends, None])),
        employer=draw(maybe),
        description=draw(paragraphs),
        is_paid=paid,
        uri=draw(st.sampled_from(["", "http://data.europa.eu/esco/occupation/x"])),
    )


studies = st.builds(
    Study,
    title=words,
    provider=maybe,
    year=st.none() | st.integers(1930, 2030),
    eqf=st.none() | st.integers(1, 8),
    field=paragraphs,
)
_names = words.filter(lambda name: not is_language_code(name))
_named = st.tuples(st.sampled_from(sorted(ISO3)), st.just("")) | st.tuples(st.just(""), _names)
_levels = st.sampled_from(["", "A1", "A2", "B1", "B2", "C1", "C2"])


@st.composite
def languages(draw: st.DrawFn) -> tuple[Spoken, ...]:
    named = draw(st.lists(_named, unique=True, max_size=5))
    native = draw(st.integers(0, len(named)))
    return tuple(
        Spoken(code, name, "C2" if position < native else draw(_levels), position < native)
        for position, (code, name) in enumerate(named)
    )


curricula = st.builds(
    Curriculum,
    given_name=maybe,
    family_name=maybe,
    email=maybe,
    phone=st.just(("", "")) | st.tuples(st.sampled_from(["39", "221"]), st.from_regex(r"[0-9]{5,10}", fullmatch=True)),
    address=maybe,
    city=maybe,
    about=paragraphs,
    jobs=st.tuples(st.lists(jobs(paid=True), max_size=3), st.lists(jobs(paid=False), max_size=3)).map(
        lambda pair: (*pair[0], *pair[1])
    ),
    studies=st.lists(studies, max_size=3).map(tuple),
    languages=languages(),
    licences=st.sets(st.sampled_from(CATEGORIES)).map(lambda told: tuple(c for c in CATEGORIES if c in told)),
    skills=st.lists(words, unique=True, max_size=3).map(tuple),
    cards=st.lists(words, unique=True, max_size=3).map(tuple),
)
