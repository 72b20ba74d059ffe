"""Conversations of the desk with people, by the way in which they were held."""

from dataclasses import replace
from typing import Final

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import ContactChannel
from candidates.models import Contact
from reports.indicators.events import Events, Window, person_rows
from reports.indicators.outcomes import PERIOD, REGISTER, RESIDENTS
from reports.rules import Indicator, Section, Unit

AFAR: Final = (ContactChannel.PHONE, ContactChannel.VIDEO, ContactChannel.EMAIL)
"""Ways in which few may be held: they shall not hide how many were held in person."""


def conversations(window: Window) -> Events:
    """Each time that the desk and a person spoke or wrote to each other, whoever began."""
    return person_rows(Contact, "happened_on", window, unit="pk", outcome=F("channel"))


_CONVERSATIONS = Indicator(
    key="conversations",
    section=Section.TAKING_IN_CHARGE,
    label=_("Colloqui e contatti"),
    english="Conversations with people",
    unit=Unit.COUNT,
    polarity=0,
    definition=_(
        "Volte in cui nel semestre lo sportello e una persona si sono parlati o scritti, chiunque abbia cominciato. Una persona può averne "
        "più d'uno. Contano quelli annotati dallo sportello; gli appuntamenti si contano a parte."
    ),
    numerator="conversations",
    numerator_text=_("Colloqui e contatti annotati nel semestre"),
    population=RESIDENTS,
    reference=PERIOD,
    source=REGISTER,
    first_version=4,
    adds_up=True,
)


def _held(channel: ContactChannel, label: Promise, english: str, counted: Promise) -> Indicator:
    """The share of one way, of all conversations: the four make up a hundred."""
    return replace(
        _CONVERSATIONS,
        key=f"conversations_{channel}_rate",
        label=label,
        english=english,
        unit=Unit.PERCENT,
        definition=_("Colloqui e contatti tenuti in questo modo, ogni 100 annotati nel semestre."),
        numerator=f"conversations.step:{channel}" if channel in AFAR else f"conversations.{channel}",
        numerator_text=counted,
        denominator="conversations",
        denominator_text=_("Colloqui e contatti annotati nel semestre"),
        adds_up=False,
    )


CONVERSATIONS = (
    _CONVERSATIONS,
    _held(
        ContactChannel.IN_PERSON,
        _("Colloqui di persona"),
        "Conversations in person",
        _("Colloqui tenuti di persona"),
    ),
    _held(
        ContactChannel.PHONE,
        _("Contatti al telefono"),
        "Conversations by phone",
        _("Contatti avuti al telefono"),
    ),
    _held(
        ContactChannel.VIDEO,
        _("Colloqui in videochiamata"),
        "Conversations by video call",
        _("Colloqui tenuti in videochiamata"),
    ),
    _held(
        ContactChannel.EMAIL,
        _("Contatti per e-mail"),
        "Conversations by e-mail",
        _("Contatti avuti per e-mail"),
    ),
)
