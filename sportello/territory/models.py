"""Places, the bodies that act in them, and the desks where people are received."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from sportello.core import audit
from sportello.core.catalogue import Processing, classified
from sportello.core.db import Model
from sportello.territory.enums import (
    AccreditationKind,
    AccreditationStatus,
    AgeBand,
    DeskKind,
    DeskState,
    OrganisationKind,
    Sex,
    Weekday,
)

TERRITORY = Processing(purpose="Descrivere il territorio servito")
BODIES = Processing(purpose="Sapere quali enti operano e dove si riceve il pubblico")


class Pointed(Model):
    """Something whose point on the earth may be known: both coordinates, in degrees (WGS 84), or neither."""

    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    # A null coordinate makes the range unknown, which a check lets through.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="%(class)s_point_is_whole_and_on_earth",
            )
        ]


@classified(
    TERRITORY,
    public="istat_code cadastral_code name sort_key search_key province_code province_name region_name "
    "valid_from valid_to successor latitude longitude is_metropolitan",
)
class Municipality(Pointed):
    """An Italian municipality; codes are never reused, a merged one names its successor."""

    istat_code = models.CharField(max_length=6, unique=True)
    cadastral_code = models.CharField(max_length=4, db_index=True)
    name = models.CharField(max_length=100)
    sort_key = models.CharField(max_length=100, db_index=True)
    search_key = models.CharField(max_length=100)
    province_code = models.CharField(max_length=2)
    province_name = models.CharField(max_length=60)
    region_name = models.CharField(max_length=40)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    is_metropolitan = models.BooleanField(default=False)

    class Meta:
        ordering = ["sort_key"]
        indexes = [
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="municipality_search_trigrams"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="municipality_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False),
                name="only_an_ended_municipality_has_a_successor",
            ),
            *Pointed.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.name


@classified(TERRITORY, public="municipality year sex age_band count")
class MunicipalityResidents(Model):
    """Residents of a municipality by sex and age band, as ISTAT counts them."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="residents")
    year = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=1, choices=Sex.choices)
    age_band = models.CharField(max_length=5, choices=AgeBand.choices)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year", "sex", "age_band"], name="residents_counted_once")
        ]


@classified(TERRITORY, public="slug name municipalities")
class Zone(Model):
    """A homogeneous zone: municipalities between the single one and the pact."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    municipalities = models.ManyToManyField(Municipality, related_name="zones")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@classified(TERRITORY, public="municipality number name")
class SubArea(Model):
    """A part of a large municipality (in Milan: a Municipio)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="sub_areas")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["municipality", "number"], name="sub_area_number_unique")]

    def __str__(self) -> str:
        return self.name


@audit.tracked()
@classified(BODIES, organisation="kind name sort_key municipality email phone is_active created_at")
class Organisation(Model):
    """Any body that people act for: one table, whatever its kind."""

    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200, db_index=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(kind="municipality"),
                name="one_body_per_municipality",
            ),
            models.CheckConstraint(
                condition=~Q(kind="municipality") | Q(municipality__isnull=False),
                name="municipal_body_names_its_municipality",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audit.tracked()
@classified(BODIES, organisation="organisation kind register_no status valid_from valid_to")
class Accreditation(Model):
    """Enrolment of a body in the regional register of accredited operators (L.R. 22/2006 art. 13)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="accreditations")
    kind = models.CharField(max_length=10, choices=AccreditationKind.choices)
    register_no = models.CharField(max_length=40)
    status = models.CharField(max_length=12, choices=AccreditationStatus.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="accreditation_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "register_no", "valid_from"], name="accreditation_written_once"
            ),
        ]


@audit.tracked()
@classified(
    BODIES,
    public="slug name kind state municipality sub_area address latitude longitude phone email managed_by serves",
    organisation="reviews_pacts",
)
class Desk(Model):
    """A job desk: where a person is received."""

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=15, choices=DeskKind.choices)
    state = models.CharField(max_length=10, choices=DeskState.choices, default=DeskState.OPEN)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="desks")
    sub_area = models.ForeignKey(SubArea, on_delete=models.PROTECT, null=True, blank=True)
    address = models.CharField(max_length=200)
    latitude = models.FloatField()
    longitude = models.FloatField()
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    managed_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="desks")
    serves = models.ManyToManyField(Municipality, related_name="served_by")
    reviews_pacts = models.BooleanField(default=False, help_text="Whether a second person approves each service pact")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="desk_point_is_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.name


@audit.tracked()
@classified(BODIES, public="desk weekday opens closes")
class OpeningHours(Model):
    """One span of a desk's week; two spans of a day never overlap."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="desk_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="weekday_from_monday_to_sunday"),
            ExclusionConstraint(
                name="opening_hours_do_not_overlap",
                expressions=[
                    ("desk", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (
                        Func(
                            Value("2000-01-01", output_field=models.DateField()) + F("opens"),
                            Value("2000-01-01", output_field=models.DateField()) + F("closes"),
                            function="tsrange",
                            output_field=models.CharField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return _("%(day)s dalle %(opens)s alle %(closes)s") % {
            "day": self.get_weekday_display(),
            "opens": f"{self.opens:%H:%M}",
            "closes": f"{self.closes:%H:%M}",
        }


@audit.tracked()
@classified(BODIES, public="desk first_day last_day reason")
class DeskClosure(Model):
    """Days on which a whole desk does not receive, besides holidays."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="closures", verbose_name=_("Sportello"))
    first_day = models.DateField(_("Dal"))
    last_day = models.DateField(_("Al"))
    reason = models.CharField(_("Perché"), max_length=150, blank=True)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="closure_ends_after_it_starts"),
            ExclusionConstraint(
                name="closures_of_a_desk_do_not_overlap",
                expressions=[
                    ("desk", RangeOperators.EQUAL),
                    (
                        Func(
                            F("first_day"),
                            F("last_day"),
                            Value("[]"),
                            function="daterange",
                            output_field=models.CharField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
