"""What the desk decides on an e-mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.enums import MailRejection


class RejectMailForm(forms.Form):
    """Why nothing comes of the letter."""

    rejection = forms.ChoiceField(
        label=_("Perché la scarti?"),
        choices=[choice for choice in MailRejection.choices if choice[0] not in ("bounce", "auto_reply")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Una nota per i colleghi (facoltativa)"), max_length=300, required=False)
