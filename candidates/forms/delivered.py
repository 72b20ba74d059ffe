"""What was delivered, when and for how long."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import AppointmentMode
from candidates.models import ServiceDelivered
from candidates.queries.delivered import catalogue_for_people
from sportello.core.fields import DateField


def _not_future(value: Any) -> None:
    if value > timezone.localdate():
        raise ValidationError(_("Questa data è nel futuro."))


def _offer_services(field: Any) -> None:
    field.queryset = catalogue_for_people()
    field.empty_label = _("Scegli un servizio")


class ServiceForm(forms.ModelForm[ServiceDelivered]):
    """One service given to one person."""

    delivered_on = DateField(label=_("In che giorno"), validators=[_not_future])
    mode = forms.ChoiceField(label=_("Come"), choices=AppointmentMode.choices, widget=forms.RadioSelect)

    class Meta:
        model = ServiceDelivered
        fields = ["service", "delivered_on", "minutes", "mode", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_services(self.fields["service"])
        self.fields["minutes"].help_text = _("Per esempio 45. Un'ora sono 60 minuti.")


class GroupServiceForm(forms.ModelForm[ServiceDelivered]):
    """One service given to all who came to a group; the day and the way are the group's."""

    class Meta:
        model = ServiceDelivered
        fields = ["service", "minutes", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_services(self.fields["service"])
