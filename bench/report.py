"""The table and the file of a run."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection

AIM_MILLISECONDS, AIM_PER_SECOND = 40.0, 150.0


@dataclass(frozen=True)
class Line:
    """What was measured of one page. Times in milliseconds; ``ratio`` is the median over the yardstick's."""

    page: str
    place: str
    active: int
    reader: str
    p50: float
    p95: float
    bare_p50: float
    ratio: float
    p50_of_8: float
    p95_of_8: float
    per_second_of_8: float
    queries: int
    database: float
    bytes: int
    asked: int
    failed: int


HEADING = (
    f"{'Side':<20}{'kommune':<9}{'median':>8}{'p95':>8}{'x bar':>7}{'ved 8':>8}{'p95':>8}{'per s':>7}"
    f"{'spørr.':>8}{'i db':>7}{'byte':>9}"
)


def row(line: Line) -> str:
    """One line of the table; «!» where an aim is missed, «FEIL» where a page did not come."""
    late = "!" if line.p95 > AIM_MILLISECONDS else " "
    few = "!" if line.per_second_of_8 < AIM_PER_SECOND else " "
    text = (
        f"{line.page:<20}{line.place:<9}{line.p50:>8.1f}{line.p95:>7.1f}{late}{line.ratio:>7.1f}{line.p50_of_8:>8.1f}"
        f"{line.p95_of_8:>8.1f}{line.per_second_of_8:>6.0f}{few}{line.queries:>8}{line.database:>7.1f}{line.bytes:>9}"
    )
    return f"{text}  FEIL: {line.failed} av {line.asked}" if line.failed else text


def facts() -> dict[str, Any]:
    """The machine and the data of the run."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_database(), pg_database_size(current_database()), current_setting('server_version')"
        )
        name, size, version = cursor.fetchone()
        cursor.execute("SELECT count(*) FILTER (WHERE status = 'active'), count(*) FROM cases_case")
        active, cases = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM cases_journalentry")
        entries = cursor.fetchone()[0]
    return {
        "machine": {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "python": platform.python_version()},
        "database": {"name": name, "bytes": size, "postgresql": version},
        "data": {"active": active, "cases": cases, "journal_entries": entries},
        "aims": {"p95_milliseconds": AIM_MILLISECONDS, "pages_per_second": AIM_PER_SECOND},
    }


def write(path: Path, taken_at: str, lines: list[Line], missing: list[str], about: dict[str, Any]) -> None:
    """The run as JSON."""
    document = {"taken_at": taken_at, **about, "pages": [asdict(line) for line in lines], "not_built": missing}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
