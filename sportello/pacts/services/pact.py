"""Founding a pact, admitting and releasing members, agreeing actions."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.text import search_key
from sportello.pacts.enums import MembershipState
from sportello.pacts.models import PactAction, PactMembership, PactPartner, TerritorialPact
from sportello.territory.models import Municipality, Organisation


class AlreadyMember(Exception):
    """The municipality is on its way into the pact, or in it, or was in it on those days."""


class CodeTaken(Exception):
    """Another action already has this intake code, perhaps written otherwise."""


class OutsidePact(Exception):
    """The day lies outside the period of the pact, or before the deed that should permit it."""


class LeavesBeforeJoining(Exception):
    """The exit comes before the accession."""


class NotAMember(Exception):
    """The membership is not in a state that permits the step."""


@audit.service("pact.found")
def found_pact(
    *,
    slug: str,
    kind: str,
    name: str,
    lead: Municipality,
    starts_on: date,
    ends_on: date,
    deed_no: str,
    deed_date: date,
    by: Scope,
    programme: str = "",
) -> TerritorialPact:
    """Open a pact with its lead, who is its first member by the same deed. Raises OutsidePact when the deed comes later."""
    if deed_date > starts_on:
        raise OutsidePact
    pact = TerritorialPact.objects.create(
        slug=slug, kind=kind, name=name, lead=lead, starts_on=starts_on, ends_on=ends_on, programme=programme
    )
    PactMembership.objects.create(
        pact=pact,
        municipality=lead,
        state=MembershipState.SIGNED,
        deed_no=deed_no,
        deed_date=deed_date,
        joined_on=starts_on,
    )
    return pact


@audit.service("pact.invite")
def invite_municipality(*, pact: TerritorialPact, municipality: Municipality, by: Scope) -> PactMembership:
    """Begin an accession: it does not count until signed. Raises AlreadyMember."""
    try:
        with transaction.atomic():
            return PactMembership.objects.create(pact=pact, municipality=municipality)
    except IntegrityError as error:
        raise AlreadyMember from error


@audit.service("pact.sign")
def sign_membership(
    *,
    membership: PactMembership,
    deed_no: str,
    deed_date: date,
    joined_on: date,
    by: Scope,
    deed_file: "UploadedFile[bytes] | None" = None,
) -> PactMembership:
    """The deed is here: the municipality counts from `joined_on`.

    Raises NotAMember, AlreadyMember on overlapping days and OutsidePact.
    """
    membership = PactMembership.objects.select_for_update(of=("self",)).select_related("pact").get(pk=membership.pk)
    if joined_on < deed_date or not membership.pact.starts_on <= joined_on <= membership.pact.ends_on:
        raise OutsidePact
    if membership.state not in (MembershipState.INVITED, MembershipState.DELIBERATED):
        raise NotAMember
    membership.state = MembershipState.SIGNED
    membership.deed_no = deed_no
    membership.deed_date = deed_date
    membership.joined_on = joined_on
    membership.deed_file = deed_file or ""
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError as error:
        raise AlreadyMember from error
    return membership


@audit.service("pact.withdraw")
def withdraw_membership(*, membership: PactMembership, left_on: date, reason: str, by: Scope) -> PactMembership:
    """The municipality leaves; its past days still count.

    Raises NotAMember, also for the lead, who cannot leave, and LeavesBeforeJoining.
    """
    membership = PactMembership.objects.select_for_update(of=("self",)).select_related("pact").get(pk=membership.pk)
    if membership.state != MembershipState.SIGNED or membership.pact.lead_id == membership.municipality_id:
        raise NotAMember
    if membership.joined_on and left_on < membership.joined_on:
        raise LeavesBeforeJoining
    membership.state = MembershipState.WITHDRAWN
    membership.left_on = left_on
    membership.withdrawal_reason = reason
    membership.save()
    return membership


@audit.service("pact.partner")
def add_partner(*, pact: TerritorialPact, organisation: Organisation, role: str, since: date, by: Scope) -> PactPartner:
    """A supporter or contributor beside the pact; named again, its role is corrected."""
    partner, _ = PactPartner.objects.update_or_create(
        pact=pact, organisation=organisation, defaults={"role": role, "since": since}
    )
    return partner


@audit.service("pact.action")
def agree_action(
    *,
    pact: TerritorialPact,
    code: str,
    title: str,
    starts_on: date,
    by: Scope,
    ends_on: date | None = None,
    description: str = "",
) -> PactAction:
    """An agreed action and its intake code; codes that differ by case, accents or signs are the same. Raises CodeTaken."""
    try:
        with transaction.atomic():
            return PactAction.objects.create(
                pact=pact,
                code=code.strip(),
                code_key=search_key(code),
                title=title,
                description=description,
                starts_on=starts_on,
                ends_on=ends_on,
            )
    except IntegrityError as error:
        raise CodeTaken from error
