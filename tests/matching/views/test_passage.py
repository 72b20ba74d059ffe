"""The desk hands a company over on its page; both desks read where it went."""

import pytest
from django.urls import reverse

from tests.support.employers import make_company, make_company_user
from tests.support.personas import make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_an_operator_passes_it_and_both_desks_read_where_it_went() -> None:
    company, desk = make_company(), make_desk()
    there, page = (reverse(name, kwargs={"company": company.pk}) for name in ("pass_company", "company_detail"))
    old, new = (signed_in(make_operator(d)) for d in (company.desk, desk))
    assert there in old.get(page).content.decode()
    assert there not in new.get(page).content.decode()
    assert new.get(there).status_code == 404
    assert old.post(there, {"desk": desk.pk}).status_code == 422
    assert old.post(there, {"desk": desk.pk, "reason": "Ha aperto lì"}).status_code == 302
    for client in (old, new):
        html, cost = asked(client, page)
        assert f"Passata da {company.desk} a {desk}: Ha aperto lì" in html
        assert cost <= 10
    # It is the other desk's now.
    assert (old.get(there).status_code, new.get(there).status_code) == (404, 200)


def test_a_company_passes_nobody() -> None:
    company = make_company()
    client = signed_in(make_company_user(company))
    assert client.get(reverse("pass_company", kwargs={"company": company.pk})).status_code == 404
