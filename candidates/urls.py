"""Pages about people: registration, case work, what a citizen sees of themself."""

from django.urls import path

from candidates.views import account, case, citizen, gate, profile, registration

urlpatterns = [
    path("registrati/", registration.start, name="registration_start"),
    path("registrati/passo/<int:step>/", registration.step, name="registration_step"),
    path("registrati/continua-dopo/", registration.send_resume_link, name="registration_send_link"),
    path("registrati/salvata/", registration.saved, name="registration_saved"),
    path("registrati/riprendi/chiave/<str:token>/", registration.resume, name="registration_resume"),
    path("registrati/ricevuta/", registration.receipt, name="registration_receipt"),
    path("registrati/inviata/", registration.sent, name="registration_sent"),
    path("registrati/conferma/chiave/<str:token>/", account.confirm_address, name="confirm_address"),
    path("registrati/entra/chiave/<str:token>/", account.account_door, name="account_door"),
    path("operatore/persone/<uuid:candidate>/invito/", account.invite, name="invite_candidate"),
    path("operatore/registra/", registration.assisted_start, name="assisted_registration_start"),
    path(
        "operatore/registra/<uuid:draft>/passo/<int:step>/",
        registration.assisted_step,
        name="assisted_registration_step",
    ),
    path("operatore/persone/<uuid:candidate>/ricevuta/", registration.assisted_receipt, name="assisted_receipt"),
    path("operatore/persone/<uuid:candidate>/motivo/", gate.reading_reason, name="reading_reason"),
    path("operatore/arrivi/", case.intakes, name="intakes"),
    path("operatore/pratiche/", case.caseload_list, name="caseload"),
    path("operatore/persone/<uuid:candidate>/presa-in-carico/", case.take_in_charge, name="take_in_charge"),
    path("operatore/persone/<uuid:candidate>/appuntamento/", case.book, name="book_appointment"),
    path("operatore/pratiche/<uuid:case>/contatto/", case.add_contact, name="add_contact"),
    path("operatore/pratiche/<uuid:case>/patto/", case.pact, name="pact"),
    path("operatore/pratiche/<uuid:case>/patto/bozza/", case.edit_pact, name="edit_pact"),
    path("operatore/pratiche/<uuid:case>/affida/", case.reassign, name="reassign_case"),
    path("operatore/pratiche/<uuid:case>/did/", case.declare, name="record_declaration"),
    path("operatore/patti-di-servizio/<uuid:pact>/firma/", case.sign_pact, name="sign_pact"),
    path("operatore/patti-di-servizio/<uuid:pact>/azioni/", case.add_action, name="add_action"),
    path("operatore/azioni/<uuid:action>/", case.close_action, name="close_action"),
    path("operatore/appuntamenti/<uuid:appointment>/<slug:state>/", case.set_appointment, name="set_appointment"),
    path(
        "mia-pagina/appuntamenti/<uuid:appointment>/disdici/",
        citizen.cancel_my_appointment,
        name="cancel_my_appointment",
    ),
    path(
        "mia-pagina/appuntamenti/<uuid:appointment>/calendario/",
        citizen.my_appointment_calendar,
        name="my_appointment_calendar",
    ),
    path("mia-pagina/patto/", citizen.my_pact, name="my_pact"),
    path("operatore/persone/<uuid:candidate>/profilo/", profile.person_profile, name="person_profile"),
    path("operatore/persone/<uuid:candidate>/profilo/conferma/", profile.confirm_profile, name="confirm_profile"),
    path("operatore/persone/<uuid:candidate>/profilo/<slug:part>/", profile.edit_profile, name="edit_profile"),
    path("mia-pagina/profilo/", profile.my_profile, name="my_profile"),
    path("mia-pagina/profilo/conferma/", profile.confirm_my_profile, name="confirm_my_profile"),
    path("mia-pagina/profilo/<slug:part>/", profile.edit_my_profile, name="edit_my_profile"),
    path("mia-pagina/accessi/", citizen.my_accesses, name="my_accesses"),
]
