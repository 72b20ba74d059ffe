"""The print of a pact: what both signed and nothing else, archivable and accessible, the same bytes each time."""

import hashlib

import pytest

from candidates.enums import SignatureWay
from candidates.models import Candidate, ServicePact
from candidates.render.pact import pact_context, print_pact_page
from candidates.services import plan
from candidates.services.signing import print_pact, sign_pact
from tests.support.pacts import BY, a_case, a_draft, frozen, sign_both
from tests.support.pdf import failures, text_of

pytestmark = pytest.mark.django_db

DRAWING = "M40 150L60 40L90 160L120 60L150 150M200 100L260 90L330 120"


def drawn() -> ServicePact:
    pact = a_draft(a_case(), commitments="Corso di sicurezza", expires_on=None)
    plan.plan_action(pact=pact, text="Aggiornare il curriculum", due_on=pact.created_at.date(), by=BY)
    return sign_pact(pact=frozen(pact), how=SignatureWay.DRAWN, drawing=DRAWING, by=BY)


def test_the_print_keeps_both_profiles_and_says_what_was_signed() -> None:
    pact = drawn()
    printed = print_pact_page(pact)
    assert failures(printed.pdf) == []
    text = text_of(printed.pdf)
    for said in (
        str(pact.case.candidate),
        "Esperienza di magazzino",
        "Tre candidature alla settimana",
        "Ogni 15 giorni",
        "Aggiornare il curriculum",
        "Nessuna dichiarazione",
        "Firma disegnata davanti all'operatore",
    ):
        assert said in text
    assert printed.pages in (1, 2)


def test_the_same_pact_gives_the_same_bytes_whatever_happens_to_the_file_afterwards() -> None:
    pact = drawn()
    before = print_pact_page(pact).pdf
    Candidate.objects.update(first_name="Altra", last_name="Persona")
    assert print_pact_page(ServicePact.objects.get()).pdf == before


def test_the_kept_file_is_the_one_of_its_hash() -> None:
    pact = print_pact(pact=sign_both(a_draft(a_case())), by=BY)
    with pact.pdf.open("rb") as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == pact.pdf_sha256
    assert "pact" not in str(pact.pdf.name).rsplit("/", 1)[-1]


def test_a_pact_frozen_before_a_fact_was_kept_is_printed_without_it() -> None:
    pact = ServicePact(snapshot={"kind": "local"})
    context = pact_context(pact)
    assert (context["status"], context["birth_date"], context["actions"], context["rules"]) == ("", None, [], [])
