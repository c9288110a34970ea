"""``TwoVoices``: what a client and a professional say of the same client, side by side."""

from __future__ import annotations

from typing import Any, Final

import attrs

from igm._display import Cell, Column, Language, Table, number
from igm.congruence._voice_words import VOICES
from igm.congruence.pairs import LeftOutReason, Side
from igm.congruence.profile_similarity import signed
from igm.constructs._base import known_language
from igm.constructs.composite import Metric
from igm.constructs.gedrag import Gedrag
from igm.constructs.model import Construct, construct
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Missing
from igm.errors import MASK, UnknownNameError, shown, suggestion

SCHEMA_VERSION: Final = 1
"""The version of the form in which a result is stored."""

NOISE: Final = 1e-9
"""A difference that exceeds the margin by less than this does not exceed it: rounding alone can part the two."""


@attrs.frozen(repr=False)
class VoiceRow:
    """One construct, as each of the two puts it.

    Attributes:
        construct: Which one.
        own: What the client says, on the metric; or why it is missing. ``None`` for a value that stands alone and is on
            another scale than the shared one.
        other: What the professional says of the client; the same.
        reason: Why the two are not compared; ``None`` when they are.

    Example:
        >>> VoiceRow(Construct.KENNIS, 4.0, 2.5)
        VoiceRow('kennis', own=4.0, other=2.5)
        >>> VoiceRow(Construct.KENNIS, 4.0, 2.5).difference
        1.5
    """

    construct: Construct
    own: float | Missing | None
    other: float | Missing | None
    reason: LeftOutReason | None = None

    @property
    def difference(self) -> float | None:
        """The client's minus the professional's: positive when the client's is higher."""
        if self.reason is not None or not isinstance(self.own, float) or not isinstance(self.other, float):
            return None
        return self.own - self.other

    @property
    def _hidden(self) -> bool:
        return self.construct.info.sensitive

    def __repr__(self) -> str:
        own, other = (
            MASK if self._hidden and not isinstance(one, Missing) else one for one in (self.own, self.other)
        )
        return f"VoiceRow({self.construct.value!r}, own={own}, other={other})"


@attrs.frozen(repr=False)
class TwoVoices:
    """What a client and a professional say of the same client, side by side; the two are never merged.

    What is printed masks sensitive values and puts them last, out of order; ``rows``, ``text()``, ``table()`` and
    ``to_dict()`` do not.

    Attributes:
        rows: The compared constructs, the largest difference first, and then those that are not compared.
        gedrag: The behaviour that both are about.
        metric: What values and differences are in.
        schaal: The shared scale; ``None`` for POMP.
        margin: The margin that was stated; ``None`` when none was.
        ref: The client; ``None`` when neither profile says who.
        same_ref: Whether both profiles say that they are about the same client.
        turned: On which sides social pressure pointed against the behaviour and was turned round: ``"first"`` is the
            client's, ``"second"`` the professional's.

    Example:
        >>> from igm.constructs import LIKERT5, Profiel, Waarde
        >>> from igm.congruence import two_voices
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="thuis", time="deze week", doel="werk")
        >>> def voice(**scores):
        ...     waarden = {name: Waarde(score=score, schaal=LIKERT5) for name, score in scores.items()}
        ...     return Profiel(ref="c-017", gedrag=gedrag, waarden=waarden)
        >>> found = two_voices(voice(houding=4, kennis=2, context=3), voice(houding=3.5, kennis=4, context=3), margin=1)
        >>> [row.construct.value for row in found.compared], [row.construct.value for row in found.topics]
        (['kennis', 'houding', 'context'], ['kennis'])
    """

    rows: tuple[VoiceRow, ...]
    gedrag: Gedrag
    metric: Metric
    schaal: Schaal | None
    margin: float | None
    ref: str | None
    same_ref: bool
    turned: tuple[Side, ...] = ()

    @property
    def compared(self) -> tuple[VoiceRow, ...]:
        """What both said something of, the largest difference first."""
        return tuple(row for row in self.rows if row.difference is not None)

    @property
    def topics(self) -> tuple[VoiceRow, ...] | None:
        """The differences beyond the margin, the largest first; ``None`` when no margin was stated."""
        return None if self.margin is None else tuple(row for row in self.compared if self._is_topic(row))

    def _is_topic(self, row: VoiceRow) -> bool:
        return (
            self.margin is not None
            and row.difference is not None
            and abs(row.difference) > self.margin + NOISE
        )

    def __getitem__(self, name: str | Construct) -> VoiceRow:
        key = construct(name)
        for row in self.rows:
            if row.construct is key:
                return row
        do = suggestion(key.value, [row.construct.value for row in self.rows])
        raise UnknownNameError.of("unknown-construct", "not asked for", do, given=shown(key.value))

    def text(self, lang: Language = "nl") -> str:
        """What each says, a line per construct; sensitive values are shown, because this is the asking for them.

        With a margin only the topics are told, and what is not known.

        Args:
            lang: ``"nl"`` or ``"en"``.

        Raises:
            InputError: ``unknown-name`` for another language.
        """
        known_language(lang)
        told = self.compared if self.topics is None else self.topics
        rest = [row for row in self.rows if row.difference is None]
        lines = [self._said(row, lang) for row in (*told, *rest)]
        if self.margin is not None and not told:
            lines.insert(0, VOICES[lang]["no-topics"].format(number(self.margin, lang=lang)))
        return "\n".join([*lines, *self._notes(lang)])

    def _said(self, row: VoiceRow, lang: Language) -> str:
        words, name, apart = VOICES[lang], row.construct.label(lang), row.difference
        if apart is None:
            missing = sum(isinstance(one, Missing) for one in (row.own, row.other))
            key = "no-direction" if not missing else "one-voice" if missing == 1 else "no-voice"
            return words[key].format(name, *(_told(one, lang) for one in (row.own, row.other)))
        own, other = (_told(one, lang) for one in (row.own, row.other))
        if abs(apart) <= NOISE:
            return words["same"].format(name, own)
        size = number(abs(apart), lang=lang)
        values = (own, other) if apart > 0 else (other, own)
        return words["higher" if apart > 0 else "lower"].format(name, size, *values)

    def _notes(self, lang: Language) -> list[str]:
        words = VOICES[lang]
        notes = [words[f"metric-{self.metric}"].format(self.schaal)]
        if self.margin is None:
            notes.append(words["no-margin"])
        else:
            notes.append(words["margin"].format(number(self.margin, lang=lang)))
        notes += [words[f"turned-{'own' if side == 'first' else 'other'}"] for side in self.turned]
        if not self.same_ref:
            notes.append(words["ref-unknown"])
        return [*notes, words["purpose"]]

    def table(self, lang: Language = "nl") -> Table:
        """Both voices per construct, with their difference; sensitive values are shown."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        words = VOICES[known_language(lang)]
        hidden = [row for row in self.rows if mask and row._hidden]
        hidden.sort(key=lambda row: tuple(Construct).index(row.construct))
        rows = [row for row in self.rows if row not in hidden] + hidden
        columns = [
            Column(words["construct"]),
            *(Column(words[name], "right") for name in ("own", "other", "difference")),
        ]
        if self.margin is not None:
            columns.append(Column(words["topic"]))
        notes = self._notes(lang)
        if self.margin is not None and self.topics == () and not any(row in self.compared for row in hidden):
            notes.insert(1, words["no-topics"].format(number(self.margin, lang=lang)))
        if hidden:
            notes.append(words["hidden"].format(MASK, ", ".join(row.construct.label(lang) for row in hidden)))
        if self.ref is not None:
            notes.append(self.ref)
        cells = [self._cells(row, lang, mask=mask) for row in rows]
        title = words["title"].format(self.gedrag.text(lang))
        return Table(columns, cells, title=title, notes=notes, lang=lang)

    def _cells(self, row: VoiceRow, lang: Language, *, mask: bool) -> list[Cell]:
        words, hide = VOICES[lang], mask and row._hidden
        said: list[Cell] = [
            one.label(lang) if isinstance(one, Missing) else MASK if hide else one
            for one in (row.own, row.other)
        ]
        cells = [row.construct.label(lang), *said]
        if row.difference is None:
            return [*cells, None] if self.margin is None else [*cells, None, None]
        cells.append(MASK if hide else signed(row.difference, lang))
        topic = words["yes" if self._is_topic(row) else "no"]
        return cells if self.margin is None else [*cells, MASK if hide else topic]

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON; sensitive values are in it."""
        rows = [
            {
                "construct": row.construct.value,
                "own": row.own.value if isinstance(row.own, Missing) else row.own,
                "other": row.other.value if isinstance(row.other, Missing) else row.other,
                "difference": row.difference,
                "topic": None if self.margin is None or row.difference is None else self._is_topic(row),
                "reason": row.reason,
            }
            for row in self.rows
        ]
        return {
            "schema_version": SCHEMA_VERSION,
            "ref": self.ref,
            "same_ref": self.same_ref,
            "gedrag": self.gedrag.model_dump(mode="json"),
            "metric": self.metric,
            "schaal": None if self.schaal is None else self.schaal.model_dump(mode="json"),
            "margin": self.margin,
            "rows": rows,
            "turned": ["own" if side == "first" else "other" for side in self.turned],
            "doel": "leren",
        }

    def __repr__(self) -> str:
        who = "" if self.ref is None else f"{self.ref!r}, "
        margin = "none stated" if self.margin is None else f"{self.margin:g}"
        return f"TwoVoices({who}compared={len(self.compared)}, metric={self.metric!r}, margin={margin})"

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()


def _told(value: float | Missing | None, lang: Language) -> str:
    return value.label(lang) if isinstance(value, Missing) else number(value, lang=lang)
