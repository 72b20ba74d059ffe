"""A person shows what they did; who follows them looks at it, nobody else."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from candidates.models import PlannedAction, SearchProof
from candidates.services.plan import close_action, draft_pact
from sportello.accounts.models import User
from tests.support.mail import PDF
from tests.support.personas import make_candidate, make_case, make_operator, make_user, scope, signed_in
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed() -> tuple[User, User, PlannedAction]:
    """A person's account, the operator who follows them, an action of their plan."""
    desk, user = make_desk(), make_user()
    operator = make_operator(desk)
    case = make_case(desk, candidate=make_candidate(desk, user=user), operator=operator)
    pact = draft_pact(case=case, kind="local", responsible=operator, contact_every_days=30, by=scope(operator))
    return user, operator, PlannedAction.objects.create(pact=pact, text="Due curriculum", due_on=date(2026, 6, 1))


def address(action: PlannedAction) -> str:
    return reverse("my_action", kwargs={"action": action.pk})


def test_a_person_tells_and_the_operator_reads(agreed: tuple[User, User, PlannedAction]) -> None:
    user, operator, action = agreed
    file = SimpleUploadedFile("lettera.pdf", PDF, "application/pdf")
    assert signed_in(user).post(address(action), {"text": "Mandati il 3 marzo", "file": file}).status_code == 302
    proof = SearchProof.objects.get()
    staff = signed_in(operator)
    page = staff.get(reverse("close_action", kwargs={"action": action.pk})).content.decode()
    assert ("Mandati il 3 marzo" in page, f"/operatore/prove/{proof.pk}/" in page) == (True, True)
    handed = staff.get(reverse("proof_file", kwargs={"proof": proof.pk}))
    assert (handed["Content-Type"], handed["Content-Disposition"].split(";")[0]) == ("application/pdf", "attachment")
    assert b"".join(handed) == PDF
    assert b"".join(signed_in(user).get(reverse("my_proof_file", kwargs={"proof": proof.pk}))) == PDF


def test_an_empty_proof_says_what_is_missing(agreed: tuple[User, User, PlannedAction]) -> None:
    response = signed_in(agreed[0]).post(address(agreed[2]), {"text": " "})
    assert (response.status_code, response.context["form"].errors) == (
        422,
        {"text": ["Scrivi che cosa hai fatto, o aggiungi un documento."]},
    )


def test_another_kind_of_file_is_refused_and_the_words_stay(agreed: tuple[User, User, PlannedAction]) -> None:
    file = SimpleUploadedFile("lettera.pdf", b"MZ\x90\x00 not a pdf", "application/pdf")
    response = signed_in(agreed[0]).post(address(agreed[2]), {"text": "Mandati", "file": file})
    assert list(response.context["form"].errors) == ["file"]
    assert "Mandati</textarea>" in response.content.decode()
    assert not SearchProof.objects.exists()


def test_a_closed_action_takes_no_more(agreed: tuple[User, User, PlannedAction]) -> None:
    user, operator, action = agreed
    close_action(action=action, state="done", by=scope(operator))
    page = signed_in(user).post(address(action), {"text": "Ancora"}, follow=True).content.decode()
    assert "Questa azione è già chiusa: non serve altro." in page
    assert not SearchProof.objects.exists()


def test_nobody_else_finds_it(agreed: tuple[User, User, PlannedAction]) -> None:
    stranger = make_user()
    make_candidate(make_desk(), user=stranger)
    proof = SearchProof.objects.create(action=agreed[2], file=SimpleUploadedFile("x.pdf", PDF))
    assert signed_in(stranger).get(address(agreed[2])).status_code == 404
    assert signed_in(stranger).get(reverse("my_proof_file", kwargs={"proof": proof.pk})).status_code == 404
    assert signed_in(make_operator()).get(reverse("proof_file", kwargs={"proof": proof.pk})).status_code == 404
