"""``FileTable``: what a file holds, in memory and without a frame library; and a frame of it when asked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines._codes import Meaning
from igm._engines.column_map import ColumnMap
from igm.boundary.files._report import FileReport
from igm.constructs._base import FrozenMapping, shown
from igm.constructs.vragenlijst import Vragenlijst
from igm.constructs.waarde import Missing
from igm.decision.kader import Afwegingskader
from igm.errors import UnknownNameError, suggestion

Kind: TypeAlias = Literal["whole", "number", "text", "moment"]
"""What a column holds: whole numbers, numbers, texts, or dates and times."""

Raw: TypeAlias = float | str
"""A value as it stands in a file."""

Asked: TypeAlias = "Vragenlijst | Afwegingskader[Any] | Iterable[str]"
"""A questionnaire, a kader, or the names of items."""


def _frozen(values: NDArray[Any]) -> NDArray[Any]:
    values.setflags(write=False)
    return values


@attrs.frozen(eq=False)
class Column:
    """A column: its values, with NaN or ``None`` where there is none, and what they are."""

    values: NDArray[Any] = attrs.field(converter=_frozen)
    kind: Kind

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Where there is no value."""
        if self.values.dtype.kind == "i":
            return np.zeros(len(self.values), np.bool_)
        if self.values.dtype.kind == "f":
            found: NDArray[np.bool_] = np.isnan(self.values)
            return found
        return np.array([value is None for value in self.values], np.bool_)


@attrs.frozen(eq=False, repr=False, kw_only=True)
class FileTable:
    r"""What a file holds: its columns, what it says about them, and a report of what was found.

    Values are those of the file: a code for *no answer*, such as 99, is still 99. `column_map` says what they mean.

    Attributes:
        data: The columns by name.
        report: What was found while reading.
        labels: What a column is about, such as the text of the question, by column.
        value_labels: What a value is called, by column and value.
        codes: What the file says that values mean, as far as that is not the value itself, by column and value.
        suggested: The column that an item or fact seems to have, for files whose names follow a rule of their own.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from igm.boundary import read_csv
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "t0.csv"
        ...     _ = path.write_text("ref;houding_1;uren\nc-1;4;1,5\nc-2;;2", encoding="utf-8")
        ...     file = read_csv(path)
        >>> file
        FileTable('t0.csv', 2 rows, 3 columns)
        >>> file["uren"], file.names, len(file)
        (array([1.5, 2. ]), ('ref', 'houding_1', 'uren'), 2)
        >>> file.report.delimiter, file.report.decimal, file.report.encoding
        (';', ',', 'UTF-8')
    """

    data: Mapping[str, Column] = attrs.field(converter=FrozenMapping[str, Column])
    report: FileReport
    labels: Mapping[str, str] = attrs.field(
        default=FrozenMapping[str, str](), converter=FrozenMapping[str, str]
    )
    value_labels: Mapping[str, Mapping[Raw, str]] = attrs.field(
        default=FrozenMapping[str, Mapping[Raw, str]](), converter=FrozenMapping[str, Mapping[Raw, str]]
    )
    codes: Mapping[str, Mapping[Raw, Meaning]] = attrs.field(
        default=FrozenMapping[str, Mapping[Raw, Meaning]](),
        converter=FrozenMapping[str, Mapping[Raw, Meaning]],
    )
    suggested: Literal["own", "limesurvey"] = "own"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the file."""
        return tuple(self.data)

    def __len__(self) -> int:
        return self.report.rows

    def __getitem__(self, name: str, /) -> NDArray[Any]:
        """The values of a column: numbers with NaN, or texts, dates and times with ``None``, where there is none.

        Raises:
            UnknownNameError: ``unknown-name``, with a suggestion.
        """
        if not isinstance(name, str) or name not in self.data:
            do = suggestion(name, self.data)
            raise UnknownNameError.of("unknown-name", "the file has no such column", do, given=shown(name))
        return self.data[name].values

    def frame(self, kind: Literal["pandas", "polars", "pyarrow"], /) -> Any:
        """A frame of the library that you work with, with null where there is no value.

        Whole numbers become Int64 and numbers Float64 (in pandas the nullable ones), texts become strings; dates and
        times are as the library takes them.

        Args:
            kind: ``pandas``, ``polars`` or ``pyarrow``.

        Raises:
            InputError: ``unknown-name`` for another kind.
            MissingDependencyError: ``missing-dependency`` when the library is not installed.
        """
        from igm.boundary.files._frames import made_frame

        return made_frame(self.data, kind)

    def column_map(
        self,
        *asked: Asked,
        items: Mapping[str, str] | None = None,
        facts: Mapping[str, str] | None = None,
        pattern: str | None = None,
        codes: Mapping[str, Mapping[Any, Meaning | None]] | None = None,
        missing: Mapping[Any, Missing | str | None] | None = None,
    ) -> ColumnMap:
        """A map of columns for what is asked, with what the file itself says about its values.

        What is given here goes before what the file says. The rest is a suggestion, to look at and to keep:

        - values that the file says stand for no answer, with the kind of missing that their label names (``weet niet``,
          ``refused``), else ``niet_gevraagd``;
        - in columns of texts, the answers whose label is, to the letter, one of the anchors of the questionnaire's
          scale; for a yes/no fact ``ja``, ``nee``, ``yes``, ``no``, ``y`` and ``n``; and the words for a kind of
          missing. All answers of the scale are suggested, those that did not occur too, so that the map fits the
          next file;
        - where labels of values (SPSS) stand at other values than on the scale, or at other values than 1 for yes and
          0 for no, what they mean; then a value that no label places means a text, which is refused where it is used.

        The ``notes`` of the map tell where labels say something else than the values, where only some of them are
        known, and when no column was found at all.

        Nothing else is suggested: a value that stays without a meaning is refused where it is used.

        Args:
            *asked: A questionnaire (or the names of items), a kader, or both: then one map serves both.
            items: The column by item, as in `ColumnMap`.
            facts: The column by fact, as in `ColumnMap`.
            pattern: How other columns are called, as in `ColumnMap`.
            codes: What values mean, as in `ColumnMap`.
            missing: Which values stand for no answer, as in `ColumnMap`.

        Raises:
            pydantic.ValidationError: What `ColumnMap` refuses.
            InputError: What `ColumnMap.resolve` refuses for the columns of this file; ``invalid-value`` for nothing
                asked, or two of a kind.
        """
        from igm.boundary.files._suggest import Said, suggested_map

        own = ColumnMap(
            items=items or {}, facts=facts or {}, pattern=pattern, codes=codes or {}, missing=missing or {}
        )
        said = Said(self.data, self.value_labels, self.codes, self.suggested)
        return suggested_map(said, asked, own)

    def to_dict(self) -> dict[str, Any]:
        """The columns and the report as plain data, ready for JSON: a list per column, with ``None`` for no value."""
        columns = {
            name: [_plain(value) for value in column.values.tolist()] for name, column in self.data.items()
        }
        return {"columns": columns, "report": self.report.to_dict()}

    def __repr__(self) -> str:
        return f"FileTable({self.report.file!r}, {len(self)} rows, {len(self.data)} columns)"

    def __str__(self) -> str:
        return str(self.report)

    def _repr_html_(self) -> str:
        return self.report._repr_html_()


def _plain(value: Any) -> Any:
    if isinstance(value, (date, time)):
        return value.isoformat()
    return None if isinstance(value, float) and math.isnan(value) else value
