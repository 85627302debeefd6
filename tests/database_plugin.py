"""Loaded before Django: an embedded PostgreSQL for the tests, unless DATABASE_URL names another server."""

from __future__ import annotations

import os

os.environ["SAMLOP_DEMO"] = "1"

from samlop.site import database

database.ensure(folder="postgres-test", durable=False)
