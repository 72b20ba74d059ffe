from django.urls import path

from reports.views import public, staff

urlpatterns = [
    path("rapporti/", public.reports, name="reports"),
    path("rapporti/<uuid:issue>/", public.report_detail, name="report_detail"),
    path("rapporti/<uuid:issue>/rapporto.pdf", public.report_pdf, name="report_pdf"),
    path("rapporti/<uuid:issue>/dati.csv", public.report_csv, name="report_csv"),
    path("comune/rapporti/", staff.official_reports, name="official_reports"),
    path("cabina-di-regia/rapporti/", staff.control_room_reports, name="control_room_reports"),
    path("cabina-di-regia/rapporti/<uuid:issue>/pubblica/", staff.report_publish, name="report_publish"),
    path("cabina-di-regia/rapporti/<uuid:issue>/riprova/", staff.report_retry, name="report_retry"),
]
