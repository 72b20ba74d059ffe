"""Asking somebody at the desk in writing, and answering."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates.enums import FilePart, QuestionTopic, ReadingPurpose
from candidates.forms.question import AnswerForm, QuestionForm
from candidates.models import Question
from candidates.services import question as service
from candidates.views.gate import desk_page, my_record, note_names, open_person
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.paging import Pages

PAGE_SIZE = 25


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_questions(request: Request) -> HttpResponse:
    """Ask somebody, and read what they answered."""
    me = my_record(request)
    topic = request.GET.get("su", "")
    initial = {"topic": topic} if topic in QuestionTopic else {}
    form = QuestionForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            service.ask_question(candidate=me, by=request.scope, **form.cleaned_data)
        except service.TooManyQuestions:
            form.add_error(None, _("Hai già diverse domande in attesa. Se è urgente, chiama lo sportello."))
        else:
            messages.success(request, _("Domanda mandata. Ti scriviamo quando c'è la risposta: la leggi qui."))
            return redirect("my_questions")
    context = {"form": form, "questions": me.questions.order_by("-asked_at", "pk")}
    return render(request, "candidates/my_questions.html", context, status=422 if form.errors else 200)


@desk_page
@require_safe
def questions(request: Request) -> HttpResponse:
    """What people ask and nobody has answered, the oldest first."""
    waiting = Question.objects.visible_to(request.scope).waiting().select_related("candidate")
    page = Pages(waiting.order_by("asked_at", "pk"), PAGE_SIZE).get_page(request.GET.get("pagina"))
    note_names(
        request,
        {question.candidate_id for question in page},
        part=FilePart.QUESTION,
        purpose=ReadingPurpose.CONTACT,
    )
    return render(request, "candidates/questions.html", {"page": page})


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_question(request: Request, question: UUID) -> HttpResponse:
    """Answer one person."""
    found = get_object_or_404(Question.objects.visible_to(request.scope).waiting(), pk=question)
    person = open_person(request, found.candidate_id, part=FilePart.QUESTION, purpose=ReadingPurpose.CONTACT)
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            service.answer_question(question=found, answer=form.cleaned_data["answer"], by=request.scope)
        except service.AlreadyAnswered:
            messages.info(request, _("Un collega ha già risposto a questa domanda."))
        else:
            messages.success(request, _("Risposta mandata."))
        return redirect("questions")
    context = {"form": form, "question": found, "candidate": person}
    return render(request, "candidates/answer_question.html", context, status=422 if form.errors else 200)
