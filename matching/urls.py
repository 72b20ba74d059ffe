"""Pages from the proposal to the placement."""

from django.urls import path

from matching.views import batch, card, citizen, company, desk, follow_up, reorientation, strategies

urlpatterns = [
    path("come-proponiamo-il-lavoro/", card.matching_card, name="matching_card"),
    path("operatore/abbinamenti-nuovi/", desk.news, name="match_news"),
    path("operatore/strategie/", strategies.strategy_list, name="strategies"),
    path("operatore/strategie/<slug:strategy>/", strategies.strategy_edit, name="strategy_edit"),
    path("operatore/persone/<uuid:candidate>/lavori/", desk.person_openings, name="person_openings"),
    path("mia-pagina/lavori/", citizen.my_openings, name="my_openings"),
    path("operatore/offerte/<uuid:vacancy>/abbinamenti/", desk.vacancy_matches, name="vacancy_matches"),
    path("operatore/offerte/<uuid:vacancy>/proponi/<uuid:candidate>/", desk.refer, name="refer"),
    path("operatore/persone/<uuid:candidate>/candidature/", desk.person_referrals, name="person_referrals"),
    path("operatore/pratiche/insieme/", batch.batch, name="batch"),
    path("operatore/pratiche/<uuid:case>/altro-sportello/", reorientation.ask_reorientation, name="ask_reorientation"),
    path("operatore/tra-sportelli/", reorientation.reorientations, name="reorientations"),
    path(
        "operatore/tra-sportelli/<uuid:reorientation>/",
        reorientation.answer_reorientation,
        name="answer_reorientation",
    ),
    path(
        "operatore/tra-sportelli/<uuid:reorientation>/ritira/",
        reorientation.withdraw_reorientation,
        name="withdraw_reorientation",
    ),
    path("operatore/pratiche/<uuid:case>/chiusura/", desk.close_case, name="close_case"),
    path("operatore/candidature/<uuid:referral>/risposta/", desk.answer_on_behalf, name="answer_on_behalf"),
    path("operatore/candidature/<uuid:referral>/ritira/", desk.withdraw_on_behalf, name="withdraw_on_behalf"),
    path("operatore/inserimenti/", desk.placement_list, name="placements"),
    path("operatore/inserimenti/<uuid:placement>/", desk.placement_check, name="placement_check"),
    path("operatore/inserimenti/seguire/", follow_up.due_list, name="due_checks"),
    path("operatore/inserimenti/<uuid:placement>/mesi/<int:months>/", follow_up.follow_up, name="follow_up"),
    path("impresa/offerte/<uuid:vacancy>/candidature/", company.vacancy_pipeline, name="vacancy_pipeline"),
    path("impresa/candidature/<uuid:referral>/", company.application, name="application"),
    path("impresa/candidature/<uuid:referral>/rifiuto/", company.application_refuse, name="application_refuse"),
    path("impresa/candidature/<uuid:referral>/assunzione/", company.application_hire, name="application_hire"),
    path("impresa/candidature/<uuid:referral>/<slug:step>/", company.application_step, name="application_step"),
    path("mia-pagina/candidature/", citizen.my_applications, name="my_applications"),
    path("mia-pagina/candidature/<uuid:referral>/", citizen.answer_referral, name="answer_referral"),
    path("mia-pagina/candidature/<uuid:referral>/ritira/", citizen.withdraw_referral, name="withdraw_referral"),
    path("offerte/<uuid:vacancy>/mi-interessa/", citizen.express_interest, name="express_interest"),
]
