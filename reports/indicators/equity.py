"""Whether groups come equally far: of those who registered six months before, how many of each have worked since.

Citizenship is not compared: the register of figures does not read it.
"""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from reports.indicators.outcomes import AFTER_MONTHS, REGISTER
from reports.rules import GROUPS, Indicator, Section, Unit

_ENGLISH = {
    "f": ("followed_6_by_sex", "women"),
    "m": ("followed_6_by_sex", "men"),
    "young": ("followed_6_by_age", "up to 34"),
    "middle": ("followed_6_by_age", "35 to 54"),
    "older": ("followed_6_by_age", "55 and over"),
}


def _worked(group: str) -> Indicator:
    measure, english = _ENGLISH[group]
    return Indicator(
        key=f"worked_within_6_{group}",
        section=Section.OUTCOMES,
        label=format_lazy("{}: {}", _("Hanno lavorato entro 6 mesi"), GROUPS[group]),
        english=f"Ever worked within 6 months: {english}",
        unit=Unit.PERCENT,
        polarity=1,
        definition=_(
            "Persone di questo gruppo che entro 6 mesi dalla registrazione hanno lavorato almeno un giorno, ogni 100. Conta solo un contratto "
            "verificato e iniziato dopo la registrazione. L'età è quella dell'ultimo giorno del semestre."
        ),
        numerator=f"{measure}.{group}_worked",
        numerator_text=_("Persone che hanno lavorato almeno un giorno"),
        denominator=f"{measure}.{group}_worked+{group}_not_yet",
        denominator_text=_("Persone registrate per cui quei mesi sono finiti nel semestre"),
        population=_("Chi risiedeva in uno dei Comuni del territorio il giorno della registrazione"),
        reference=AFTER_MONTHS,
        source=REGISTER,
        first_version=2,
    )


EQUITY = tuple(_worked(group) for group in GROUPS)
"""Frozen with the others; the editions compare them."""
