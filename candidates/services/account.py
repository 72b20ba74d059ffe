"""A person's way into the portal: the account, the proof of the address, the link for who was registered at a desk."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.models import Candidate
from candidates.queries.duplicates import holder_of
from candidates.services.messages import DOOR_SALT, door_key, send_account_known, send_door
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.accounts.services.address import LinkClosed, signed_value
from sportello.core import audit


class AccountExists(Exception):
    """The address has an account: its owner must sign in."""


class NoAddress(Exception):
    """The person has no e-mail address on file, or one that is somebody else's account."""


@audit.service("account.open")
def open_citizen_account(*, email: str, password: str, first_name: str, last_name: str, by: Scope) -> User:
    """New sign-in for a citizen, its address not proved yet. Raises AccountExists."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password, first_name=first_name, last_name=last_name)
    except IntegrityError as error:
        raise AccountExists from error
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    return user


@audit.service("account.invite")
def invite_to_account(*, candidate: Candidate, by: Scope) -> None:
    """E-mail a person registered at a desk the link to their own page. Raises AccountExists, NoAddress."""
    if candidate.user_id:
        raise AccountExists
    if not candidate.email or Candidate.objects.filter(user__email__iexact=candidate.email).exists():
        raise NoAddress
    send_door(candidate=candidate, by=by)


def candidate_by_token(token: str) -> Candidate:
    """Whom the link lets in: still without an account, and with the address it was sent to. Raises LinkClosed."""
    key = signed_value(token, salt=DOOR_SALT)
    found = Candidate.objects.standing().filter(pk=key.split()[0], user__isnull=True).first()
    if found is None or door_key(found) != key:
        raise LinkClosed
    return found


@audit.service("account.enter")
def enter_by_link(*, token: str, by: Scope, password: str = "", user: User | None = None) -> User:
    """Tie the person to an account: `user`, signed in with the same address, else a new one. Raises LinkClosed, AccountExists."""
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate_by_token(token).pk)
    if candidate.user_id or (user and user.email.lower() != candidate.email.lower()):
        raise LinkClosed
    if user is None:
        user = open_citizen_account(
            email=candidate.email,
            password=password,
            first_name=candidate.first_name,
            last_name=candidate.last_name,
            by=by,
        )
        # The link reached the mailbox: the address is proved.
        EmailAddress.objects.filter(user=user).update(verified=True)
    elif Candidate.objects.filter(user=user).exists():
        raise LinkClosed
    candidate.user = user
    candidate.save(update_fields=["user"])
    return user


def write_to_known(*, tax_code: str, email: str, by: Scope) -> None:
    """Somebody registers whom we know: tell the owner of the record, or of the address, how to get in. Once a day."""
    known = holder_of(tax_code)
    day = timezone.localdate().isoformat()
    if known and known.user:
        send_account_known(user=known.user, language=known.language, day=day, by=by)
    elif known and known.email:
        send_door(candidate=known, by=by, day=day)
    elif known is None and (user := User.objects.filter(email__iexact=email, is_active=True).first()):
        send_account_known(user=user, language=user.language, day=day, by=by)
