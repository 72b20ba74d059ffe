"""Homes, the case file, the search; the page of a pact; the rules in force; what the administrator keeps."""

from django.urls import include, path

from sportello.workspaces.api import ROOT, api_description, api_guide, operations
from sportello.workspaces.views import (
    administration,
    citizen,
    company,
    engines,
    operator,
    pacts,
    public,
    rights,
    rules,
    steering,
)

urlpatterns = [
    path("", public.public_home, name="public_home"),
    path("privacy/", public.privacy, name="privacy"),
    path("accessibilita/", public.accessibility, name="accessibility"),
    path("sitemap.xml", engines.sitemap, name="sitemap"),
    path("robots.txt", engines.robots, name="robots"),
    path("api/", api_guide, name="api_guide"),
    path(f"{ROOT[1:]}openapi.json", api_description, name="api_description"),
    path(ROOT[1:], include(operations())),
    path("regole/", rules.rule_list, name="rules"),
    path("amministrazione/regole/<slug:rule>/", rules.rule_add, name="rule_add"),
    path("patti/obiettivi/<uuid:goal>/", pacts.goal_change, name="goal_change"),
    path("patti/obiettivi/<uuid:goal>/ritiro/", pacts.goal_retire, name="goal_retire"),
    path("patti/<slug:slug>/", pacts.pact_detail, name="pact_detail"),
    path("patti/<slug:slug>/obiettivi/", pacts.goal_add, name="goal_add"),
    path("area-personale/", public.home, name="home"),
    path("mia-pagina/", citizen.citizen_home, name="citizen_home"),
    path("mia-pagina/dati/", rights.my_data, name="my_data"),
    path("mia-pagina/dati/copia/", rights.my_data_copy, name="my_data_copy"),
    path("mia-pagina/dati/cancella/", rights.erase_me, name="erase_me"),
    path("operatore/persone/<uuid:candidate>/dati/copia/", rights.person_data_copy, name="person_data_copy"),
    path("operatore/persone/<uuid:candidate>/dati/cancella/", rights.erase_at_desk, name="erase_at_desk"),
    path("operatore/", operator.operator_home, name="operator_home"),
    path("impresa/", company.company_home, name="company_home"),
    path("comune/", steering.official_home, name="official_home"),
    path("cabina-di-regia/", steering.control_room_home, name="control_room_home"),
    path("amministrazione/", administration.administrator_home, name="administrator_home"),
    path("amministrazione/enti/", administration.body_list, name="bodies"),
    path("amministrazione/enti/nuovo/", administration.body_new, name="body_new"),
    path("amministrazione/enti/<uuid:body>/", administration.body_change, name="body_change"),
    path(
        "amministrazione/enti/<uuid:body>/accreditamenti/", administration.accreditation_add, name="accreditation_add"
    ),
    path(
        "amministrazione/accreditamenti/<uuid:accreditation>/",
        administration.accreditation_change,
        name="accreditation_change",
    ),
    path("amministrazione/sportelli/", administration.desk_list, name="desks"),
    path("amministrazione/sportelli/nuovo/", administration.desk_new, name="desk_new"),
    path("amministrazione/sportelli/<uuid:desk>/", administration.desk_change, name="desk_change"),
    path("operatore/scorciatoie/", operator.shortcuts, name="shortcuts"),
    path("operatore/cerca/", operator.person_search, name="person_search"),
    path("operatore/persone/<uuid:candidate>/", operator.case_file_page, name="case_file"),
]
