"""Forms of a question to the desk and its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.enums import QuestionTopic


class QuestionForm(forms.Form):
    """What a person wants to know."""

    topic = forms.ChoiceField(label=_("Di che cosa si tratta"), choices=QuestionTopic.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("La tua domanda"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))


class AnswerForm(forms.Form):
    """What the desk answers."""

    answer = forms.CharField(
        label=_("La risposta"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("La legge la persona: parole semplici, e che cosa può fare adesso."),
    )
