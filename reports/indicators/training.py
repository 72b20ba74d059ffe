"""The courses that bodies of the territory hold: public facts, since nobody enrols through the portal."""

from dataclasses import replace

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from reports.indicators.events import Events, Window, business_rows
from reports.indicators.outcomes import PERIOD
from reports.rules import Dimension, Indicator, Section, Unit
from sportello.programmes.models import Edition
from sportello.programmes.states import EditionState


def course_editions(window: Window) -> Events:
    """Courses that began, each time that they are held, with their seats. One held online alone is in no municipality."""
    begun = Edition.objects.filter(starts_on__range=window.days).exclude(state=EditionState.CANCELLED)
    return business_rows(begun, "starts_on", "municipality_id", "pk", F("seats"))


_EDITIONS = Indicator(
    key="course_editions",
    section=Section.TRAINING,
    label=_("Corsi cominciati"),
    english="Courses begun",
    unit=Unit.COUNT,
    polarity=0,
    definition=_(
        "Volte in cui un corso del catalogo è cominciato nel semestre, contate dove si tiene. Quelli annullati e quelli solo a distanza "
        "non contano."
    ),
    numerator="course_editions",
    numerator_text=_("Edizioni di un corso cominciate nel semestre"),
    population=_("Corsi che si tengono in uno dei Comuni del territorio"),
    reference=PERIOD,
    source=_("Catalogo dei corsi del portale"),
    first_version=3,
    dimensions=(Dimension.MUNICIPALITY,),
    adds_up=True,
)

TRAINING = (
    _EDITIONS,
    replace(
        _EDITIONS,
        key="course_seats",
        label=_("Posti nei corsi"),
        english="Seats in courses",
        definition=_(
            "Somma dei posti dei corsi cominciati nel semestre. Dice quanti potevano frequentarli, non quanti li hanno frequentati."
        ),
        numerator="course_seats",
        numerator_text=_("Posti dei corsi cominciati nel semestre"),
    ),
)
