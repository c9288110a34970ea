"""Look at published tables: what fits, and what to ask those who have the data.

The figures are those of a report; `examples/data/README.md` says which. Nothing here says that anybody erred.
"""

from __future__ import annotations

import csv
from pathlib import Path

from igm.analysis import AuditReport, audit

DATA = Path(__file__).parent / "data"
BRON = "Knelange et al. (2025), We zijn allemaal mensen: tussenrapportage januari 2025"
ONE_ITEM = {"context": 1, "zelfreflectie": 1, "vakmanschap": 1, "congruentie_begeleiding": 1}
"""How many items these scores of professionals have is not published: one is a guess."""


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def whole() -> AuditReport:
    """Both tables of both organisations, with the figures of the text and the months of the waves."""
    return audit(
        rows("wzam_published_tables.csv"),
        schaal="scale_max",
        by=["organisation", "role"],
        mark="published_significant",
        marked=["T2"],
        text=rows("wzam_text_figures.csv"),
        claims=[
            {
                "organisation": "WPI Amsterdam",
                "role": "professional",
                "construct": "sociale_druk",
                "earlier": "T0",
                "later": "T2",
                "direction": "lower",
            }
        ],
        dates=rows("wzam_waves.csv"),
        bron=BRON,
    )


def one_item() -> AuditReport:
    """Professionals of IJmond Werkt!, if four of their scores were one item each."""
    chosen = [
        row
        for row in rows("wzam_published_tables.csv")
        if (row["organisation"], row["role"]) == ("IJmond Werkt!", "professional")
        and row["construct"] in ONE_ITEM
    ]
    return audit(chosen, schaal="scale_max", by=["organisation", "role"], items=ONE_ITEM, bron=BRON)


if __name__ == "__main__":
    report = whole()
    print(report.text("en"))
    print()
    print("If four scores of professionals of IJmond Werkt! were one item each:")
    guess = one_item()
    unlike = [one for one in (*guess.of("grim"), *guess.of("grimmer")) if one.verdict != "consistent"]
    for finding in [*guess.of("n"), *unlike]:
        print(f"{finding.place('en')}: {finding.text('en')}")
