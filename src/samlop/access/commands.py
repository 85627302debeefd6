"""What changes in access: readings are noted, emergency access taken and reviewed, grants given, objections settled."""

from __future__ import annotations

from samlop.access.models import Reading
from samlop.access.viewer import Viewer
from samlop.core.time import now
from samlop.core.writing import writing


def record_readings(*, viewer: Viewer) -> None:
    """Write the sections the viewer has opened to the reading log; one statement for all of them.

    Not a ``command``: it is itself the trace, is written for every page, and is not journalled.
    """
    user_id = viewer.user_id
    if user_id is None:  # the program itself; it reads no cases on anyone's behalf
        return
    moment = now()
    rows = [
        Reading(
            case_id=case_id,
            municipality_id=case.municipality_id,
            section=section,
            at=moment,
            user_id=user_id,
            user_name=viewer.name,
            unit_id=viewer.unit_id,
            unit_name=viewer.unit.name if viewer.unit else "",
            role=viewer.role or "",
            relation=relation,
        )
        for (case_id, section), (case, relation) in viewer.seen.items()
    ]
    with writing("access.record_readings"):
        Reading.objects.bulk_create(rows)
    viewer.seen.clear()
