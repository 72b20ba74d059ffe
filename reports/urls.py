from django.urls import path

from reports.views import public, staff, year

urlpatterns = [
    path("rapporti/", public.reports, name="reports"),
    path("rapporti/catalogo.rdf", public.report_catalogue, name="report_catalogue"),
    path("rapporti/<uuid:issue>/", public.report_detail, name="report_detail"),
    path("rapporti/<uuid:issue>/rapporto.pdf", public.report_pdf, name="report_pdf"),
    path("rapporti/<uuid:issue>/dati.csv", public.report_csv, name="report_csv"),
    path("rapporti/<uuid:issue>/dati.xlsx", public.report_xlsx, name="report_xlsx"),
    path("rapporti/<uuid:issue>/osservazioni/", staff.report_comments, name="report_comments"),
    path("patti/<slug:slug>/<int:year>/", year.pact_year_page, name="pact_year"),
    path("patti/<slug:slug>/<int:year>/bilancio.pdf", year.pact_year_print, name="pact_year_print"),
    path("comune/rapporti/", staff.official_reports, name="official_reports"),
    path("cabina-di-regia/rapporti/", staff.control_room_reports, name="control_room_reports"),
    path("cabina-di-regia/rapporti/<uuid:issue>/pubblica/", staff.report_publish, name="report_publish"),
    path("cabina-di-regia/rapporti/<uuid:issue>/riprova/", staff.report_retry, name="report_retry"),
]
