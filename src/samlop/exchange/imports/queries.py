"""What is read of runs: one's own only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samlop.access.viewer import Viewer
from samlop.core.errors import not_found
from samlop.core.queries import query
from samlop.exchange.imports.runs import has_stopped, read_before
from samlop.exchange.models import ImportRun, RunStatus

MOST = 20


@query(scoped="starts from viewer.scope(ImportRun): one's own, in the municipality acted for")
def own_runs(viewer: Viewer) -> list[ImportRun]:
    """The viewer's latest runs. One query, without the files."""
    rows = viewer.scope(ImportRun).filter(municipality_id=viewer.municipality_id)
    return list(rows.defer("content", "preview", "errors").order_by("-created_at")[:MOST])


@dataclass(frozen=True)
class RunPage:
    """A run and what can be done with it now."""

    run: ImportRun
    earlier: ImportRun | None
    has_stopped: bool

    @property
    def may_start(self) -> bool:
        waits = self.run.status == RunStatus.READY or self.has_stopped
        return waits and not self.earlier and self.run.fresh + self.run.alike > 0

    @property
    def tells_of_programmes(self) -> bool:
        """Whether some row says when a programme begins."""
        return any(line.get("starts") for line in self.run.preview)

    @property
    def is_under_way(self) -> bool:
        return self.run.is_under_way and not self.has_stopped


@query(scoped="starts from viewer.scope(ImportRun): one's own, in the municipality acted for")
def run_page(viewer: Viewer, run_id: UUID) -> RunPage:
    """One run. Raises ``Refused('not_found')``. At most two queries."""
    rows = viewer.scope(ImportRun).filter(municipality_id=viewer.municipality_id, pk=run_id)
    run: ImportRun | None = rows.defer("content").select_related("owner_unit", "main_contact").first()
    if run is None:
        raise not_found()
    earlier = read_before(run) if run.status == RunStatus.READY else None
    return RunPage(run, earlier, has_stopped(run))
