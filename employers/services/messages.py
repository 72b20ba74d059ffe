"""What the desk writes to companies about their registration and their vacancies."""

from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.models import Company, Vacancy
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.accounts.services.address import LINK_AGE, address_token
from sportello.core.notify import MessageKind, notify, register

COMPANY_DECISION = register(
    MessageKind(
        "company_decision",
        "employers/messages/company_decision_subject.txt",
        "employers/messages/company_decision_body.txt",
        purpose=_("Dire all'impresa l'esito della registrazione"),
    )
)
COMPANY_CLOSED = register(
    MessageKind(
        "company_closed",
        "employers/messages/company_closed_subject.txt",
        "employers/messages/company_closed_body.txt",
        purpose=_("Dire all'impresa che il servizio per lei è chiuso, o di nuovo aperto"),
    )
)
VACANCY_DECISION = register(
    MessageKind(
        "vacancy_decision",
        "employers/messages/vacancy_decision_subject.txt",
        "employers/messages/vacancy_decision_body.txt",
        purpose=_("Dire all'impresa l'esito della lettura di un'offerta"),
    )
)
COMPANY_RECEIPT = register(
    MessageKind(
        "company_receipt",
        "employers/messages/company_receipt_subject.txt",
        "employers/messages/company_receipt_body.txt",
        purpose=_("Confermare la registrazione di un'impresa e l'indirizzo di chi l'ha fatta"),
        opens_a_door=True,
    )
)
COMPANY_KNOWN = register(
    MessageKind(
        "company_known",
        "employers/messages/company_known_subject.txt",
        "employers/messages/company_known_body.txt",
        purpose=_("Dire a chi è già registrato come entrare"),
    )
)
VACANCY_REFRESH = register(
    MessageKind(
        "vacancy_refresh",
        "employers/messages/vacancy_refresh_subject.txt",
        "employers/messages/vacancy_refresh_body.txt",
        purpose=_("Chiedere all'impresa se un'offerta vale ancora"),
    )
)
VACANCY_EXPIRED = register(
    MessageKind(
        "vacancy_expired",
        "employers/messages/vacancy_expired_subject.txt",
        "employers/messages/vacancy_expired_body.txt",
        purpose=_("Dire all'impresa che un'offerta è scaduta e come rimetterla in bacheca"),
    )
)


def send_company_receipt(*, company: Company, user: User, by: Scope) -> None:
    """E-mail the link that proves the address of who registered the company and lets them in."""
    path = reverse("company_confirm_address", kwargs={"token": address_token(user)})
    until = timezone.now() + LINK_AGE
    tell_company(COMPANY_RECEIPT, company, path, by, until=until, first_name=user.first_name)


def send_company_known(*, to: str, company: Company | None, by: Scope) -> None:
    """Tell who is on file, once a day, that a registration was tried: of their `company`, else with their address."""
    notify(
        COMPANY_KNOWN,
        to=to,
        language=settings.LANGUAGE_CODE,
        context={
            "company": company,
            "login": settings.SITE_URL + reverse("account_login"),
            "reset": settings.SITE_URL + reverse("account_reset_password"),
        },
        dedupe_key=f"company-known-{company.pk if company else sha256(to.encode()).hexdigest()}-{timezone.localdate()}",
        by=by,
    )


def send_company_decision(*, company: Company, by: Scope) -> None:
    """Tell the contact person that the company may publish, or why not."""
    tell_company(COMPANY_DECISION, company, reverse("company_vacancies"), by)


def send_company_closed(*, company: Company, by: Scope) -> None:
    """Tell the contact person that the company is closed, since when and why; or, when it is not, that it is open again."""
    tell_company(COMPANY_CLOSED, company, reverse("territory:desk_detail", kwargs={"slug": company.desk.slug}), by)


def send_vacancy_refresh(*, vacancy: Vacancy, by: Scope) -> None:
    """Ask the contact person whether a vacancy is still open, once for each end it was given."""
    path = reverse("vacancy_manage", kwargs={"vacancy": vacancy.pk})
    key = f"vacancy_refresh:{vacancy.pk}:{vacancy.expires_on}"
    tell_company(VACANCY_REFRESH, vacancy.company, path, by, dedupe_key=key, vacancy=vacancy)


def send_vacancy_expired(*, vacancy: Vacancy, by: Scope) -> None:
    """Tell the contact person that a vacancy left the board, once for each end it reached."""
    path = reverse("vacancy_manage", kwargs={"vacancy": vacancy.pk})
    key = f"vacancy_expired:{vacancy.pk}:{vacancy.expires_on}"
    tell_company(VACANCY_EXPIRED, vacancy.company, path, by, dedupe_key=key, vacancy=vacancy)


def send_vacancy_decision(*, vacancy: Vacancy, by: Scope) -> None:
    """Tell the contact person that a vacancy is public, or what to correct."""
    path = reverse("vacancy_manage", kwargs={"vacancy": vacancy.pk})
    tell_company(VACANCY_DECISION, vacancy.company, path, by, vacancy=vacancy)


def tell_company(
    kind: MessageKind, company: Company, path: str, by: Scope, *, dedupe_key: str | None = None, **context: object
) -> None:
    """Write to the contact person, where there is an address; templates find `company` and `url` beside `context`."""
    # One that came from a register may have no address: the desk calls it.
    if company.contact_email:
        notify(
            kind,
            to=company.contact_email,
            language=settings.LANGUAGE_CODE,
            context={"company": company, "url": settings.SITE_URL + path, **context},
            dedupe_key=dedupe_key,
            by=by,
        )
