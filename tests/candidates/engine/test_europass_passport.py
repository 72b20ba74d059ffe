"""The curriculum of the years before 2020, in two of its versions."""

from datetime import date

import pytest

from candidates.engine.europass import Curriculum, Job, Spoken, Study
from candidates.engine.europass_passport import read_passport
from candidates.engine.xml import safe_root
from tests.support.curriculum import SPECIMENS

MARIO = Curriculum(
    given_name="Mario",
    family_name="Rossi",
    email="mario@example.org",
    phone=("39", "3337654321"),
    address="Via Verdi 3",
    city="Pioltello",
    jobs=(
        Job(
            "Saldatore", date(2001, 3, 15), date(2010, 2, 28), "Carpenteria Nord", "Saldatura TIG\nLettura del disegno"
        ),
        Job("Capo officina", date(2011, 1, 1), uri="http://data.europa.eu/esco/occupation/x"),
    ),
    studies=(Study("Qualifica di operatore meccanico", "IPSIA Melzo", 1989, 3, "Meccanica"),),
    languages=(Spoken("it", "", "C2", is_native=True), Spoken("en", "", "A2"), Spoken("", "greco antico", "")),
    licences=("B", "BE"),
    skills=("Saldatura TIG", "Disegno meccanico"),
)


def test_version_3_0_is_read_and_the_rest_is_named() -> None:
    root = safe_root((SPECIMENS / "skills-passport-3.0.xml").read_bytes())
    assert root is not None
    reading = read_passport(root)
    assert reading.curriculum == MARIO
    assert [name for name, _ in reading.untaken] == ["Demographics", "Headline", "AchievementList", "WorkExperience"]
    assert reading.untaken[-1] == ("WorkExperience", "Apprendista")


def test_version_3_4_says_something_of_the_person() -> None:
    root = safe_root((SPECIMENS / "skills-passport-3.4.xml").read_bytes())
    assert root is not None
    reading = read_passport(root)
    assert reading.curriculum.about == "Lavoro bene in squadra."
    assert reading.curriculum.skills == ("Saldatura TIG", "Disegno meccanico", "Posta elettronica")
    assert [name for name, _ in reading.untaken] == ["Demographics", "WorkExperience"]


@pytest.mark.parametrize(
    ("written", "phone"),
    [("+39 333 7654321", ("39", "3337654321")), ("0039-02 123", ("", "003902123")), ("", ("", ""))],
)
def test_a_telephone_is_parted_from_its_prefix_where_a_space_says_it(written: str, phone: tuple[str, str]) -> None:
    space = "http://europass.cedefop.europa.eu/Europass"
    person = f"<Identification><Telephone><Contact>{written}</Contact></Telephone></Identification>"
    root = safe_root(f'<SkillsPassport xmlns="{space}"><LearnerInfo>{person}</LearnerInfo></SkillsPassport>'.encode())
    assert root is not None
    assert read_passport(root).curriculum.phone == phone
