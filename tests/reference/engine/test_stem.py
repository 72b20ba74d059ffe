"""One key for the forms of a job's name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sportello.reference.engine.stem import stem

FAMILIES = {
    "direttor": "direttore direttrice direttori direttrici",
    "camerier": "cameriere cameriera camerieri",
    "operai": "operaio operaia operai operaie",
    "cuoc": "cuoco cuoca cuochi cuoche",
    "psicolog": "psicologo psicologa psicologi psicologhe",
    "tecnic": "tecnico tecnica tecnici tecniche",
    "impiegat": "impiegato impiegata impiegati impiegate impiegat",
    "addett": "addetto addetta addetti addette",
    "professor": "professore professoressa professori professoresse",
    "dottor": "dottore dottoressa dottori",
    "student": "studente studentessa studenti",
    "commess": "commesso commessa commessi commesse",
    "elettricist": "elettricista elettricisti elettriciste",
    "pizzaiol": "pizzaiolo pizzaiola pizzaioli pizzaiuolo",
    "supervisor": "supervisore supervisora supervisori",
    "sanitar": "sanitario sanitaria sanitari sanitarie",
    "uffic": "ufficio uffici",
    "puliz": "pulizia pulizie",
    "vigil": "vigile vigili vigilessa",
    "avvocat": "avvocato avvocata avvocatessa avvocati",
    "poet": "poeta poetessa poete",
    "manager": "manager managers",
}


@pytest.mark.parametrize(("key", "forms"), FAMILIES.items())
def test_gender_and_number_fold_into_one_key(key: str, forms: str) -> None:
    assert {stem(form) for form in forms.split()} == {key}


@pytest.mark.parametrize("word", ["oss", "asa", "tig", "zio", "cnc", "3g", "hostess", "steward", "a", "626"])
def test_initials_and_short_words_stay_as_they_are(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [("saldatore", "saldatura"), ("autore", "auto"), ("motore", "moto"), ("operaio", "opera"), ("oste", "hostess")],
)
def test_other_words_keep_other_keys(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(alphabet="abcdefghilmnopqrstuvz0123456789", min_size=1, max_size=30))
def test_a_key_is_never_empty_nor_longer_than_its_word(word: str) -> None:
    assert 0 < len(stem(word)) <= len(word)
