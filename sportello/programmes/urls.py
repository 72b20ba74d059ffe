"""Pages about courses."""

from django.urls import path

from sportello.programmes.views import catalogue, keeping

urlpatterns = [
    path("corsi/", catalogue.course_list, name="courses"),
    path("corsi/<uuid:course>/", catalogue.course_detail, name="course"),
    path("corsi/<uuid:course>/calendario/", catalogue.course_calendar, name="course_calendar"),
    path("operatore/corsi/", keeping.kept_course_list, name="kept_courses"),
    path("operatore/corsi/nuovo/", keeping.course_new, name="course_new"),
    path("operatore/corsi/<uuid:course>/", keeping.kept_course_detail, name="kept_course"),
    path("operatore/corsi/<uuid:course>/correggi/", keeping.course_change, name="course_change"),
    path("operatore/corsi/<uuid:course>/edizioni/nuova/", keeping.edition_new, name="edition_new"),
    path("operatore/corsi/edizioni/<uuid:edition>/", keeping.edition_change, name="edition_change"),
    path("operatore/corsi/edizioni/<uuid:edition>/iscrizioni/", keeping.edition_move, name="edition_move"),
    path("operatore/corsi/edizioni/<uuid:edition>/annulla/", keeping.edition_cancel, name="edition_cancel"),
]
