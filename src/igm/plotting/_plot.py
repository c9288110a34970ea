"""``Plot``: a figure with its description, and what all figures share."""

from __future__ import annotations

import base64
import html
import io
import textwrap
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from igm._display import one_line
from igm.constructs._base import is_number, shown, text_of
from igm.constructs.schaal import Schaal
from igm.errors import InputError, MissingDependencyError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
"""Colours that people with any kind of colour blindness tell apart (Okabe & Ito 2008, Color Universal Design)."""

MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X")
"""A sign per series, so that nothing hangs on colour alone."""

_SHARPEST: Final = 1200
_COARSEST: Final = 20
_FORMATS: Final = ("svg", "png", "pdf")
_AN_INCH: Final = 15
"""So many letters of a note go in an inch at least."""


@attrs.frozen(repr=False)
class Plot:
    """A figure and its description for who does not see it.

    Attributes:
        figure: The figure of matplotlib, which can be changed further.
        title: Its title.
        alt: What it shows, in words.
        notes: What stands below it.

    Example:
        >>> from igm.analysis import report_published
        >>> from igm.constructs import LIKERT7
        >>> from igm.plotting import profile
        >>> rows = [{"wave": "T0", "construct": "context", "n": 16, "mean": 3.63, "sd": 1.5}]
        >>> plot = profile(report_published(rows, bron="We zijn allemaal mensen, 2025", schaal=LIKERT7), lang="en")
        >>> plot
        Plot('Scores per construct', notes=2)
        >>> plot.alt
        'Scores per construct. Scale 1–7. context and enabling conditions (n = 16): 3.63 (2.83 to 4.43).'
    """

    figure: Figure
    title: str
    alt: str
    notes: tuple[str, ...] = ()

    def save(self, path: str | Path, *, dpi: int = 200) -> Path:
        """Write it to a file, with its description in it.

        Args:
            path: Ends in ``.svg`` (texts stay texts), ``.png`` or ``.pdf``.
            dpi: Points per inch of a PNG.

        Returns:
            The path.

        Raises:
            InputError: ``invalid-value`` for another ending, ``value-out-of-range`` for points that no image has.
        """
        asked: object = path
        if not isinstance(asked, (str, Path)):
            do = "Give a path that ends in .svg, .png or .pdf."
            raise InputError.of("invalid-value", "no path", do, where="$.path", given=shown(asked))
        target = Path(path)
        kind = target.suffix.lower().removeprefix(".")
        if kind not in _FORMATS:
            do = "End it in .svg, .png or .pdf."
            raise InputError.of(
                "invalid-value", "not a kind of figure", do, where="$.path", given=shown(kind)
            )
        if not is_number(dpi) or not _COARSEST <= dpi <= _SHARPEST:
            do = f"Give a number of {_COARSEST} to {_SHARPEST}."
            raise InputError.of("value-out-of-range", "points per inch", do, where="$.dpi", given=shown(dpi))
        target.write_bytes(self._written(kind, int(dpi)))
        return target

    def _written(self, kind: str, dpi: int) -> bytes:
        mpl: Any = import_module("matplotlib")
        drawn: Any = self.figure
        told = {
            "svg": {"Title": self.title, "Description": self.alt, "Date": None},
            "png": {"Title": self.title, "Description": self.alt},
            "pdf": {"Title": self.title, "Subject": self.alt, "CreationDate": None},
        }[kind]
        out = io.BytesIO()
        with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "igm"}):
            drawn.savefig(out, format=kind, dpi=dpi, metadata=told)
        return out.getvalue()

    def __repr__(self) -> str:
        return f"Plot({self.title!r}, notes={len(self.notes)})"

    def _repr_html_(self) -> str:
        data = base64.b64encode(self._written("png", 100)).decode("ascii")
        return f'<img alt="{html.escape(self.alt)}" src="data:image/png;base64,{data}">'


def figure(width: float, height: float) -> Any:
    """An empty figure, which no list of open figures knows of.

    Raises:
        MissingDependencyError: ``missing-dependency`` without matplotlib.
    """
    if find_spec("matplotlib") is None:
        raise MissingDependencyError.for_what("drawing figures needs matplotlib", "plot")
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def finished(made: Any, title: str, alt: str | None, told: str, notes: Sequence[str]) -> Plot:
    """A figure with its title above and its notes below."""
    text_of(title, "$.title")
    text_of(told if alt is None else alt, "$.alt")
    wide = int(_AN_INCH * made.get_figwidth())
    made.suptitle(wrapped(title, wide * 2 // 3), fontsize=12)
    if notes:
        text = "\n".join(line for note in notes for line in textwrap.wrap(plain(note), wide))
        made.supxlabel(text, fontsize=8, x=0.02, ha="left")
    return Plot(made, one_line(title), one_line(told if alt is None else alt), tuple(notes))


def style(place: int) -> tuple[str, str]:
    """The colour and the sign of a series; no two of 49 have both in common."""
    turn, at = divmod(place, len(COLOURS))
    return COLOURS[at], MARKERS[(at + turn) % len(MARKERS)]


def say_why_empty(axes: Any, text: str) -> None:
    """Why nothing is drawn, in the place where it would have been."""
    axes.text(
        0.5,
        0.5,
        wrapped(text, 34),
        transform=axes.transAxes,
        ha="center",
        va="center",
        fontsize=9,
        color="0.25",
    )


def told_of(title: str, scale: str, said: Sequence[str], empty: str | None) -> str:
    """A figure in words: its figures, or why there are none."""
    return f"{title}. {scale}. {empty or '; '.join(said) + '.'}"


def plain(text: str) -> str:
    """Text in which a dollar sign starts no formula."""
    return one_line(text).replace("$", r"\$")


def wrapped(text: str, width: int) -> str:
    """Text over several lines."""
    return "\n".join(textwrap.wrap(plain(text), width)) or " "


def bare(axes: Any) -> None:
    """Take away what carries nothing."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def whole_ticks(schaal: Schaal) -> list[int]:
    """A tick per answer; on a long scale the two ends and what lies evenly between."""
    width = int(schaal.maximum) - int(schaal.minimum)
    step = 1 if width <= 10 else max(1, width // 5)
    ticks = [*range(int(schaal.minimum), int(schaal.maximum) + 1, step)]
    return ticks if ticks[-1] == schaal.maximum else [*ticks, int(schaal.maximum)]
