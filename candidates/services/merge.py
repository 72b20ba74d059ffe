"""Two records of one person become one, and part again as they were.

What passes is found among the models, not listed: every row that names the absorbed record, of this room or of one above it.
"""

from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import ForeignObjectRel, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import MergeRule
from candidates.models import Candidate, Case, DuplicatePair, Merge, Profile
from candidates.queries.duplicates import LENGTH_OF_A_PERSONS_CODE
from candidates.services.messages import send_account_closed
from candidates.states import DuplicateState
from sportello.accounts.models import Membership
from sportello.accounts.scope import Scope
from sportello.core import audit

FILLED = ("identity_document", "birth_place", "email", "phone", "address", "domicile_id")
"""What the kept record takes of the absorbed one where it says nothing itself; here and below by attribute."""

FILLED_OF_PROFILE = ("education_level_id", "available_from", "work_permit_until", "about")


class MergeRefused(Exception):
    """The two cannot be one as they stand; `words` tell the operator what to settle first."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))
        self.words = words


class AlreadyMerged(Exception):
    """One of the two has been absorbed, or erased, in the meantime."""


class NotUndoable(Exception):
    """The merge is undone already, or a later one stands on it."""


def relations() -> list[ForeignObjectRel]:
    """Every foreign key to a person of every installed model, but those of the history and of the merges themselves."""
    return [
        relation
        for relation in Candidate._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel)
        and (relation.one_to_many or relation.one_to_one)
        and not hasattr(relation.related_model, "pgh_tracked_model")
        and merge_rule(relation.related_model) is not MergeRule.UNTOUCHED
    ]


def merge_rule(model: Any) -> MergeRule:
    """What a model states; a list of Django's own (many to many) lets both be named, any other refuses."""
    by_default = MergeRule.LEFT if model._meta.auto_created else MergeRule.REFUSED
    rule: MergeRule = getattr(model, "merge_rule", by_default)
    return rule


@audit.service("candidate.merge")
def merge_candidates(*, kept: Candidate, absorbed: Candidate, by: Scope, motive: str) -> Merge:
    """Pass all that hangs on `absorbed` to `kept`, fill what `kept` leaves empty, and take `absorbed` out of use.

    Where both say something, the kept record's word stands; of two accounts the absorbed one's is closed and its owner told.
    Raises AlreadyMerged, MergeRefused.
    """
    kept, absorbed = _lock(kept, absorbed)
    if any(one.absorbed_into_id or one.erased_at for one in (kept, absorbed)):
        raise AlreadyMerged
    _refuse_two_people(kept, absorbed)
    writer = _Writer()
    as_it_was = {f.attname: f.value_from_object(absorbed) for f in Candidate._meta.concrete_fields}
    moved = [
        [relation.related_model._meta.label, relation.field.name, ids]
        for relation in relations()
        if (ids := _move(relation, kept, absorbed))
    ]
    added = _join_profiles(writer, kept, absorbed)
    _join_fields(writer, kept, absorbed)
    _close_pair(kept, absorbed, writer, by)
    return Merge.objects.create(
        kept=kept,
        absorbed=absorbed,
        motive=motive,
        merged_by_id=by.user_id,
        record={
            "moved": moved,
            "added": added,
            "changed": writer.changed,
            "absorbed": {name: _plain(value) for name, value in as_it_was.items()},
        },
    )


@audit.service("candidate.undo_merge")
def undo_merge(*, merge: Merge, by: Scope, motive: str) -> Merge:
    """Put every row and value back as it was; what was written since stays with the kept record. Raises NotUndoable.

    A value that somebody has changed since is left as they wrote it.
    """
    kept, absorbed = _lock(merge.kept, merge.absorbed)
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    later = Merge.objects.filter(kept=kept, undone_at__isnull=True, merged_at__gt=merge.merged_at)
    if merge.undone_at or kept.absorbed_into_id or later.exists():
        raise NotUndoable
    try:
        with transaction.atomic():
            for label, field, ids in reversed(merge.record["moved"]):
                rows = apps.get_model(label)._base_manager.filter(pk__in=ids, **{field: kept.pk})
                rows.update(**{field: absorbed.pk})
            for profile, name, ids in merge.record["added"]:
                for found in Profile.objects.filter(pk=profile):
                    getattr(found, name).remove(*ids)
            for change in reversed(merge.record["changed"]):
                _restore(*change)
    except IntegrityError as error:
        raise NotUndoable from error
    # Also where none of its own values goes back: whoever follows changed people follows both.
    Candidate.objects.get(pk=kept.pk).save()
    merge.undone_at, merge.undone_by_id, merge.undo_motive = timezone.now(), by.user_id, motive
    merge.save(update_fields=["undone_at", "undone_by", "undo_motive"])
    return merge


class _Writer:
    """Writes single values and remembers what stood there."""

    def __init__(self) -> None:
        self.changed: list[list[Any]] = []

    def write(self, row: models.Model, **values: Any) -> None:
        """`values` by attribute, "domicile_id" for a key."""
        before = {name: _plain(getattr(row, name)) for name in values}
        after = {name: _plain(value) for name, value in values.items()}
        self.changed.append([row._meta.label, str(row.pk), before, after])
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))


def _plain(value: Any) -> Any:
    """As JSON takes it, to the microsecond: days and moments in ISO 8601, keys and telephone numbers as texts."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _restore(label: str, pk: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    model = apps.get_model(label)
    row = model._base_manager.filter(pk=pk).first()
    fields = {field.attname: field for field in model._meta.concrete_fields if field.attname in before}
    unchanged = [name for name, field in fields.items() if getattr(row, name, None) == field.to_python(after[name])]
    if row is not None and unchanged:
        for name in unchanged:
            setattr(row, name, fields[name].to_python(before[name]))
        row.save(update_fields=unchanged)


def _lock(one: Candidate, other: Candidate) -> tuple[Candidate, Candidate]:
    """Both as they are now. Cases first, as whoever writes in a case does; then people, by id, whoever is merged into whom."""
    people = sorted((one.pk, other.pk))
    list(Case.objects.select_for_update(of=("self",)).filter(candidate__in=people).order_by("pk"))
    locked = {
        person.pk: person
        for person in Candidate.objects.select_for_update(of=("self",)).filter(pk__in=people).order_by("pk")
    }
    return locked[one.pk], locked[other.pk]


def _refuse_two_people(kept: Candidate, absorbed: Candidate) -> None:
    codes = {kept.tax_code, absorbed.tax_code}
    if kept.pk == absorbed.pk or (len(codes) == 2 and all(len(code) == LENGTH_OF_A_PERSONS_CODE for code in codes)):
        raise MergeRefused(_("Le due schede hanno codici fiscali diversi: sono di due persone."))
    staff = Membership.objects.in_force().filter(user=absorbed.user_id)
    if kept.user_id and absorbed.user_id and staff.exists():
        raise MergeRefused(
            _("L'account della scheda da unire è di chi lavora qui: tieni quella scheda, o togli il ruolo.")
        )


def _move(relation: ForeignObjectRel, kept: Candidate, absorbed: Candidate) -> list[str]:
    """Pass the rows of one relation; the ids of those that have passed. Raises MergeRefused."""
    model, name = relation.related_model, relation.field.name
    ids = list(model._base_manager.filter(**{name: absorbed}).order_by("pk").values_list("pk", flat=True))
    if not ids or _pass(model, name, ids, kept):
        return [str(pk) for pk in ids]
    if merge_rule(model) is MergeRule.REFUSED:
        by_default = _("Le due schede hanno dati che si escludono: mettili a posto prima di unirle.")
        raise MergeRefused(getattr(model, "merge_conflict", by_default))
    return [str(pk) for pk in ids if _pass(model, name, [pk], kept)]


def _pass(model: Any, name: str, ids: list[Any], kept: Candidate) -> bool:
    """Whether the database lets these rows name the kept record."""
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=ids).update(**{name: kept})
    except IntegrityError:
        return False
    return True


def _join_profiles(writer: _Writer, kept: Candidate, absorbed: Candidate) -> list[list[Any]]:
    """Fill the kept profile from the one that stayed behind: licences add up, wishes are filled where there are none."""
    profiles = {p.candidate_id: p for p in Profile.objects.filter(candidate__in=(kept, absorbed)).order_by("pk")}
    mine, other = profiles.get(kept.pk), profiles.get(absorbed.pk)
    if mine is None or other is None:
        return []
    _fill(writer, mine, other, FILLED_OF_PROFILE)
    added = []
    for name in ("licences", "contract_types"):
        held, offered = (set(getattr(p, name).values_list("pk", flat=True)) for p in (mine, other))
        gained = sorted(offered - held) if name == "licences" or not held else []
        if gained:
            ends = dict(other.held_licences.values_list("drivinglicence", "expires_on")) if name == "licences" else {}
            for pk in gained:
                getattr(mine, name).add(pk, through_defaults={"expires_on": ends[pk]} if ends else None)
            added.append([str(mine.pk), name, [str(pk) for pk in gained]])
    return added


def _join_fields(writer: _Writer, kept: Candidate, absorbed: Candidate) -> None:
    """The absorbed record lets go of what only one may hold, before the kept one takes it."""
    code, account = absorbed.tax_code, absorbed.user
    takes_code, takes_account = bool(code and not kept.tax_code), bool(account and not kept.user_id)
    gone: dict[str, Any] = {"absorbed_into_id": kept.pk}
    if takes_code:
        gone["tax_code"] = ""
    if takes_account:
        gone["user_id"] = None
    writer.write(absorbed, **gone)
    taken: dict[str, Any] = {}
    if takes_code:
        taken["tax_code"] = code
    if takes_account and account:
        taken["user_id"] = account.pk
    if taken:
        writer.write(kept, **taken)
    if account and not takes_account:
        writer.write(account, is_active=False)
        send_account_closed(user=account, kept=kept)
    _fill(writer, kept, absorbed, FILLED)
    # Also where nothing was filled: whoever follows changed people follows both.
    kept.save()


def _fill(writer: _Writer, mine: models.Model, other: models.Model, names: tuple[str, ...]) -> None:
    values = {name: getattr(other, name) for name in names if not getattr(mine, name) and getattr(other, name)}
    if values:
        writer.write(mine, **values)


def _close_pair(kept: Candidate, absorbed: Candidate, writer: _Writer, by: Scope) -> None:
    both = Q(first=kept, second=absorbed) | Q(first=absorbed, second=kept)
    for pair in DuplicatePair.objects.select_for_update(of=("self",)).filter(both):
        writer.write(pair, state=DuplicateState.SAME.value, decided_at=timezone.now(), decided_by_id=by.user_id)
