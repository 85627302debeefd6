"""``python -m bench``: measure the pages on the national demo."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

NATIONAL, SMALL = "samlop_national", "samlop_bench_small"


def main() -> int:
    """Fill what is missing, start the servers, measure, print and write ``var/bench.json``."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Måler sidene på demoen for hele landet.")
    parser.add_argument("--quick", action="store_true", help="bruk den lille demoen")
    parser.add_argument("--database", default="", help=f"navn på databasen ({NATIONAL})")
    parser.add_argument("--seconds", type=float, default=5.0, help="lengste tid per måling (5)")
    parser.add_argument("--requests", type=int, default=150, help="flest forespørsler per måling (150)")
    parser.add_argument("--only", default="", help="bare sider med denne teksten i navnet")
    options = parser.parse_args()
    os.environ["SAMLOP_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samlop.site.settings")

    from samlop.site.demo import cli as demo

    name = options.database or (SMALL if options.quick else NATIONAL)
    print(f"Data: {name}. Første gang lages de, og det tar tid.", file=sys.stderr)
    if status := demo.main(["--size", "small" if options.quick else "national", "--database", name]):
        return status
    from bench.measure import run

    return run(Path("var") / "bench.json", options.seconds, options.requests, options.only)


if __name__ == "__main__":
    sys.exit(main())
