"""A tender's premium: its bidders, the confirmation that freezes each verdict, the print."""

import hashlib
from datetime import datetime
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from employers.models import Company, PremiumAward, TenderCriterion
from employers.render.tender import checks_of, print_check_page
from employers.states import CompanyState
from sportello.accounts.scope import Scope
from sportello.core import audit, jobs
from sportello.territory.models import Organisation

PRINT = "employers.tasks.print_tender_check"


class CigTaken(Exception):
    """The body has a tender of this CIG already."""


class AlreadyBids(Exception):
    """A bidder of this VAT number stands in the list."""


class NameNeeded(Exception):
    """No company of the register has this VAT number: the official writes its name."""


class Confirmed(Exception):
    """The check is confirmed: nothing of it changes."""


class TooEarly(Exception):
    """The time for the bids is not over: a certificate may still begin or end."""


class NobodyBids(Exception):
    """There is no bidder to check."""


@audit.service("tender.open")
def open_tender(
    *, organisation: Organisation, name: str, cig: str, deadline: datetime, points: Decimal, by: Scope
) -> TenderCriterion:
    """Write down a tender of the official's body. Raises CigTaken."""
    try:
        with transaction.atomic():
            return TenderCriterion.objects.create(
                organisation=organisation,
                name=name,
                cig=cig,
                deadline=deadline,
                points=points,
                created_by_id=by.user_id,
            )
    except IntegrityError as error:
        raise CigTaken from error


@audit.service("tender.bidder.add")
def add_bidder(*, tender: TenderCriterion, vat_number: str, name: str, by: Scope) -> PremiumAward:
    """One more bidder; a company of the register is named as it is there. Raises AlreadyBids, NameNeeded, Confirmed."""
    tender = _lock_open(tender)
    known = (
        Company.objects.exclude(state=CompanyState.REJECTED)
        .select_related("organisation")
        .filter(vat_number=vat_number)
        .first()
    )
    name = known.organisation.name if known else name.strip()
    if not name:
        raise NameNeeded
    try:
        with transaction.atomic():
            return PremiumAward.objects.create(tender=tender, vat_number=vat_number, name=name)
    except IntegrityError as error:
        raise AlreadyBids from error


@audit.service("tender.bidder.remove")
def remove_bidder(*, award: PremiumAward, by: Scope) -> None:
    """Take a bidder off the list. Raises Confirmed."""
    _lock_open(award.tender)
    PremiumAward.objects.filter(pk=award.pk).delete()


@audit.service("tender.confirm")
def confirm_tender(*, tender: TenderCriterion, by: Scope) -> TenderCriterion:
    """Freeze each bidder's verdict with its evidence, and ask for the print. Raises Confirmed, TooEarly, NobodyBids."""
    tender = _lock_open(tender)
    if not tender.is_due:
        raise TooEarly
    return freeze_checks(tender=tender, by=by)


def freeze_checks(*, tender: TenderCriterion, by: Scope) -> TenderCriterion:
    """Write each verdict of a tender that is over with its evidence, and ask for the print; inside a recorded transaction.

    Raises NobodyBids.
    """
    checks = checks_of(tender)
    if not checks:
        raise NobodyBids
    for check in checks:
        award = check.award
        award.standing, award.points, award.evidence = check.standing.value, check.points, check.evidence
        award.save(update_fields=["standing", "points", "evidence"])
    tender.confirmed_by_id, tender.confirmed_at = by.user_id, timezone.now()
    tender.save(update_fields=["confirmed_by", "confirmed_at"])
    jobs.enqueue(PRINT, str(tender.pk), key=str(tender.pk))
    return tender


def print_check(*, tender: TenderCriterion, by: Scope) -> TenderCriterion:
    """Print a confirmed check and keep the file with its hash; printed once."""
    if tender.pdf:
        return tender
    # The papers of a tender speak Italian, whoever asked for them.
    with translation.override("it"):
        printed = print_check_page(tender)
    return _keep_print(tender=tender, pdf=printed.pdf, by=by)


@audit.service("tender.print")
def _keep_print(*, tender: TenderCriterion, pdf: bytes, by: Scope) -> TenderCriterion:
    tender = TenderCriterion.objects.select_for_update(of=("self",)).get(pk=tender.pk)
    if not tender.pdf:  # else another worker was quicker, and the bytes are the same
        tender.pdf_sha256 = hashlib.sha256(pdf).hexdigest()
        tender.pdf.save("check.pdf", ContentFile(pdf), save=False)
        tender.save(update_fields=["pdf", "pdf_sha256"])
    return tender


def _lock_open(tender: TenderCriterion) -> TenderCriterion:
    tender = TenderCriterion.objects.select_for_update(of=("self",)).get(pk=tender.pk)
    if tender.confirmed_at:
        raise Confirmed
    return tender
