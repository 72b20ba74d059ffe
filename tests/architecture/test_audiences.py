"""Every view of ours says who may open it; the sign-in package answers for its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver


def _views(resolver: Any) -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _views(entry)
        else:
            yield entry.name, entry.callback


OURS = [(name, view) for name, view in _views(get_resolver()) if not view.__module__.startswith("allauth.")]


@pytest.mark.parametrize(("name", "view"), OURS, ids=[name for name, _ in OURS])
def test_view_declares_its_audience(name: str, view: Any) -> None:
    assert getattr(view, "audience", None), name


@pytest.mark.parametrize(("name", "view"), OURS, ids=[name for name, _ in OURS])
def test_only_public_views_and_those_with_keys_need_no_login(name: str, view: Any) -> None:
    assert (view.audience in ({"public"}, {"keyed"})) is (getattr(view, "login_required", True) is False), name
