"""What is written about bodies, their enrolments and their desks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sportello.core.fields import DateField
from sportello.territory.enums import (
    ADMINISTERED_KINDS,
    AccreditationKind,
    AccreditationStatus,
    DeskKind,
    DeskState,
    OrganisationKind,
    Weekday,
)
from sportello.territory.forms.fields import FAR_POINT, MunicipalityField, PhoneField, PointField, SpansField, lies_in
from sportello.territory.models import Accreditation, Desk, Municipality, Organisation, SubArea
from sportello.territory.queries import metropolitan_municipalities, point_of
from sportello.territory.rules import (
    Point,
    Span,
)
from sportello.territory.services.desks import DeskDetails


class BodyForm(forms.Form):
    """A new body, or with `body` the correction of one: its kind and a municipal body's municipality stay."""

    kind = forms.ChoiceField(
        label=_("Tipo di ente"),
        help_text=_("Decide quali ruoli hanno le sue persone. Dopo non si cambia."),
        choices=[("", _("Scegli un tipo")), *((kind.value, kind.label) for kind in ADMINISTERED_KINDS)],
    )
    name = forms.CharField(
        label=_("Nome"), max_length=200, help_text=_("Come lo leggono tutti. Per esempio: Comune di Segrate.")
    )
    municipality = MunicipalityField(
        label=_("Comune"),
        required=False,
        max_length=110,
        help_text=_("Obbligatorio per l'ente di un Comune: i suoi funzionari vedono i numeri di questo Comune."),
        widget=forms.TextInput(attrs={"list": "comuni", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("L'indirizzo dell'ufficio, non di una persona."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = PhoneField(label=_("Telefono"), required=False, help_text=_("Il centralino o l'ufficio."))
    is_active = forms.BooleanField(
        label=_("L'ente è attivo"),
        required=False,
        help_text=_("Se lo togli, le sue persone non entrano più. Puoi rimetterlo."),
    )

    def __init__(self, *args: Any, body: Organisation | None = None, **kwargs: Any) -> None:
        if body:
            kwargs["initial"] = {
                name: getattr(body, name) for name in ("name", "municipality", "email", "phone", "is_active")
            }
        super().__init__(*args, **kwargs)
        if body:
            self.fields["municipality"].help_text = _("Dove ha la sede.")
        for name in self._settled(body):
            del self.fields[name]

    @staticmethod
    def _settled(body: Organisation | None) -> tuple[str, ...]:
        if body is None:
            return ("is_active",)
        return ("kind", "municipality") if body.kind == OrganisationKind.MUNICIPALITY else ("kind",)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            data.get("kind") == OrganisationKind.MUNICIPALITY
            and not data.get("municipality")
            and not self.has_error("municipality")
        ):
            self.add_error("municipality", _("Scrivi di quale Comune è l'ente."))
        return data


class AccreditationForm(forms.Form):
    """An enrolment in the regional register, new or, with `accreditation`, to correct."""

    kind = forms.ChoiceField(
        label=_("Per che cosa"), choices=AccreditationKind.choices, widget=forms.RadioSelect, initial="work"
    )
    register_no = forms.CharField(
        label=_("Numero di iscrizione all'albo"),
        max_length=40,
        help_text=_("Sta nel decreto della Regione. Compare sotto ogni offerta di lavoro."),
    )
    status = forms.ChoiceField(label=_("Stato"), choices=AccreditationStatus.choices, widget=forms.RadioSelect)
    valid_from = DateField(label=_("Vale dal"), help_text=_("Il giorno del decreto. Per esempio 1 7 2009"))
    valid_to = DateField(
        label=_("Vale fino al"), required=False, help_text=_("Vuoto se non ha una fine. Per esempio 30 6 2029")
    )

    def __init__(self, *args: Any, accreditation: Accreditation | None = None, **kwargs: Any) -> None:
        if accreditation:
            kwargs["initial"] = {name: getattr(accreditation, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("valid_from") and data.get("valid_to") and data["valid_to"] < data["valid_from"]:
            self.add_error("valid_to", _("La fine viene prima dell'inizio."))
        return data


class DeskForm(forms.Form):
    """All that is said of a desk: who it is, where, how to reach it, whom it serves, when it receives."""

    name = forms.CharField(
        label=_("Nome"), max_length=120, help_text=_("Come lo leggono tutti. Per esempio: Sportello Lavoro Segrate.")
    )
    kind = forms.ChoiceField(label=_("Che sede è"), choices=DeskKind.choices, help_text=_("Il luogo in cui si riceve."))
    state = forms.ChoiceField(
        label=_("Stato"),
        choices=DeskState.choices,
        initial=DeskState.OPEN,
        help_text=_("Solo uno sportello aperto o temporaneo riceve le registrazioni. Uno chiuso sparisce dall'elenco."),
    )
    municipality = MunicipalityField(
        label=_("Comune"),
        max_length=110,
        help_text=_("Dove si trova lo sportello."),
        widget=forms.TextInput(attrs={"list": "comuni", "autocomplete": "off"}),
    )
    sub_area = forms.ModelChoiceField(
        label=_("Municipio"),
        queryset=SubArea.objects.select_related("municipality").order_by("municipality__sort_key", "number"),
        required=False,
        empty_label=_("Nessuno"),
        help_text=_("Solo per i Comuni divisi in municipi, come Milano."),
    )
    address = forms.CharField(
        label=_("Indirizzo"), max_length=200, help_text=_("Via e numero, piano o scala se serve.")
    )
    point = PointField(
        label=_("Punto sulla mappa"),
        required=False,
        max_length=60,
        help_text=_("Latitudine e longitudine, copiate da una mappa: 45.48930, 9.32710. Vuoto: il centro del Comune."),
    )
    phone = PhoneField(label=_("Telefono"), required=False, help_text=_("Quello a cui risponde lo sportello."))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("L'indirizzo dello sportello, non di una persona."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    managed_by = forms.ModelChoiceField(
        label=_("Chi lo gestisce"),
        queryset=Organisation.objects.none(),
        empty_label=_("Scegli un'agenzia"),
        help_text=_("L'agenzia le cui persone ricevono qui."),
    )
    serves = forms.ModelMultipleChoiceField(
        label=_("Comuni serviti"),
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chi vive in questi Comuni viene mandato qui."),
        error_messages={"required": _("Scegli almeno un Comune.")},
    )
    reviews_pacts = forms.BooleanField(
        label=_("Un collega verifica ogni patto di servizio prima della firma"),
        required=False,
        help_text=_("Chi ha scritto il patto non può approvarlo."),
    )

    def __init__(self, *args: Any, desk: Desk | None = None, **kwargs: Any) -> None:
        if desk:
            kwargs["initial"] = _said_of(desk)
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        agencies = Organisation.objects.filter(kind=OrganisationKind.AGENCY, is_active=True)
        served = metropolitan_municipalities()
        if desk:
            agencies = agencies | Organisation.objects.filter(pk=desk.managed_by_id)
            served = served | Municipality.objects.filter(pk__in=desk.serves.values("pk"))
        fields["managed_by"].queryset = agencies
        fields["serves"].queryset = served
        # Read once: the boxes to tick and the names proposed for the desk's own municipality are the same.
        fields["serves"].choices = [(str(place.pk), place.name) for place in served]
        fields["sub_area"].label_from_instance = lambda area: f"{area.municipality} {area.number}: {area}"
        for weekday in Weekday:
            fields[f"hours_{weekday}"] = SpansField(
                weekday=weekday, help_text=_("Per esempio 9:00-12:30, 14:00-17:30. Vuoto se è chiuso.")
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        place: Municipality | None = data.get("municipality")
        if place is None:
            return data
        area = data.get("sub_area")
        if area and area.municipality_id != place.pk:
            self.add_error("sub_area", _("Questo municipio è di un altro Comune."))
        centre, point = point_of(place), data.get("point")
        if point and not lies_in(point, place):
            self.add_error("point", FAR_POINT)
        elif point is None and centre is None and not self.has_error("point"):
            self.add_error("point", _("Di questo Comune non conosciamo il centro: scrivi il punto."))
        else:
            data["point"] = point or centre
        return data

    @property
    def details(self) -> DeskDetails:
        """What was written; wants a valid form."""
        data = dict(self.cleaned_data)
        hours = tuple(span for weekday in Weekday for span in data.pop(f"hours_{weekday}"))
        return DeskDetails(hours=hours, serves=tuple(data.pop("serves")), **data)


def _said_of(desk: Desk) -> dict[str, Any]:
    """The desk as the form shows it; a point that is the municipality's centre is left out, so that it follows a move."""
    said = {name: getattr(desk, name) for name in ("name", "kind", "state", "municipality", "sub_area", "address")}
    said |= {name: getattr(desk, name) for name in ("phone", "email", "managed_by", "reviews_pacts")}
    said["serves"] = list(desk.serves.all())
    point, place = Point(desk.latitude, desk.longitude), desk.municipality
    if (desk.latitude, desk.longitude) != (place.latitude, place.longitude):
        said["point"] = point
    hours = list(desk.opening_hours.all())
    for weekday in Weekday:
        said[f"hours_{weekday}"] = tuple(
            Span(row.weekday, row.opens, row.closes) for row in hours if row.weekday == weekday
        )
    return said
