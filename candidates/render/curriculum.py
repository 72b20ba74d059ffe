"""The curriculum on paper, and the names of what is not taken from one."""

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.engine.europass import ATTACHMENT, write_candidate
from candidates.queries.curriculum import curriculum_of
from candidates.queries.profile import WholeProfile
from sportello.core.pdf import SCHEME, Enclosed, Printed, print_page

UNTAKEN: dict[str, str | Promise] = {
    "AchievementList": gettext_lazy("Altri risultati"),
    "BirthDate": gettext_lazy("Data di nascita"),
    "Certifications": gettext_lazy("Certificazioni"),
    "Demographics": gettext_lazy("Dati anagrafici"),
    "EducationHistory": gettext_lazy("Studio con date da controllare"),
    "EducationLevelCode": gettext_lazy("Livello di studio, da scegliere nel profilo"),
    "EmployerHistory": gettext_lazy("Lavoro senza data di inizio"),
    "EmploymentHistory": gettext_lazy("Lavoro con date da controllare"),
    "GenderCode": gettext_lazy("Sesso"),
    "Headline": gettext_lazy("Intestazione"),
    "Licenses": gettext_lazy("Patente o patentino che non conosciamo"),
    "NationalityCode": gettext_lazy("Cittadinanza"),
    "Others": gettext_lazy("Altre sezioni"),
    "PersonCompetency": gettext_lazy("Lingua che non conosciamo, o senza livello"),
    "Photo": gettext_lazy("Fotografia"),
    "Projects": gettext_lazy("Progetti"),
    "PublicationHistory": gettext_lazy("Pubblicazioni"),
    "Skills": gettext_lazy("Competenza che non conosciamo"),
    "WorkExperience": gettext_lazy("Lavoro senza data di inizio"),
}
"""Element of a Europass document -> what it is called where a page lists what is not taken; others keep their name."""


def print_curriculum(profile: WholeProfile, *, with_contacts: bool) -> Printed:
    """The curriculum on paper, with the document of Europass inside; the bytes depend on the profile and the language alone."""
    cv = curriculum_of(profile, with_contacts=with_contacts)
    context = {
        "profile": profile,
        "cv": cv,
        "jobs": sorted(cv.jobs, key=lambda job: job.begins, reverse=True),
        "row": profile.row,
        "stylesheet": f"{SCHEME}css/cv-print.css",
    }
    enclosed = Enclosed(
        name=ATTACHMENT,
        description=_("Lo stesso curriculum, da caricare in Europass"),
        content=write_candidate(cv),
        changed_at=profile.row.candidate.confirmed_at,
    )
    return print_page(render_to_string("candidates/curriculum_print.html", context), enclosed=enclosed)
