"""Loaded before Django: settings of the tests, message catalogues, and PostgreSQL (embedded, or DATABASE_URL)."""

from __future__ import annotations

import os

os.environ["SAMLOP_DEMO"] = os.environ["SAMLOP_TESTING"] = "1"

from samlop.site import catalogue, database

catalogue.compile_all()
database.ensure(folder="postgres-test", durable=False)
