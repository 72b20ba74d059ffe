"""Accounts: who may enter, and in which body with which role."""

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sportello.accounts.enums import KeyScope, Part, Role, part_of
from sportello.core import audit
from sportello.core.catalogue import Basis, Processing, classified, declare
from sportello.core.db import Model
from sportello.territory.models import Desk, Organisation

ACCESS = Processing(
    purpose="Far entrare chi ha diritto, e solo lui",
    basis=Basis.PUBLIC_TASK,
    retention="finché l'account esiste",
    readers=("self", Role.ADMINISTRATOR),
)

INVITATION_DAYS = 14
"""Days an invitation stays good: long enough for a fortnight's leave, short enough for a mailbox that changes hands."""


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """New account; the e-mail is stored in lower case."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


@audit.tracked(exclude=("password", "last_login"))
@classified(
    ACCESS,
    contact="email",
    identity="first_name last_name",
    secret="password",
    technical="is_active last_login date_joined language uses_shortcuts",
)
class User(AbstractBaseUser, Model):
    """A person who signs in with an e-mail address."""

    email = models.EmailField(_("Indirizzo e-mail"), unique=True)
    first_name = models.CharField(_("Nome"), max_length=100, blank=True)
    last_name = models.CharField(_("Cognome"), max_length=100, blank=True)
    language = models.CharField(max_length=2, default="it")
    uses_shortcuts = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self) -> "MembershipQuerySet":
        """Memberships that open doors now."""
        return self.filter(ended_at__isnull=True, organisation__is_active=True, user__is_active=True)


@audit.tracked()
@classified(
    ACCESS,
    identity="user",
    organisation="organisation role desks is_admin decides started_at ended_at",
)
class Membership(Model):
    """A person's role in a body; `desks` limits an operator to the desks they serve."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=15, choices=[(r.value, r.label) for r in Role if r != Role.CITIZEN])
    desks = models.ManyToManyField(Desk, related_name="memberships", blank=True)
    is_admin = models.BooleanField(default=False)
    decides = models.BooleanField(default=False, help_text="For a company: its administrators decide in any case")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ended_at__isnull=True),
                name="one_open_membership_per_role",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="membership_ends_after_it_starts",
            ),
        ]

    @property
    def part(self) -> Part:
        """How far the person acts for the body, where that is a company."""
        return part_of(is_admin=self.is_admin, decides=self.decides)


def _invitation_expiry() -> Any:
    return timezone.now() + timedelta(days=INVITATION_DAYS)


@audit.tracked(exclude=("token",))
@classified(
    ACCESS,
    contact="email",
    secret="token",
    organisation="organisation role desks is_admin decides invited_by created_at expires_at accepted_at revoked_at",
)
class Invitation(Model):
    """An e-mailed door into a body; the token opens once and until the expiry."""

    email = models.EmailField()
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=15, choices=Membership._meta.get_field("role").choices)
    desks = models.ManyToManyField(Desk, blank=True, related_name="+")
    is_admin = models.BooleanField(default=False)
    decides = models.BooleanField(default=False)
    token = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=_invitation_expiry)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "organisation", "role"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_open_invitation_per_role",
            )
        ]

    @property
    def part(self) -> Part:
        """How far the person will act for the body, where that is a company."""
        return part_of(is_admin=self.is_admin, decides=self.decides)

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def in_force(self) -> "ApiKeyQuerySet":
        """Keys that open now."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now(), organisation__is_active=True)


@audit.tracked(exclude=("digest", "last_used_at"))
@classified(
    ACCESS,
    identity="created_by",
    secret="digest",
    organisation="organisation name scopes created_at expires_at revoked_at",
    technical="prefix last_used_at",
)
class ApiKey(Model):
    """A key with which a body's own program enters. The secret is shown once and kept as its digest; `prefix` tells keys apart."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(_("Nome del programma"), max_length=60)
    prefix = models.CharField(max_length=8, unique=True)
    # Of 256 random bits: no dictionary can be tried on it, so a fast digest is enough.
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20, choices=KeyScope.choices))
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="key_opens_something"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="key_expires_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


# Tables that packages bring.
declare("auth.Group", ACCESS, technical="name permissions")
declare("auth.Permission", ACCESS, technical="name content_type codename")
declare("contenttypes.ContentType", ACCESS, technical="app_label model")
declare("sessions.Session", ACCESS, secret="session_key session_data", technical="expire_date")
declare("account.EmailAddress", ACCESS, identity="user", contact="email", technical="verified primary")
declare("account.EmailConfirmation", ACCESS, technical="email_address created sent", secret="key")
declare("mfa.Authenticator", ACCESS, identity="user", technical="type created_at last_used_at", secret="data")
declare(
    "usersessions.UserSession",
    ACCESS,
    identity="user",
    contact="ip",
    technical="created_at last_seen_at user_agent data",
    secret="session_key",
)
declare("pghistory.Context", ACCESS, technical="created_at updated_at metadata")
