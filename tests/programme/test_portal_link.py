"""The participant finds their decisions from their own page."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.house import House
from tests.programme.course_of import at, signed_in


def test_from_my_page_to_my_decisions(house: House, client: Client) -> None:
    signed_in(house, client, "participant")
    assert at(house, "decisions") in client.get(reverse("portal:home")).content.decode()
    page = client.get(at(house, "decisions"))
    assert page.status_code == 200
    assert "Vedtakene dine" in page.content.decode()
