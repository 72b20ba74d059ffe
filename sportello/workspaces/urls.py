"""Homes, the case file, the search."""

from django.urls import path

from sportello.workspaces.views import citizen, company, operator, public, steering

urlpatterns = [
    path("", public.public_home, name="public_home"),
    path("privacy/", public.privacy, name="privacy"),
    path("accessibilita/", public.accessibility, name="accessibility"),
    path("area-personale/", public.home, name="home"),
    path("mia-pagina/", citizen.citizen_home, name="citizen_home"),
    path("operatore/", operator.operator_home, name="operator_home"),
    path("impresa/", company.company_home, name="company_home"),
    path("comune/", steering.official_home, name="official_home"),
    path("cabina-di-regia/", steering.control_room_home, name="control_room_home"),
    path("amministrazione/", steering.administrator_home, name="administrator_home"),
    path("operatore/cerca/", operator.person_search, name="person_search"),
    path("operatore/persone/<uuid:candidate>/", operator.case_file_page, name="case_file"),
]
