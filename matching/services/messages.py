"""What the matching writes to people and to companies."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from employers.models import CompanySuccession
from matching.models import Placement, Referral
from sportello.accounts.scope import Scope
from sportello.core.notify import MessageKind, notify, register

CONSENT_QUESTION = register(
    MessageKind(
        "referral_consent",
        "matching/messages/consent_subject.txt",
        "matching/messages/consent_body.txt",
        purpose=_("Chiedere alla persona se mostrare il suo profilo a un'impresa"),
    )
)
CONSENT_RECORDED = register(
    MessageKind(
        "referral_consent_recorded",
        "matching/messages/recorded_subject.txt",
        "matching/messages/recorded_body.txt",
        purpose=_("Confermare alla persona il sì che ha dato a voce, e dirle come ritirarlo"),
    )
)
REFERRAL_SENT = register(
    MessageKind(
        "referral_sent",
        "matching/messages/sent_subject.txt",
        "matching/messages/sent_body.txt",
        purpose=_("Avvisare l'impresa di una nuova candidatura"),
    )
)
REFERRAL_NEWS = register(
    MessageKind(
        "referral_news",
        "matching/messages/news_subject.txt",
        "matching/messages/news_body.txt",
        purpose=_("Dire alla persona come va la sua candidatura"),
    )
)
EMPLOYER_CHANGED = register(
    MessageKind(
        "employer_changed",
        "matching/messages/employer_subject.txt",
        "matching/messages/employer_body.txt",
        purpose=_("Dire alla persona che un'altra impresa ha preso il posto di quella a cui si è candidata"),
    )
)
PLACEMENT_REJECTED = register(
    MessageKind(
        "placement_rejected",
        "matching/messages/rejected_subject.txt",
        "matching/messages/rejected_body.txt",
        purpose=_("Dire all'impresa che un'assunzione non è confermata, e perché"),
    )
)


def ask_consent(*, referral: Referral, by: Scope) -> None:
    """Put the question to a person who left an address; the others hear it from the operator."""
    _to_person(CONSENT_QUESTION, referral, reverse("answer_referral", kwargs={"referral": referral.pk}), by)


def confirm_consent(*, referral: Referral, by: Scope) -> None:
    """The yes that the desk wrote down for the person, and how to take it back."""
    _to_person(CONSENT_RECORDED, referral, reverse("answer_referral", kwargs={"referral": referral.pk}), by)


def tell_company(*, referral: Referral, by: Scope) -> None:
    """A new application waits; the name is not in the mail but behind the sign-in."""
    _to_company(REFERRAL_SENT, referral, reverse("vacancy_pipeline", kwargs={"vacancy": referral.vacancy_id}), by)


def tell_company_of_rejection(*, referral: Referral, placement: Placement, by: Scope) -> None:
    """The desk does not confirm the hire: why, and where to declare it corrected."""
    path = reverse("application", kwargs={"referral": referral.pk})
    _to_company(PLACEMENT_REJECTED, referral, path, by, placement=placement)


def tell_person(*, referral: Referral, by: Scope) -> None:
    """The application took a step, with the company's words for the person."""
    _to_person(REFERRAL_NEWS, referral, reverse("my_applications"), by)


def tell_new_employer(*, referral: Referral, succession: CompanySuccession, by: Scope) -> None:
    """Who employs there now, and whether their name is asked for anew."""
    path = reverse("answer_referral", kwargs={"referral": referral.pk})
    _to_person(EMPLOYER_CHANGED, referral, path, by, succession=succession)


def _to_company(kind: MessageKind, referral: Referral, path: str, by: Scope, **context: object) -> None:
    company = referral.vacancy.company
    # One that came from a register may have no address: the desk calls it.
    if company.contact_email:
        notify(
            kind,
            to=company.contact_email,
            language=settings.LANGUAGE_CODE,
            context={"referral": referral, "vacancy": referral.vacancy, "url": settings.SITE_URL + path, **context},
            subject_id=referral.candidate_id,
            by=by,
        )


def _to_person(kind: MessageKind, referral: Referral, path: str, by: Scope, **context: object) -> None:
    person = referral.candidate
    if person.email:
        notify(
            kind,
            to=person.email,
            language=person.language,
            context={
                "referral": referral,
                "vacancy": referral.vacancy,
                "person": person,
                "url": settings.SITE_URL + path,
                **context,
            },
            subject_id=person.pk,
            by=by,
        )
