"""Alerts by e-mail: asked for, proved, sent once for each vacancy, stopped by one link."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from employers.models import SavedSearch
from employers.queries.alerts import board_address, described, new_for, search_of
from employers.queries.board import BoardSearch
from sportello.accounts.scope import Scope
from sportello.accounts.services.address import LINK_AGE, LinkClosed, signed_value
from sportello.core import audit, jobs
from sportello.core.models import Message, MessageState
from sportello.core.notify import MessageKind, notify, register

CONFIRM = register(
    MessageKind(
        "alert_confirm",
        "employers/messages/alert_confirm_subject.txt",
        "employers/messages/alert_confirm_body.txt",
        purpose="Confermare l'indirizzo di chi chiede di essere avvisato delle offerte nuove",
        opens_a_door=True,
    )
)
ALERT = register(
    MessageKind(
        "alert",
        "employers/messages/alert_subject.txt",
        "employers/messages/alert_body.txt",
        purpose="Avvisare delle offerte nuove chi lo ha chiesto",
    )
)
SEND = "employers.tasks.send_alert"
ALERT_DAYS = 180
"""Who has not found by then looks for something else: they ask again."""
LISTED = 10
"""Vacancies in one mail; the rest is on the board."""

_CONFIRM_SALT = "employers.alert.confirm"
_STOP_SALT = "employers.alert.stop"


@audit.service("alert.save")
def save_search(
    *, search: BoardSearch, email: str, language: str, by: Scope, user_id: UUID | None = None, is_proved: bool = False
) -> SavedSearch:
    """Ask to be told what is new in a search; whoever has not proved the address is first written a link, once a day.

    Asked again it is the same alert, and lasts anew.
    """
    ends_on = timezone.localdate() + timedelta(days=ALERT_DAYS)
    saved, _created = SavedSearch.objects.get_or_create(
        email=email.lower(),
        words=search.words.strip(),
        place=search.place,
        km=search.km,
        contract=search.contract,
        hours_kind=search.hours_kind,
        group=search.group,
        pay_from=search.pay_from,
        defaults={"ends_on": ends_on},
    )
    saved.ends_on, saved.language = ends_on, language
    saved.save()
    if saved.confirmed_at is None:
        if is_proved:
            saved.user_id = user_id
            _confirm(saved)
        else:
            _ask_to_confirm(saved, by)
    return saved


@audit.service("alert.confirm")
def confirm_search(*, token: str, by: Scope) -> SavedSearch:
    """The link came back: write to this address from now on. Raises LinkClosed; opened again it changes nothing."""
    saved = _locked(signed_value(token, salt=_CONFIRM_SALT))
    if saved.confirmed_at is None:
        _confirm(saved)
    return saved


@audit.service("alert.stop")
def stop_search(*, token: str, by: Scope) -> None:
    """Forget the search and its address. Raises LinkClosed for one that is forgotten already."""
    try:
        pk = signing.loads(token, salt=_STOP_SALT)
    except signing.BadSignature as error:
        raise LinkClosed from error
    _forget(_locked(pk))


@audit.service("alert.drop")
def drop_search(*, saved: SavedSearch, by: Scope) -> None:
    """The same from the owner's page."""
    _forget(saved)


@audit.service("alert.request")
def request_alerts(*, by: Scope) -> int:
    """Forget the searches that have ended or were never confirmed, and ask for the mail of each other one; returns how many."""
    today, now = timezone.localdate(), timezone.now()
    over = Q(ends_on__lt=today) | Q(confirmed_at__isnull=True, created_at__lt=now - LINK_AGE)
    for saved in SavedSearch.objects.filter(over).order_by("pk"):
        _forget(saved)
    due = SavedSearch.objects.active().exclude(sent_on=today).order_by("created_at", "pk").values_list("pk", flat=True)
    for pk in due:
        jobs.enqueue(SEND, str(pk), key=str(pk))
    return len(due)


@audit.service("alert.send")
def send_alert(*, saved_id: UUID, by: Scope) -> int:
    """Write what is new, at most once a day, and remember it; returns how many vacancies were told."""
    saved = SavedSearch.objects.select_for_update(of=("self",)).select_related("place").filter(pk=saved_id).first()
    today = timezone.localdate()
    if saved is None or saved.sent_on == today:
        return 0
    new = list(new_for(saved))
    if not new:
        return 0
    search = search_of(saved)
    with override(saved.language):
        words = described(search)
    notify(
        ALERT,
        to=saved.email,
        language=saved.language,
        context={
            "count": len(new),
            "search": words,
            "vacancies": [
                (v, settings.SITE_URL + reverse("vacancy_detail", kwargs={"vacancy": v.pk})) for v in new[:LISTED]
            ],
            "board": settings.SITE_URL + board_address(search),
            "stop": settings.SITE_URL + reverse("alert_stop", kwargs={"token": stop_token(saved)}),
            "ends_on": saved.ends_on,
        },
        dedupe_key=f"alert:{saved.pk}:{today}",
        by=by,
    )
    saved.told.add(*new)
    saved.sent_on = today
    saved.save()
    return len(new)


def confirm_token(saved: SavedSearch) -> str:
    """Secret of the link that proves the address."""
    return signing.dumps(str(saved.pk), salt=_CONFIRM_SALT)


def stop_token(saved: SavedSearch) -> str:
    """Secret of the link that stops the alert; it opens as long as the alert lives."""
    return signing.dumps(str(saved.pk), salt=_STOP_SALT)


def _ask_to_confirm(saved: SavedSearch, by: Scope) -> None:
    # Nothing that was typed goes into this message: it must not carry words to an address that nobody has proved.
    notify(
        CONFIRM,
        to=saved.email,
        language=saved.language,
        context={"url": settings.SITE_URL + reverse("alert_confirm", kwargs={"token": confirm_token(saved)})},
        dedupe_key=f"alert_confirm:{saved.pk}:{timezone.localdate()}",
        by=by,
    )


def _confirm(saved: SavedSearch) -> None:
    """From now on; what the person can see on the board already is not news."""
    saved.confirmed_at = timezone.now()
    saved.save()
    saved.told.set(new_for(saved))


def _forget(saved: SavedSearch) -> None:
    """The search, its address, and the mails that were sent for it."""
    sent = Message.objects.exclude(state=MessageState.QUEUED)
    for kind in ("alert", "alert_confirm"):
        sent.filter(dedupe_key__startswith=f"{kind}:{saved.pk}:").delete()
    saved.delete()


def _locked(pk: str) -> SavedSearch:
    saved = SavedSearch.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if saved is None:
        raise LinkClosed
    return saved
