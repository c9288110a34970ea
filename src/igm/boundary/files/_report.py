"""``FileReport``: what was found in a file while it was read, so that nothing is detected in silence."""

from __future__ import annotations

from typing import Any

import attrs

from igm._display import Table

_NAMES = {"\t": "tab", ";": "semicolon ;", ",": "comma ,", "|": "bar |", ".": "point ."}


@attrs.frozen(kw_only=True)
class FileReport:
    r"""What was found in a file.

    Attributes:
        file: The name of the file, without its folder.
        form: What kind of file it is.
        rows: How many rows it has, those of its header left out.
        columns: How many columns it has.
        header_rows: How many rows its header has; 0 when names are no rows.
        encoding: How its texts are written.
        delimiter: What stands between its cells; nothing when it has none.
        decimal: The decimal sign; nothing when no number has decimals.
        skipped: What was not read as data, such as empty lines.
        notes: What else there is to know.

    Example:
        >>> report = FileReport(file="t0.csv", form="CSV", rows=2, columns=3, header_rows=1, delimiter=";", decimal=",")
        >>> report
        FileReport('t0.csv', CSV, 2 rows, 3 columns)
        >>> print(report)
        t0.csv
        what         found
        -----------  -----------
        form         CSV
        rows         2
        columns      3
        header rows  1
        delimiter    semicolon ;
        decimal      comma ,
    """

    file: str
    form: str
    rows: int
    columns: int
    header_rows: int = 0
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    skipped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def table(self) -> Table:
        """What was found, as people read it; what was skipped and noted stands below."""
        rows: list[tuple[str, str | int]] = [
            ("form", self.form),
            ("rows", self.rows),
            ("columns", self.columns),
        ]
        if self.header_rows:
            rows.append(("header rows", self.header_rows))
        signs = {"encoding": self.encoding, "delimiter": self.delimiter, "decimal": self.decimal}
        rows += [(name, _NAMES.get(sign, sign)) for name, sign in signs.items() if sign is not None]
        below = (*(f"skipped: {text}" for text in self.skipped), *self.notes)
        return Table(["what", "found"], rows, title=self.file, notes=below, lang="en")

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return {**attrs.asdict(self), "skipped": [*self.skipped], "notes": [*self.notes]}

    def __repr__(self) -> str:
        return f"FileReport({self.file!r}, {self.form}, {self.rows} rows, {self.columns} columns)"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()
