"""The page of the yardstick."""

from __future__ import annotations

import os

from django.contrib.auth.decorators import login_required
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from bench.bare import ENVIRONMENT

PAGE = """<!doctype html><html lang="nb"><head><title>Liste</title></head><body><h1>Liste</h1><table>
<tr><th>Navn</th><th>Født</th><th>Telefon</th></tr>
{% for one in rows %}<tr><td><a href="/{{ one.pk }}/">{{ one.given_name }} {{ one.family_name }}</a></td>
<td>{{ one.birth_date|date:"d.m.Y" }}</td><td>{{ one.phone }}</td></tr>{% endfor %}
</table></body></html>"""


@login_required(login_url="/logg-inn/")
def rows(request: HttpRequest) -> HttpResponse:
    from samlop.people.models import Person

    found = Person.objects.filter(municipality_id=os.environ[ENVIRONMENT]).order_by("sort_key")[:25]
    return HttpResponse(_template().render({"rows": found}, request))


_kept = []


def _template():
    if not _kept:
        _kept.append(engines["django"].from_string(PAGE))
    return _kept[0]


urlpatterns = [path("", rows)]
application = get_wsgi_application() if os.environ.get("DJANGO_SETTINGS_MODULE") == "bench.bare" else None
