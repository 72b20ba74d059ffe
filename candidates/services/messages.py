"""What the registration writes to people."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from candidates.models import (
    Appointment,
    Candidate,
    InboundMessage,
    Intake,
    PrivacyNotice,
    RegistrationDraft,
    ServicePact,
)
from candidates.queries.registration import contact_days
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.accounts.services.address import LINK_AGE, address_token
from sportello.core.notify import MessageKind, notify, register

RESUME = register(
    MessageKind(
        "registration_resume",
        "candidates/messages/resume_subject.txt",
        "candidates/messages/resume_body.txt",
        purpose="Riprendere la registrazione cominciata",
        opens_a_door=True,
    )
)
RECEIPT = register(
    MessageKind(
        "registration_receipt",
        "candidates/messages/receipt_subject.txt",
        "candidates/messages/receipt_body.txt",
        purpose="Dare la ricevuta della registrazione",
    )
)
ACCOUNT_KNOWN = register(
    MessageKind(
        "account_known",
        "candidates/messages/known_subject.txt",
        "candidates/messages/known_body.txt",
        purpose="Dire a chi è già registrato come entrare",
    )
)
DOOR = register(
    MessageKind(
        "account_door",
        "candidates/messages/door_subject.txt",
        "candidates/messages/door_body.txt",
        purpose="Aprire la pagina personale a chi si è registrato allo sportello",
        opens_a_door=True,
    )
)
APPOINTMENT_BOOKED = register(
    MessageKind(
        "appointment_booked",
        "candidates/messages/booked_subject.txt",
        "candidates/messages/booked_body.txt",
        purpose="Dire alla persona quando e dove è il suo appuntamento",
    )
)
APPOINTMENT_MOVED = register(
    MessageKind(
        "appointment_moved",
        "candidates/messages/moved_subject.txt",
        "candidates/messages/booked_body.txt",
        purpose="Dire alla persona quando e dove è il suo appuntamento, se cambia",
    )
)
APPOINTMENT_REVOKED = register(
    MessageKind(
        "appointment_revoked",
        "candidates/messages/revoked_subject.txt",
        "candidates/messages/revoked_body.txt",
        purpose="Dire alla persona che il suo appuntamento è annullato",
    )
)
PACT_SIGNED = register(
    MessageKind(
        "pact_signed",
        "candidates/messages/pact_subject.txt",
        "candidates/messages/pact_body.txt",
        purpose="Dire alla persona che il suo patto di servizio è firmato e dove rileggerlo",
    )
)
MAIL_RECEIVED = register(
    MessageKind(
        "mail_received",
        "candidates/messages/mail_received_subject.txt",
        "candidates/messages/mail_received_body.txt",
        purpose="Dire a chi ci scrive che il messaggio è arrivato e come usiamo i suoi dati",
    )
)

DOOR_SALT = "candidates.door"


def send_resume_message(*, draft: RegistrationDraft, token: str, language: str) -> None:
    """E-mail the link that resumes the draft."""
    url = settings.SITE_URL + reverse("registration_resume", kwargs={"token": token})
    notify(RESUME, to=draft.email, language=language, context={"url": url, "expires_at": draft.expires_at})


def send_receipt(*, intake: Intake, by: Scope) -> None:
    """E-mail the receipt, once, to a person who left an address; who has just opened an account also proves the address."""
    candidate = intake.candidate
    if not candidate.email:
        return
    unproved = EmailAddress.objects.filter(user=candidate.user_id, verified=False).exists()
    context: dict[str, object] = {
        "contact_days": contact_days(),
        "intake": intake,
        "candidate": candidate,
        "url": settings.SITE_URL,
        "unproved": unproved,
    }
    if candidate.user and unproved:
        context["url"] = _link("confirm_address", address_token(candidate.user))
        context["until"] = timezone.now() + LINK_AGE
    notify(
        RECEIPT,
        to=candidate.email,
        language=candidate.language,
        context=context,
        subject_id=candidate.pk,
        dedupe_key=f"receipt-{intake.pk}",
        by=by,
    )


def send_account_known(*, user: User, language: str, day: str, by: Scope) -> None:
    """Tell the owner of an account that a registration was tried with their data; once a day."""
    notify(
        ACCOUNT_KNOWN,
        to=user.email,
        language=language,
        context={
            "login": settings.SITE_URL + reverse("account_login"),
            "reset": settings.SITE_URL + reverse("account_reset_password"),
            "registered": Candidate.objects.filter(user=user).exists(),
        },
        dedupe_key=f"known-{user.pk}-{day}",
        by=by,
    )


def send_door(*, candidate: Candidate, by: Scope, day: str = "") -> None:
    """E-mail the link that opens the person's own account; with a `day`, once that day."""
    notify(
        DOOR,
        to=candidate.email,
        language=candidate.language,
        context={
            "candidate": candidate,
            "url": _link("account_door", signing.dumps(door_key(candidate), salt=DOOR_SALT)),
            "until": timezone.now() + LINK_AGE,
        },
        subject_id=candidate.pk,
        dedupe_key=f"door-{candidate.pk}-{day}" if day else None,
        by=by,
    )


def tell_of_appointment(*, appointment: Appointment, kind: MessageKind, by: Scope) -> None:
    """Write to a person who left an address; the others hear it by telephone."""
    person = appointment.candidate
    if person.email:
        notify(
            kind,
            to=person.email,
            language=person.language,
            context={
                "appointment": appointment,
                "person": person,
                "desk": appointment.desk,
                "url": settings.SITE_URL + reverse("home") if person.user_id else "",
            },
            subject_id=person.pk,
            by=by,
        )


def tell_of_pact(*, pact: ServicePact, by: Scope) -> None:
    """Write, once, that the pact is signed to a person who left an address; what was agreed stays in the portal, behind the link."""
    person = pact.case.candidate
    if person.email:
        notify(
            PACT_SIGNED,
            to=person.email,
            language=person.language,
            context={
                "person": person,
                "pact": pact,
                "desk": pact.case.desk,
                "url": settings.SITE_URL + reverse("my_pact") if person.user_id else "",
            },
            subject_id=person.pk,
            dedupe_key=f"pact-{pact.pk}",
            by=by,
        )


def answer_mail(*, message: InboundMessage, once: str, by: Scope) -> None:
    """Tell who wrote that the letter is here, with the information on personal data; once for each key `once`.

    Nothing of what they wrote is repeated: an automatic answer must not carry a stranger's words to a stranger.
    """
    today = timezone.localdate()
    notify(
        MAIL_RECEIVED,
        to=message.sender_address,
        language=settings.LANGUAGE_CODE,
        context={
            "desk": message.desk,
            "notice": PrivacyNotice.objects.in_force(today),
            "privacy": settings.SITE_URL + reverse("privacy"),
            "registration": settings.SITE_URL + reverse("registration_start"),
        },
        dedupe_key=once,
        by=by,
    )


def door_key(candidate: Candidate) -> str:
    """Whom a door lets in, and a trace of the address it was sent to: a changed address closes it."""
    return f"{candidate.pk} {salted_hmac(DOOR_SALT, candidate.email).hexdigest()}"


def _link(name: str, token: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, kwargs={'token': token})}"
