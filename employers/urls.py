"""Pages about companies and their vacancies."""

from django.urls import path

from employers.views import alerts, board, company, desk, rss, vacancy

urlpatterns = [
    path("offerte/", board.job_board, name="board"),
    path("offerte/novita.rss", rss.board_rss, name="board_rss"),
    path("offerte/avvisi/nuovo/", alerts.alert_new, name="alert_new"),
    path("offerte/avvisi/conferma/chiave/<str:token>/", alerts.alert_confirm, name="alert_confirm"),
    path("offerte/avvisi/ferma/chiave/<str:token>/", alerts.alert_stop, name="alert_stop"),
    path("mia-pagina/avvisi/", alerts.my_alerts, name="my_alerts"),
    path("mia-pagina/avvisi/<uuid:saved_search>/togli/", alerts.alert_drop, name="alert_drop"),
    path("offerte/<uuid:vacancy>/", board.vacancy_detail, name="vacancy_detail"),
    path("imprese/registrati/", company.register, name="company_registration"),
    path("imprese/registrati/passo/<int:step>/", company.register, name="company_registration_step"),
    path("imprese/registrati/inviata/", company.sent, name="company_registration_sent"),
    path("imprese/registrati/conferma/chiave/<str:token>/", company.confirm, name="company_confirm_address"),
    path("impresa/dati/", company.company_data, name="company_data"),
    path("impresa/sedi/nuova/", company.workplace_new, name="workplace_new"),
    path("impresa/offerte/", vacancy.company_vacancies, name="company_vacancies"),
    path("impresa/offerte/parole/<slug:field>/", vacancy.wording_check, name="wording_check"),
    path("impresa/offerte/nuova/", vacancy.vacancy_new, name="vacancy_new"),
    path("impresa/offerte/<uuid:vacancy>/", vacancy.vacancy_manage, name="vacancy_manage"),
    path("impresa/offerte/<uuid:vacancy>/passo/<int:step>/", vacancy.vacancy_step, name="vacancy_step"),
    path("impresa/offerte/<uuid:vacancy>/parole/", vacancy.vacancy_wording, name="vacancy_wording"),
    path("impresa/offerte/<uuid:vacancy>/stato/<slug:change>/", vacancy.vacancy_change, name="vacancy_change"),
    path("operatore/imprese/", desk.company_list, name="companies"),
    path("operatore/imprese/<uuid:company>/", desk.company_detail, name="company_detail"),
    path("operatore/imprese/<uuid:company>/visite/", desk.company_visits, name="company_visits"),
    path("operatore/offerte/", desk.vacancy_list, name="moderation"),
    path("operatore/offerte/<uuid:vacancy>/", desk.vacancy_review, name="vacancy_review"),
    path("operatore/offerte/<uuid:vacancy>/pubblica/", desk.vacancy_publish, name="vacancy_publish"),
    path("operatore/offerte/<uuid:vacancy>/rimanda/", desk.vacancy_return, name="vacancy_return"),
]
