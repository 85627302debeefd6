"""One run: every page beside the yardstick."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from bench import bare, inside, report
from bench.load import Target, at_once, connect, in_turn
from bench.pages import Page, pages
from bench.servers import serving
from bench.visitors import places, sign_in
from samlop.core.time import now

CONCURRENCY = 8


def run(path: Path, seconds: float, requests: int, only: str) -> int:
    """Measure and report; the exit status is 1 where a page did not come."""
    call_command("collectstatic", verbosity=0, interactive=False)
    where = places()
    wanted, missing = pages(where)
    wanted = [page for page in wanted if only.lower() in page.name.lower()]
    reader = next(iter(where[0].readers.values()))
    cookie = f"sessionid={sign_in(reader)}"
    about = report.facts()
    for place in where:
        print(f"{place.what}: {place.municipality}, {place.active} i program, {place.ended} avsluttet", file=sys.stderr)
    counted = {page: inside.count(page) for page in wanted}
    connections.close_all()
    municipality = str(where[0].municipality.pk)
    lines = []
    print(report.HEADING)
    with (
        serving("Samløp", "samlop.site.settings", "samlop.site.wsgi:application") as port,
        serving(
            "målestokken", "bench.bare", "bench.bare_page:application", **{bare.ENVIRONMENT: municipality}
        ) as other,
    ):
        yardstick = Target(other, "/", cookie)
        for page in wanted:
            line = _measure(page, port, yardstick, counted[page], seconds, requests)
            lines.append(line)
            print(report.row(line), flush=True)
        times = at_once(yardstick, CONCURRENCY, seconds, requests * 4)
    print(f"\nMålestokken, en naken liste på 25 rader: {times.at(0.5):.1f} ms ved 8, {times.per_second:.0f} per sekund")
    if missing:
        print(f"Ikke bygget ennå: {', '.join(missing)}")
    about["yardstick"] = {"p50_of_8": times.at(0.5), "per_second_of_8": times.per_second}
    path.parent.mkdir(exist_ok=True)
    report.write(path, now().isoformat(timespec="seconds"), lines, missing, about)
    print(f"Skrevet til {path}")
    return 1 if any(line.failed for line in lines) else 0


def _measure(
    page: Page, port: int, yardstick: Target, queries: inside.Queries, seconds: float, requests: int
) -> report.Line:
    target = Target(port, page.path, page.cookie, page.form)
    connection = connect(port)
    size = target.ask(connection).size
    connection.close()
    alone, beside = in_turn([target, yardstick], seconds, requests)
    # Those who write to the same case take turns for its lock; that is the rule being measured, not a fault.
    many = at_once(target, CONCURRENCY, seconds, requests * 2)
    if os.environ.get("BENCH_SLOW") and queries.slowest_milliseconds > 3:
        print(f"   {queries.slowest_milliseconds:.0f} ms: {queries.slowest[:3000]}", file=sys.stderr)
    return report.Line(
        page=page.name,
        place=page.place,
        active=page.active,
        reader=page.reader.username,
        p50=alone.at(0.5),
        p95=alone.at(0.95),
        bare_p50=beside.at(0.5),
        ratio=alone.at(0.5) / beside.at(0.5),
        p50_of_8=many.at(0.5),
        p95_of_8=many.at(0.95),
        per_second_of_8=many.per_second,
        queries=queries.count,
        database=queries.milliseconds,
        bytes=size,
        asked=len(alone.seconds) + len(many.seconds),
        failed=alone.failed + many.failed,
    )
