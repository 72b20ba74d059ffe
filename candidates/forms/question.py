"""Forms of a question to the desk and its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.models import Question


class QuestionForm(forms.ModelForm[Question]):
    """What a person wants to know."""

    class Meta:
        model = Question
        fields = ["topic", "text"]
        widgets = {"topic": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 5})}


class AnswerForm(forms.Form):
    """What the desk answers."""

    answer = forms.CharField(
        label=_("La risposta"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("La legge la persona: parole semplici, e che cosa può fare adesso."),
    )
