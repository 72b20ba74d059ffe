"""Two records become one, and part again as they were, row by row."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.enums import ContactChannel, MergeRule
from candidates.models import (
    Appointment,
    AvailabilityDeclaration,
    AvailabilityWindow,
    BookingInvitation,
    Candidate,
    Contact,
    ContactPreference,
    DesiredOccupation,
    DisclosureRequest,
    DuplicatePair,
    Education,
    Intake,
    LanguageSkill,
    Merge,
    PersonDocument,
    Profile,
    Question,
    Restriction,
    SkillStatement,
    WorkExperience,
    WorkSpell,
)
from candidates.queries.matching import matching_profiles
from candidates.services.duplicates import say_two_people
from candidates.services.merge import (
    AlreadyMerged,
    MergeRefused,
    NotUndoable,
    merge_candidates,
    merge_rule,
    relations,
    undo_merge,
)
from candidates.states import CaseState, DuplicateState
from matching.models import MatchRun, Override, Proposal
from matching.queries.changes import changed_since, database_moment
from sportello.accounts.enums import Role
from sportello.core.models import Message
from sportello.reference.models import DrivingLicence, EducationLevel, Language, Occupation, Skill
from sportello.territory.models import Desk
from tests.support.employers import make_vacancy
from tests.support.mail import make_inbound
from tests.support.matching import make_placement, make_referral
from tests.support.personas import make_candidate, make_case, make_member, make_operator, make_user, scope
from tests.support.races import while_it_waits
from tests.support.territory import make_desk, make_municipality, make_organisation

ROOMS = ("accounts", "pacts", "candidates", "employers", "matching", "programmes", "reports")

WHEN = date(2026, 3, 9)


class World:
    """A desk with a vacancy, and the builders of what may hang on a person."""

    def __init__(self) -> None:
        self.desk: Desk = make_desk()
        self.operator = make_operator(self.desk)
        self.by = scope(self.operator)
        self.vacancy = make_vacancy()
        self.run = MatchRun.objects.create(
            vacancy=self.vacancy,
            engine_version="1",
            weights={},
            taxonomy="1",
            requirements={},
            considered=1,
            eligible=1,
            actor_label="prova",
        )

    def person(self, **fields: Any) -> Candidate:
        return make_candidate(self.desk, **fields)

    def merged(self, kept: Candidate, absorbed: Candidate) -> Merge:
        return merge_candidates(kept=kept, absorbed=absorbed, motive="stesso documento", by=self.by)


@pytest.fixture
def world(vocabulary: dict[str, int]) -> World:
    return World()


def _appointment(w: World, c: Candidate) -> object:
    starts = timezone.now() + timedelta(days=1 + Appointment.objects.count())
    return Appointment.objects.create(
        candidate=c,
        desk=w.desk,
        residence=c.residence,
        operator=w.operator,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        reason="Incontro",
    )


BUILDERS: dict[str, Callable[[World, Candidate], object]] = {
    "candidates.Candidate.absorbed_into": lambda w, c: w.merged(c, make_candidate(w.desk)),
    "candidates.Appointment.candidate": _appointment,
    "matching.Override.candidate": lambda w, c: Override.objects.create(
        vacancy=w.vacancy,
        candidate=c,
        kind="put_forward",
        reason="talked",
        motive="Ne abbiamo parlato",
        actor_label="p",
    ),
    "candidates.BookingInvitation.candidate": lambda w, c: BookingInvitation.objects.create(
        candidate=c, desk=w.desk, state="withdrawn", closed_at=timezone.now()
    ),
    "candidates.Case.candidate": lambda w, c: make_case(
        w.desk, candidate=c, state=CaseState.CLOSED, closed_on=WHEN, closing="other"
    ),
    "candidates.Contact.candidate": lambda w, c: Contact.objects.create(
        candidate=c,
        desk=w.desk,
        residence=c.residence,
        channel=ContactChannel.PHONE,
        happened_on=WHEN,
        reason="Telefonata",
    ),
    "candidates.DisclosureRequest.candidate": lambda w, c: DisclosureRequest.objects.create(
        candidate=c, organisation=w.vacancy.company.organisation, regarding="una volta"
    ),
    "candidates.DuplicatePair.first": lambda w, c: DuplicatePair.objects.create(
        first=c, second=make_candidate(), ground="name"
    ),
    "candidates.DuplicatePair.second": lambda w, c: DuplicatePair.objects.create(
        first=make_candidate(), second=c, ground="birth"
    ),
    "candidates.Intake.candidate": lambda w, c: Intake.objects.create(
        candidate=c, channel="desk", desk=w.desk, residence=c.residence, received_on=WHEN
    ),
    "candidates.InboundMessage.candidate": lambda w, c: make_inbound(
        candidate=c, state="linked", handled_at=timezone.now()
    ),
    "candidates.ContactPreference.candidate": lambda w, c: ContactPreference.objects.create(candidate=c, channel="sms"),
    "candidates.Profile.candidate": lambda w, c: _fill_profile(c),
    "candidates.DesiredOccupation.candidate": lambda w, c: DesiredOccupation.objects.create(
        candidate=c, occupation=Occupation.objects.order_by("code")[0], years=c.pk.int % 9
    ),
    "candidates.SkillStatement.candidate": lambda w, c: SkillStatement.objects.create(
        candidate=c, skill=Skill.objects.order_by("sort_key", "pk")[0]
    ),
    "candidates.LanguageSkill.candidate": lambda w, c: LanguageSkill.objects.create(
        candidate=c, language=Language.objects.get(code="it"), level="B1"
    ),
    "candidates.Question.candidate": lambda w, c: Question.objects.create(candidate=c, topic="other", text="Quando?"),
    "candidates.AvailabilityWindow.candidate": lambda w, c: AvailabilityWindow.objects.create(
        candidate=c, weekday=1, band="morning"
    ),
    "candidates.Education.candidate": lambda w, c: Education.objects.create(candidate=c, title="Terza media"),
    "candidates.PersonDocument.candidate": lambda w, c: PersonDocument.objects.create(
        candidate=c, kind="cv", name="Curriculum", file="persondocument/x", size=4
    ),
    "candidates.Restriction.candidate": lambda w, c: Restriction.objects.create(
        candidate=c,
        motive="Motivo",
        set_by=w.operator,
        lifted_by=w.operator,
        lifted_at=timezone.now(),
        lift_motive="Non serve più",
    ),
    "candidates.WorkExperience.candidate": lambda w, c: WorkExperience.objects.create(
        candidate=c, title="Muratrice", starts_on=WHEN
    ),
    "candidates.AvailabilityDeclaration.candidate": lambda w, c: AvailabilityDeclaration.objects.create(
        candidate=c, provenance="regional", declared_on=WHEN, desk=w.desk, residence=c.residence
    ),
    "candidates.WorkSpell.candidate": lambda w, c: WorkSpell.objects.create(
        candidate=c, kind="job", starts_on=WHEN, provenance="self"
    ),
    "matching.Proposal.candidate": lambda w, c: Proposal.objects.create(
        run=w.run, candidate=c, rank=Proposal.objects.count() + 1, score=1, parts=[]
    ),
    "matching.Referral.candidate": lambda w, c: make_referral(make_vacancy(), c),
    "matching.Placement.candidate": lambda w, c: make_placement(make_vacancy(), candidate=c),
}
"""Foreign key to a person -> how to make a row of it; the like of two people exclude each other where the rule is LEFT."""


def _fill_profile(candidate: Candidate) -> None:
    profile, _new = Profile.objects.get_or_create(candidate=candidate)
    profile.about = f"Testo di {candidate.pk}"
    profile.education_level = EducationLevel.objects.order_by("pk")[0]
    profile.available_from = WHEN
    profile.save()
    licences = DrivingLicence.objects.order_by("code")
    profile.licences.set([licences[candidate.pk.int % 3], licences[3]])


def rows() -> dict[str, list[Any]]:
    """Every row of every table of people, accounts and work, but the history, the merges themselves and what notes that people changed."""
    quiet = {"candidates.Merge", "matching.ChangedPerson"}
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ROOMS
        and model._meta.managed
        and not hasattr(model, "pgh_tracked_model")
        and model._meta.label not in quiet
    }


def name_of(relation: Any) -> str:
    return f"{relation.related_model._meta.label}.{relation.field.name}"


def test_every_key_to_a_person_is_found_and_tried_here() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is Candidate
        and not hasattr(model, "pgh_tracked_model")
    }
    told = {"candidates.Merge.kept", "candidates.Merge.absorbed"}
    assert {name_of(relation) for relation in relations()} == found - told == set(BUILDERS)


def test_a_model_of_which_only_one_may_be_says_what_becomes_of_two() -> None:
    silent = [
        name_of(relation)
        for relation in relations()
        if any(
            relation.field.name in (getattr(constraint, "fields", ()) or ()) or getattr(constraint, "expressions", ())
            for constraint in relation.related_model._meta.constraints
        )
        and "merge_rule" not in vars(relation.related_model)
    ]
    assert silent == []
    refused = [r.related_model for r in relations() if merge_rule(r.related_model) is MergeRule.REFUSED]
    assert all(hasattr(m, "merge_conflict") for m in refused if "merge_rule" in vars(m))


NAMES = st.sets(st.sampled_from(sorted(BUILDERS)))
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "tax_code": st.sampled_from(["RSSMRA85T10A562S", "12345678901", ""]),
        "email": st.sampled_from(["a@example.org", ""]),
        "phone": st.sampled_from(["+393331234567", ""]),
        "identity_document": st.sampled_from(["CI 1", ""]),
        "birth_place": st.sampled_from(["Lodi", ""]),
    },
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows_of=st.tuples(NAMES, NAMES), fields=st.tuples(FIELDS, FIELDS), accounts=st.sets(st.sampled_from("ab")))
def test_merging_and_parting_leaves_every_table_as_it_was(
    world: World, rows_of: tuple[set[str], set[str]], fields: tuple[Any, Any], accounts: set[str]
) -> None:
    (mine, other), (my_fields, other_fields) = rows_of, fields
    with transaction.atomic():
        if my_fields.get("tax_code") == other_fields.get("tax_code"):
            other_fields = {**other_fields, "tax_code": ""}
        kept = world.person(user=make_user() if "a" in accounts else None, **my_fields)
        absorbed = world.person(user=make_user() if "b" in accounts else None, **other_fields)
        for name in sorted(mine):
            BUILDERS[name](world, kept)
        for name in sorted(other):
            BUILDERS[name](world, absorbed)
        before = rows()
        merge = world.merged(kept, absorbed)
        for relation in relations():
            left = relation.related_model._base_manager.filter(**{relation.field.name: absorbed})
            assert not left.exists() or merge_rule(relation.related_model) is MergeRule.LEFT
        assert not Candidate.objects.visible_to(world.by).filter(pk=absorbed.pk).exists()
        undo_merge(merge=merge, motive="sono sorelle", by=world.by)
        after = rows()
        assert {label for label in before if before[label] != after[label]} == set()
        transaction.set_rollback(True)


def test_what_hangs_on_the_absorbed_record_passes_and_empty_fields_are_filled(world: World) -> None:
    kept = world.person(email="", tax_code="")
    absorbed = world.person(email="mia@example.org", tax_code="RSSMRA85T10A562S", user=make_user())
    account = absorbed.user
    for build in BUILDERS.values():
        build(world, absorbed)
    merge = world.merged(kept, absorbed)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.email, kept.tax_code, kept.user) == ("mia@example.org", "RSSMRA85T10A562S", account)
    assert (absorbed.email, absorbed.tax_code, absorbed.user) == ("mia@example.org", "", None)
    assert absorbed.absorbed_into == kept
    assert (kept.profile.about, kept.profile.licences.count()) == (f"Testo di {absorbed.pk}", 2)
    passed = {f"{label}.{field}" for label, field, _ids in merge.record["moved"]}
    assert passed == set(BUILDERS) - {"candidates.Profile.candidate"}
    assert merge.record["absorbed"]["tax_code"] == "RSSMRA85T10A562S"
    assert (merge.motive, merge.merged_by) == ("stesso documento", world.operator)


def test_the_kept_words_stand_and_licences_add_up(world: World) -> None:
    kept, absorbed = (world.person(address=text, phone="") for text in ("Via Roma 1", "Via Po 2"))
    first, second = DrivingLicence.objects.order_by("code")[:2]
    kept.profile.licences.set([first])
    absorbed.profile.licences.set([first, second])
    for person in (kept, absorbed):
        BUILDERS["candidates.SkillStatement.candidate"](world, person)
    world.merged(kept, absorbed)
    kept.refresh_from_db()
    assert kept.address == "Via Roma 1"
    assert list(kept.profile.licences.order_by("code")) == [first, second]
    assert (kept.skill_statements.count(), absorbed.skill_statements.count()) == (1, 1)


def test_of_two_accounts_one_closes_and_its_owner_is_told(world: World) -> None:
    kept, absorbed = world.person(user=make_user()), world.person(user=make_user(email="doppia@example.org"))
    merge = world.merged(kept, absorbed)
    closed = absorbed.user
    assert closed is not None
    closed.refresh_from_db()
    kept.refresh_from_db()
    assert (closed.is_active, kept.user.is_active) == (False, True)  # type: ignore[union-attr]
    assert [(m.kind, m.recipient) for m in Message.objects.all()] == [("account_closed", "doppia@example.org")]
    undo_merge(merge=merge, motive="sono due", by=world.by)
    closed.refresh_from_db()
    assert closed.is_active


def test_an_account_that_works_here_is_not_closed(world: World) -> None:
    staff = make_member(Role.OFFICIAL, make_organisation())
    with pytest.raises(MergeRefused, match="chi lavora qui"):
        world.merged(world.person(user=make_user()), world.person(user=staff))


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda w, c: make_case(w.desk, candidate=c), "chiudine prima una"),
        (lambda w, c: BookingInvitation.objects.create(candidate=c, desk=w.desk), "ritirane prima uno"),
        (lambda w, c: make_referral(w.vacancy, c), "ritira prima una"),
        (lambda w, c: make_placement(w.vacancy, candidate=c), "respingi prima uno"),
    ],
)
def test_two_that_exclude_each_other_are_settled_first(
    world: World, build: Callable[[World, Candidate], object], words: str
) -> None:
    kept, absorbed = world.person(), world.person()
    build(world, kept)
    build(world, absorbed)
    before = rows()
    with pytest.raises(MergeRefused, match=words):
        world.merged(kept, absorbed)
    assert rows() == before


def test_two_tax_codes_are_two_people(world: World) -> None:
    pair = world.person(tax_code="RSSMRA85T10A562S"), world.person(tax_code="RSSMRA85T10A56NH")
    with pytest.raises(MergeRefused, match="due persone"):
        world.merged(*pair)
    with pytest.raises(MergeRefused, match="due persone"):
        world.merged(pair[0], pair[0])


def test_a_value_written_since_stays_and_new_rows_stay_with_the_kept_record(world: World) -> None:
    kept, absorbed = world.person(email="", tax_code=""), world.person(email="a@example.org", tax_code="12345678901")
    merge = world.merged(kept, absorbed)
    Candidate.objects.filter(pk=kept.pk).update(email="nuova@example.org")
    later = BUILDERS["candidates.Contact.candidate"](world, kept)
    undo_merge(merge=merge, motive="sono due", by=world.by)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.email, kept.tax_code, absorbed.tax_code) == ("nuova@example.org", "", "12345678901")
    assert list(kept.contacts.all()) == [later]


def test_merges_are_undone_in_the_reverse_order_and_once(world: World) -> None:
    kept, first, second = (world.person() for _ in range(3))
    one = world.merged(kept, first)
    two = world.merged(kept, second)
    with pytest.raises(NotUndoable):
        undo_merge(merge=one, motive="no", by=world.by)
    for merge in (two, one):
        undo_merge(merge=merge, motive="no", by=world.by)
    with pytest.raises(NotUndoable):
        undo_merge(merge=one, motive="no", by=world.by)


def test_what_was_absorbed_before_follows_into_the_next_record(world: World) -> None:
    last, middle, first = (world.person() for _ in range(3))
    earlier = world.merged(middle, first)
    world.merged(last, middle)
    first.refresh_from_db()
    assert first.absorbed_into == last
    with pytest.raises(NotUndoable):
        undo_merge(merge=earlier, motive="no", by=world.by)


def test_the_pair_is_decided_and_asked_again_after_the_parting(world: World) -> None:
    kept, absorbed, third = (world.person() for _ in range(3))
    pair = DuplicatePair.objects.create(first=absorbed, second=kept, ground="name")
    other = DuplicatePair.objects.create(first=absorbed, second=third, ground="name")
    merge = world.merged(kept, absorbed)
    pair.refresh_from_db()
    other.refresh_from_db()
    assert (pair.state, pair.decided_by, other.first) == (DuplicateState.SAME, world.operator, kept)
    undo_merge(merge=merge, motive="sono due", by=world.by)
    pair.refresh_from_db()
    assert pair.state == DuplicateState.OPEN
    say_two_people(pair=pair, by=world.by)


def test_the_matching_sees_both_people_change(world: World) -> None:
    kept, absorbed = world.person(), make_case(world.desk).candidate
    _database, snapshot, own = database_moment()
    merge = world.merged(kept, absorbed)
    assert {p.candidate_id for p in matching_profiles([kept.pk, absorbed.pk])} == {kept.pk}
    undo_merge(merge=merge, motive="sono due", by=world.by)
    assert {p.candidate_id for p in matching_profiles([kept.pk, absorbed.pk])} == {absorbed.pk}
    assert {kept.pk, absorbed.pk} <= set(changed_since(snapshot, own or database_moment()[2]))


@pytest.mark.django_db(transaction=True)
def test_of_two_operators_one_wins_and_the_other_is_told() -> None:
    desk = make_desk(municipality=make_municipality())
    by = scope(make_operator(desk))
    one, other = make_candidate(desk), make_candidate(desk)
    told: list[type[Exception]] = []

    def second() -> None:
        try:
            merge_candidates(kept=other, absorbed=one, motive="io", by=by)
        except AlreadyMerged:
            told.append(AlreadyMerged)

    while_it_waits(lambda: merge_candidates(kept=one, absorbed=other, motive="prima", by=by), second)
    assert told == [AlreadyMerged]
    assert [(m.kept, m.absorbed) for m in Merge.objects.all()] == [(one, other)]
