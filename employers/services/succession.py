"""A company takes the place of another. The people who applied are told in `matching.services.succession`."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import ForeignObjectRel
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.enums import ClosingReason, Fate, SuccessionKind
from employers.models import Company, CompanySuccession, CompanyVisit, DeclaredInterest, TargetCompany
from employers.queries.succession import fate, open_advice, relations, rows_of
from employers.services.closing import shut_company
from employers.services.company import NotAllowed, lock_companies
from employers.services.interest import require_impartial
from employers.services.messages import tell_company
from employers.services.target import move_target
from employers.states import TARGET_TRANSITIONS, CompanyState, TargetState
from sportello.accounts.models import Invitation
from sportello.accounts.scope import Scope
from sportello.accounts.services.membership import pass_memberships, revoke_invitation
from sportello.core import audit
from sportello.core.notify import MessageKind, register

COMPANY_SUCCEEDED = register(
    MessageKind(
        "company_succeeded",
        "employers/messages/company_succeeded_subject.txt",
        "employers/messages/company_succeeded_body.txt",
        purpose=gettext_lazy("Dire alle due imprese che una ha preso il posto dell'altra, e che cosa passa"),
    )
)
TWO_REQUESTS = gettext_lazy("Tutte e due hanno una richiesta aperta al Punto Parità: prima chiudine una.")


class SuccessionRefused(Exception):
    """The two cannot be one as they stand; `words` tell the operator what to settle first."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))
        self.words = words


@audit.service("company.succeed")
def succeed_company(
    *, company: Company, successor: Company, kind: str, since: date, motive: str, by: Scope
) -> CompanySuccession:
    """Let `successor` take the place of `company`, which closes for good; both are approved, both are told.

    `kind` is a SuccessionKind. What passes and what stays is in `queries.succession.FATES`. Vacancies go to the successor's desk.
    Raises NotAllowed (a day to come, no motive, one of them not approved), SuccessionRefused, ConflictOfInterest.
    """
    for one in (company, successor):
        require_impartial(one.pk, by=by)
    if kind not in SuccessionKind or since > timezone.localdate() or not motive.strip() or company.pk == successor.pk:
        raise NotAllowed
    locked = lock_companies(company, successor)
    company, successor = locked[company.pk], locked[successor.pk]
    if {company.state, successor.state} != {CompanyState.APPROVED}:
        raise NotAllowed
    if len(open_advice(company, successor)) > 1:
        raise SuccessionRefused(TWO_REQUESTS)
    _pass_vacancies(company, successor)
    _pass_rows(company, successor, kind)
    open_advice(company).update(company=successor)
    _carry_interests(company, successor)
    _drop_target(company, successor, by)
    _settle_people(company, successor, kind, by)
    company = shut_company(company, ClosingReason(kind), since, note=motive.strip(), by=by)
    succession = CompanySuccession.objects.create(
        company=company,
        successor=successor,
        kind=kind,
        since=since,
        motive=motive.strip(),
        actor_id=by.actor_id,
        actor_label=by.actor_label,
    )
    for one in (company, successor):
        tell_company(COMPANY_SUCCEEDED, one, reverse("home"), by, succession=succession)
    return succession


def _pass_vacancies(company: Company, successor: Company) -> None:
    """All of them, those that are over too: of each there is one employer to ask. Whoever writes in one is waited for."""
    held = list(company.vacancies.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    company.vacancies.filter(pk__in=held).update(company=successor, desk=successor.desk)


def _pass_rows(company: Company, successor: Company, kind: str) -> None:
    for name, relation in relations():
        if fate(name, kind) is Fate.PASSES:
            rows_of(relation, company).update(**{relation.field.name: _owner(relation, successor)})
        elif fate(name, kind) is Fate.FITS:
            _pass_what_fits(relation, company, successor)


def _settle_people(company: Company, successor: Company, kind: str, by: Scope) -> None:
    """Nobody new enters the old company; of one company all go on in the record that stays, as do the visits of before it had one."""
    if kind == SuccessionKind.DUPLICATE:
        CompanyVisit.objects.filter(target__company=company).update(company=successor, target=None)
        pass_memberships(left=company.organisation, joined=successor.organisation, by=by)
    for invitation in Invitation.objects.filter(organisation=company.organisation_id).order_by("pk"):
        revoke_invitation(invitation=invitation, by=by)


def _owner(relation: ForeignObjectRel, company: Company) -> object:
    return company if relation.model is Company else company.organisation


def _pass_what_fits(relation: ForeignObjectRel, company: Company, successor: Company) -> None:
    for pk in rows_of(relation, company).order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                relation.related_model._base_manager.filter(pk=pk).update(
                    **{relation.field.name: _owner(relation, successor)}
                )
        except IntegrityError:
            # The kept record says it already: this one stays where it was written.
            continue


def _carry_interests(company: Company, successor: Company) -> None:
    """Whoever may not decide for the one may not for the other. The old tie stays: what is left of the old company is not theirs
    to decide either."""
    tied = set(successor.declared_interests.filter(ended_at__isnull=True).values_list("user", flat=True))
    for tie in company.declared_interests.filter(ended_at__isnull=True).exclude(user__in=tied).order_by("pk"):
        DeclaredInterest.objects.create(
            user_id=tie.user_id,
            company=successor,
            motive=tie.motive,
            declared_by_id=tie.declared_by_id,
            declared_at=tie.declared_at,
        )


def _drop_target(company: Company, successor: Company, by: Scope) -> None:
    for target in TargetCompany.objects.filter(company=company):
        if TargetState.DROPPED in TARGET_TRANSITIONS[TargetState(target.state)]:
            note = _("Ora è %(company)s") % {"company": successor}
            move_target(target=target, to=TargetState.DROPPED, note=note, by=by)
