"""What the registration writes to people."""

from collections.abc import Mapping
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from candidates.models import (
    Appointment,
    Candidate,
    Case,
    ContactPreference,
    InboundMessage,
    Intake,
    PrivacyNotice,
    RegistrationDraft,
    Reorientation,
    ServicePact,
)
from candidates.queries.balance import read_balance
from candidates.queries.registration import contact_days
from candidates.rules import after_quiet_hours
from candidates.states import ReorientationState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.accounts.services.address import LINK_AGE, address_token
from sportello.core import sms
from sportello.core.models import Message, MessageChannel
from sportello.core.notify import MessageKind, notify, register
from sportello.reference.rules import parameter

RESUME = register(
    MessageKind(
        "registration_resume",
        "candidates/messages/resume_subject.txt",
        "candidates/messages/resume_body.txt",
        purpose=_("Riprendere la registrazione cominciata"),
        opens_a_door=True,
    )
)
RECEIPT = register(
    MessageKind(
        "registration_receipt",
        "candidates/messages/receipt_subject.txt",
        "candidates/messages/receipt_body.txt",
        purpose=_("Dare la ricevuta della registrazione"),
        sms_template="candidates/messages/receipt_sms.txt",
    )
)
ACCOUNT_KNOWN = register(
    MessageKind(
        "account_known",
        "candidates/messages/known_subject.txt",
        "candidates/messages/known_body.txt",
        purpose=_("Dire a chi è già registrato come entrare"),
    )
)
ACCOUNT_CLOSED = register(
    MessageKind(
        "account_closed",
        "candidates/messages/closed_subject.txt",
        "candidates/messages/closed_body.txt",
        purpose=_("Dire a chi aveva due schede che ora ne ha una, con un solo account"),
    )
)
DOOR = register(
    MessageKind(
        "account_door",
        "candidates/messages/door_subject.txt",
        "candidates/messages/door_body.txt",
        purpose=_("Aprire la pagina personale a chi si è registrato allo sportello"),
        opens_a_door=True,
    )
)
APPOINTMENT_BOOKED = register(
    MessageKind(
        "appointment_booked",
        "candidates/messages/booked_subject.txt",
        "candidates/messages/booked_body.txt",
        purpose=_("Dire alla persona quando e dove è il suo appuntamento"),
        sms_template="candidates/messages/booked_sms.txt",
    )
)
APPOINTMENT_MOVED = register(
    MessageKind(
        "appointment_moved",
        "candidates/messages/moved_subject.txt",
        "candidates/messages/booked_body.txt",
        purpose=_("Dire alla persona quando e dove è il suo appuntamento, se cambia"),
        sms_template="candidates/messages/booked_sms.txt",
    )
)
CONVOCATION = register(
    MessageKind(
        "convocation",
        "candidates/messages/convocation_subject.txt",
        "candidates/messages/convocation_body.txt",
        purpose=_("Convocare la persona a un incontro fissato dallo sportello"),
        sms_template="candidates/messages/booked_sms.txt",
    )
)
APPOINTMENT_REVOKED = register(
    MessageKind(
        "appointment_revoked",
        "candidates/messages/revoked_subject.txt",
        "candidates/messages/revoked_body.txt",
        purpose=_("Dire alla persona che il suo appuntamento è annullato"),
        sms_template="candidates/messages/revoked_sms.txt",
    )
)
PACT_SIGNED = register(
    MessageKind(
        "pact_signed",
        "candidates/messages/pact_subject.txt",
        "candidates/messages/pact_body.txt",
        purpose=_("Dire alla persona che il suo patto di servizio è firmato e dove rileggerlo"),
    )
)
CASE_MOVED = register(
    MessageKind(
        "case_moved",
        "candidates/messages/moved_case_subject.txt",
        "candidates/messages/moved_case_body.txt",
        purpose=_("Dire alla persona quale sportello la segue, dopo la richiesta di cambiare"),
    )
)
CASE_CLOSED = register(
    MessageKind(
        "case_closed",
        "candidates/messages/closed_case_subject.txt",
        "candidates/messages/closed_case_body.txt",
        purpose=_("Dire alla persona che il suo percorso si è chiuso e che cosa è stato fatto"),
    )
)
SIGNING_CODE = register(
    MessageKind(
        "signing_code",
        "candidates/messages/code_subject.txt",
        "candidates/messages/code_body.txt",
        purpose=_("Dare alla persona il codice con cui firma il suo patto di servizio"),
        opens_a_door=True,
        sms_template="candidates/messages/code_sms.txt",
    )
)
MAIL_RECEIVED = register(
    MessageKind(
        "mail_received",
        "candidates/messages/mail_received_subject.txt",
        "candidates/messages/mail_received_body.txt",
        purpose=_("Dire a chi ci scrive che il messaggio è arrivato e come usiamo i suoi dati"),
    )
)

DOOR_SALT = "candidates.door"


def send_resume_message(*, draft: RegistrationDraft, token: str, language: str) -> None:
    """E-mail the link that resumes the draft."""
    url = settings.SITE_URL + reverse("registration_resume", kwargs={"token": token})
    notify(RESUME, to=draft.email, language=language, context={"url": url, "expires_at": draft.expires_at})


def send_receipt(*, intake: Intake, by: Scope) -> None:
    """Write the receipt, once, to a person who left an address, or prefers a short message; a new account also proves the address."""
    candidate = intake.candidate
    prefers = ContactPreference.objects.filter(candidate=candidate, channel=MessageChannel.SMS)
    if candidate.phone and sms.is_on() and prefers.exists():
        short = {"contact_days": contact_days(), "intake": intake}
        tell(candidate, RECEIPT, context=short, dedupe_key=f"receipt-{intake.pk}", by=by)
        return
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


def send_account_closed(*, user: User, kept: Candidate) -> None:
    """Tell the owner of an account that it closes, because another one opens the same record."""
    notify(
        ACCOUNT_CLOSED,
        to=user.email,
        language=user.language,
        context={"login": settings.SITE_URL + reverse("account_login")},
        subject_id=kept.pk,
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


def tell(
    person: Candidate,
    kind: MessageKind,
    *,
    context: Mapping[str, object],
    by: Scope,
    about_id: UUID | None = None,
    dedupe_key: str | None = None,
) -> Message | None:
    """Write to a person in the way and the language they chose; None to whom nothing can be written, or wants no reminders.

    Reminders wait for the end of the quiet hours. Who left neither address nor telephone hears it by voice.
    """
    chosen = ContactPreference.objects.filter(candidate=person).first() or ContactPreference()
    if kind.can_be_paused and chosen.reminders_paused:
        return None
    can_text = bool(kind.sms_template and person.phone and sms.is_on())
    if can_text and (chosen.channel == MessageChannel.SMS or not person.email):
        channel, to = MessageChannel.SMS, person.phone.as_e164
    elif person.email:
        channel, to = MessageChannel.EMAIL, person.email
    else:
        return None
    not_before = None
    if kind.can_be_paused:
        now = timezone.localtime()
        not_before = after_quiet_hours(now, tuple(parameter("quiet_hours", on=now.date()).value))
    return notify(
        kind,
        to=to,
        channel=channel,
        language=person.language,
        context={"person": person, **context},
        subject_id=person.pk,
        about_id=about_id,
        dedupe_key=dedupe_key,
        not_before=not_before,
        by=by,
    )


def tell_of_appointment(
    *, appointment: Appointment, kind: MessageKind, by: Scope, once: str | None = None
) -> Message | None:
    """Write to the person of a meeting; with `once`, no second time with that key. None as `tell`."""
    person = appointment.candidate
    return tell(
        person,
        kind,
        context={
            "appointment": appointment,
            "desk": appointment.desk,
            "url": settings.SITE_URL + reverse("home") if person.user_id else "",
        },
        about_id=appointment.pk if kind.is_wanted else None,
        dedupe_key=once,
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


def tell_of_reorientation(*, request: Reorientation, by: Scope) -> None:
    """Write to the person which desk follows them, once the other desk has answered."""
    context = {
        "accepted": request.state == ReorientationState.ACCEPTED,
        "desk": request.desk if request.state == ReorientationState.ACCEPTED else request.case.desk,
    }
    tell(request.case.candidate, CASE_MOVED, context=context, by=by, dedupe_key=f"moved-{request.pk}")


def tell_of_closing(*, case: Case, by: Scope) -> None:
    """Write to the person that their case has closed, with its balance in plain words."""
    person = case.candidate
    context = {
        "case": case,
        "desk": case.desk,
        "balance": read_balance(case),
        "url": settings.SITE_URL + reverse("my_balance") if person.user_id else "",
    }
    tell(person, CASE_CLOSED, context=context, by=by, dedupe_key=f"closed-{case.pk}")


def send_signing_code(*, pact: ServicePact, code: str, minutes: int, by: Scope) -> Message | None:
    """Write the code to the person in the way they chose. None as `tell`."""
    context = {"code": code, "minutes": minutes, "desk": pact.case.desk}
    return tell(pact.case.candidate, SIGNING_CODE, context=context, by=by)


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
