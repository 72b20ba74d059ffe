"""The wording check in the life of a vacancy: what was found, why it stays, who accepted it."""

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from employers.enums import RemarkLevel, WordedField
from employers.models import Vacancy, VacancyRemark
from employers.models.remark import LONGEST_WORDS
from employers.rules import wording_findings
from employers.states import EDITABLE, VacancyState
from sportello.accounts.scope import Scope
from sportello.core import audit


class Unlawful(Exception):
    """The ad holds words that the law forbids."""


class Unexplained(Exception):
    """The ad holds words that need a reason and have none."""


class Unconfirmed(Exception):
    """The desk has to say why it accepts the company's reasons."""


class NotExplainable(Exception):
    """The vacancy is not in the company's hands."""


@audit.service("vacancy.check_wording")
def check_vacancy(*, vacancy: Vacancy, by: Scope) -> list[VacancyRemark]:
    """Read the texts again: what is gone is dropped, what is still there keeps its motive but no confirmation."""
    known = {(r.field, r.code, r.words): r for r in vacancy.remarks.all()}
    kept: dict[tuple[str, str, str], VacancyRemark] = {}
    for field in WordedField:
        for found in wording_findings(getattr(vacancy, field.value)):
            key = (field.value, found.code, found.words[:LONGEST_WORDS])
            old = known.get(key)
            kept[key] = VacancyRemark(
                vacancy=vacancy,
                field=field,
                code=found.code,
                level=found.level,
                words=key[2],
                law=found.law,
                alternative=found.alternative,
                explanation=found.explanation,
                motive=old.motive if old else "",
            )
    vacancy.remarks.all().delete()
    return VacancyRemark.objects.bulk_create(kept.values())


@audit.service("vacancy.explain_wording")
def explain_remarks(*, vacancy: Vacancy, motives: Mapping[UUID, str], by: Scope) -> None:
    """Write the company's motive of each soft remark, by its id. Raises NotExplainable."""
    vacancy = Vacancy.objects.select_for_update(of=("self",)).get(pk=vacancy.pk)
    if vacancy.state not in EDITABLE | {VacancyState.EXPIRED}:
        raise NotExplainable
    for remark in vacancy.remarks.filter(pk__in=motives, level=RemarkLevel.SOFT):
        remark.motive = motives[remark.pk].strip()
        remark.save()


def require_lawful(*, vacancy: Vacancy, by: Scope) -> None:
    """Read the texts once more, the lexicon may have grown since. Raises Unlawful, Unexplained."""
    remarks = check_vacancy(vacancy=vacancy, by=by)
    if any(remark.level == RemarkLevel.HARD for remark in remarks):
        raise Unlawful
    if any(not remark.motive for remark in remarks):
        raise Unexplained


def confirm_remarks(*, vacancy: Vacancy, word: str, by: Scope) -> None:
    """Sign what the desk accepts, with its word; nothing to do for an ad without remarks. Raises Unconfirmed."""
    remarks = list(vacancy.remarks.all())
    if remarks and not word.strip():
        raise Unconfirmed
    for remark in remarks:
        remark.confirmation = word.strip()
        remark.confirmed_at = timezone.now()
        remark.confirmed_by_id, remark.confirmed_by_label = by.actor_id, by.actor_label
        remark.save()
