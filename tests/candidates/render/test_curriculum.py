"""The curriculum on paper."""

import page
import pytest

from candidates.engine.europass_read import read_europass
from candidates.queries.profile import whole_profile
from candidates.render.curriculum import UNTAKEN, print_curriculum
from tests.support.curriculum import SPECIMENS
from tests.support.pdf import failures, text_of
from tests.support.personas import make_candidate
from tests.support.profile import fill_profile


@pytest.mark.django_db
@pytest.mark.parametrize(("with_contacts", "rows"), [(True, 3), (False, 3), (True, 0)])
def test_a_curriculum_is_printed_for_archives_and_for_everybody(with_contacts: bool, rows: int) -> None:
    person = make_candidate(first_name="Amina", last_name="Diallo", phone="+393331234567", address="Via Po 2")
    fill_profile(person, rows=rows)
    person.profile.about = "Cucino."
    person.profile.save()
    printed = print_curriculum(whole_profile(person), with_contacts=with_contacts)
    assert failures(printed.pdf, archival=page.ValidationProfile.PDF_A_3A) == []
    text = text_of(printed.pdf)
    for told in ("Amina Diallo", "Via Po 2", "333 123 4567", "Cucino."):
        assert (told in text) is with_contacts
    assert ("Lavoro 0, Bar Sport" in text) is (with_contacts and rows > 0)
    assert printed.pages <= 2


@pytest.mark.django_db
def test_jobs_are_printed_the_newest_first_and_expired_licences_not_at_all() -> None:
    person = make_candidate()
    fill_profile(person, rows=2)
    text = text_of(print_curriculum(whole_profile(person), with_contacts=True).pdf)
    assert text.index("Lavoro 1") < text.index("Lavoro 0")
    assert ("Patente 1" in text, "Patente 0" in text) == (True, False)


def test_what_is_not_taken_has_its_name() -> None:
    untaken = {name for path in SPECIMENS.iterdir() for name, _ in read_europass(path.read_bytes()).untaken}
    assert untaken <= set(UNTAKEN)
    assert untaken
