"""Certificates as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.engine.certificate import Standing, standing_of
from employers.models import CertificateSurveillance, GenderEqualityCertificate
from employers.queries.certificates import as_paper

STANDINGS: dict[Standing, str | Promise] = {
    Standing.VALID: _("Certificato valido"),
    Standing.NOT_VERIFIED: _("Certificato non ancora controllato dallo sportello"),
    Standing.REVOKED: _("Certificato revocato"),
    Standing.EXPIRED: _("Certificato scaduto"),
    Standing.NOT_YET: _("Certificato rilasciato dopo"),
    Standing.REFUSED: _("Documento non accettato dallo sportello"),
    Standing.SELF_DECLARED: _("Solo un'autodichiarazione: non vale"),
    Standing.NONE: _("Nessun certificato nel registro"),
}


@dataclass(frozen=True)
class Shown:
    """A paper with what it is worth today; `missed` are the surveillances that nobody has said to be made."""

    paper: GenderEqualityCertificate
    standing: Standing
    words: str | Promise
    surveillances: tuple[CertificateSurveillance, ...]
    missed: tuple[CertificateSurveillance, ...]
    next_due: CertificateSurveillance | None

    @property
    def is_valid(self) -> bool:
        return self.standing is Standing.VALID


def by_worth(papers: Iterable[GenderEqualityCertificate], *, on: date) -> list[Shown]:
    """All papers of a company, those that are worth most first, and of two alike the newer."""
    standings = list(Standing)
    found = [shown(paper, on=on) for paper in papers]
    return sorted(found, key=lambda one: (standings.index(one.standing), -one.paper.issued_on.toordinal()))


def shown(paper: GenderEqualityCertificate, *, on: date) -> Shown:
    """The paper on the day; reads `paper.surveillances`."""
    standing = standing_of(as_paper(paper), on)
    surveillances = tuple(paper.surveillances.all())
    open_ones = [turn for turn in surveillances if turn.done_on is None]
    return Shown(
        paper,
        standing,
        STANDINGS[standing],
        surveillances,
        missed=tuple(turn for turn in open_ones if turn.due_on < on),
        next_due=next((turn for turn in open_ones if turn.due_on >= on), None),
    )
