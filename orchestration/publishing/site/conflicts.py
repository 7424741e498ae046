"""Two sources, one fact, different figures: side by side, each in its sentence."""

from __future__ import annotations

from typing import Any

from orchestration.publishing.site.csvs import to_csv
from orchestration.publishing.site.figures import difference, figure, percent, period
from orchestration.publishing.site.page import Page, Source, indicator_name, qualified, source
from orchestration.publishing.site.reading import Release, Row
from orchestration.publishing.site.words import say

SHOWN = 300
COLUMNS = (
    "region_code", "region_name", "indicator_code", "indicator_name", "theme", "scope", "unit", "period", "measure", "first_quote",
    "first_value", "second_quote", "second_value", "difference", "relative_difference", "kind", "first_statement_id", "second_statement_id",
)  # fmt: skip


def conflicts(release: Release) -> Page:
    """The page of conflicts, the widest first, likely slips of a unit before all."""
    rows = release.rows(
        "select * from marts.conflict order by kind like 'unit_slip%' desc, relative_difference desc, first_statement_id, second_statement_id"
    )
    places = {
        row["id"]: row
        for row in release.rows(
            "with told as (select first_statement_id as id from marts.conflict union select second_statement_id from marts.conflict) "
            "select t.id, c.document_id, c.char_start, c.char_end, c.sentence_start, c.sentence_end, c.comparator, null as cell "
            "from told as t inner join core.fct_claim as c on t.id = c.claim_id "
            "union all select t.id, o.document_id, null, null, null, null, 'eq', o.sheet || ' ' || o.cell "
            "from told as t inner join core.fct_observation as o on t.id = o.observation_id"
        )
    }
    return Page(
        path="conflicts.html",
        template="conflicts.html",
        title=say("page", "conflicts"),
        context={
            "conflicts": [_conflict(release, row, places) for row in rows[:SHOWN]],
            "total": len(rows),
            "shown": min(len(rows), SHOWN),
        },
        files={"data/conflicts.csv": to_csv(COLUMNS, [[row[c] for c in COLUMNS] for row in rows])},
    )


def _conflict(release: Release, row: Row, places: dict[str, Row]) -> dict[str, Any]:
    def side(which: str) -> dict[str, Any]:
        at = places.get(row[f"{which}_statement_id"], {})
        said: Source | None = source(
            release,
            row[f"{which}_document_id"],
            at.get("char_start"),
            at.get("char_end"),
            (at["sentence_start"], at["sentence_end"]) if at.get("sentence_start") is not None else None,
            cell=at.get("cell"),
            quote=row[f"{which}_quote"],
        )
        return {"value": figure(row[f"{which}_value"], row["unit"], row["measure"], at.get("comparator")), "source": said}

    return {
        "region": row["region_name"] or "",
        "name": qualified(indicator_name(release, row["indicator_code"], row["indicator_name"]), row["measure"], row["scope"]),
        "period": period(row["period"]),
        "kind": row["kind"],
        "difference": difference(row["difference"], row["unit"]),
        "relative": percent(row["relative_difference"]) if (row["relative_difference"] or 0) >= 0.005 else "<1%",
        "sides": (side("first"), side("second")),
    }
