"""Writing down the bodies of the portal and their accreditations."""

from datetime import date

from django.db import IntegrityError, transaction

from sportello.core import audit
from sportello.core.text import sort_key
from sportello.territory.enums import ACCREDITED_KINDS, DeskState, OrganisationKind
from sportello.territory.models import Accreditation, Municipality, Organisation


class MunicipalityTaken(Exception):
    """The municipality has its body already: its officials would be parted in two."""


class NameTaken(Exception):
    """A body of the same kind has that name."""


class ManagesDesks(Exception):
    """The body manages desks that are not closed: somebody must answer for them."""


class NotAccreditable(Exception):
    """A body of that kind does not stand in the register."""


class AccreditationWritten(Exception):
    """The same enrolment, with its number and first day, is written down already."""


@audit.service("body.open")
def open_body(
    *,
    kind: str,
    name: str,
    by: audit.Actor,
    municipality: Municipality | None = None,
    email: str = "",
    phone: str = "",
) -> Organisation:
    """A new body, at once active. Raises MunicipalityTaken, NameTaken."""
    _check_name(kind, name)
    held = Organisation.objects.filter(kind=kind, municipality=municipality)
    if kind == OrganisationKind.MUNICIPALITY and held.exists():
        raise MunicipalityTaken
    return Organisation.objects.create(
        kind=kind, name=name, sort_key=sort_key(name), municipality=municipality, email=email, phone=phone
    )


@audit.service("body.change")
def change_body(
    *,
    body: Organisation,
    name: str,
    email: str,
    phone: str,
    is_active: bool,
    by: audit.Actor,
    municipality: Municipality | None = None,
) -> Organisation:
    """Correct a body; its kind stays, and a municipality's body keeps its municipality: roles and sight follow from them.

    A body switched off closes the doors of all its people. Raises NameTaken, ManagesDesks.
    """
    body = Organisation.objects.select_for_update(of=("self",)).get(pk=body.pk)
    _check_name(body.kind, name, but=body)
    if not is_active and body.desks.exclude(state=DeskState.CLOSED).exists():
        raise ManagesDesks
    body.name, body.sort_key = name, sort_key(name)
    body.email, body.phone, body.is_active = email, phone, is_active
    if body.kind != OrganisationKind.MUNICIPALITY:
        body.municipality = municipality
    body.save()
    return body


@audit.service("accreditation.add")
def add_accreditation(
    *,
    body: Organisation,
    kind: str,
    register_no: str,
    status: str,
    valid_from: date,
    by: audit.Actor,
    valid_to: date | None = None,
) -> Accreditation:
    """Write an enrolment in the regional register. Raises NotAccreditable, AccreditationWritten."""
    if body.kind not in ACCREDITED_KINDS:
        raise NotAccreditable
    return _saved(
        Accreditation(
            organisation=body,
            kind=kind,
            register_no=register_no,
            status=status,
            valid_from=valid_from,
            valid_to=valid_to,
        )
    )


@audit.service("accreditation.change")
def change_accreditation(
    *,
    accreditation: Accreditation,
    kind: str,
    register_no: str,
    status: str,
    valid_from: date,
    by: audit.Actor,
    valid_to: date | None = None,
) -> Accreditation:
    """Correct an enrolment, or write how it went on. Raises AccreditationWritten."""
    row = Accreditation.objects.select_for_update(of=("self",)).get(pk=accreditation.pk)
    row.kind, row.register_no, row.status = kind, register_no, status
    row.valid_from, row.valid_to = valid_from, valid_to
    return _saved(row)


def _check_name(kind: str, name: str, *, but: Organisation | None = None) -> None:
    others = Organisation.objects.filter(kind=kind, sort_key=sort_key(name))
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise NameTaken


def _saved(row: Accreditation) -> Accreditation:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise AccreditationWritten from error
    return row
