"""How much expectancy-value scores hang on the coding of beliefs and evaluations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any, Final, Literal

import attrs
import numpy as np

from igm._display import Cell, Column, Language, Table, number
from igm._engines.arrays import check_same_people
from igm.constructs._base import known_language, shown
from igm.constructs.vragenlijst import Item, Vragenlijst
from igm.errors import InputError, Problems, suggestion
from igm.scoring._criterion import NoCorrelation, fitted, pearson
from igm.scoring._expectancy import CODINGS, Coding, ExpectancyValue, Recoding, as_coding, as_pairs
from igm.scoring._matrix import answers_matrix
from igm.scoring._numbers import column_of
from igm.scoring.missing import MinValid, as_min_valid
from igm.scoring.protocols import FloatArray

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "nl": {
        "title": "Gevoeligheid van verwachting maal waarde voor de codering",
        "belief": "verwachting", "evaluation": "waardering", "range": "bereik", "criterion": "r met criterium",
        "agreement": "r met de gekozen codering", "chosen": "gekozen", "pairs": "{0} paren, {1} personen met een score",
        "spread": "r met het criterium loopt van {0} tot {1} door de codering alleen",
        "best": "beste constante bij {0}: R = {1}; gekozen op deze gegevens, dus te gunstig bij weinig personen",
        "both": "beide", "no-criterion": "geen criterium gegeven", "too-few": "te weinig personen voor r",
        "constant": "geen verschillen, dus geen r",
    },
    "en": {
        "title": "Sensitivity of expectancy-value to the coding",
        "belief": "belief", "evaluation": "evaluation", "range": "range", "criterion": "r with criterion",
        "agreement": "r with the stated coding", "chosen": "stated", "pairs": "{0} pairs, {1} people with a score",
        "spread": "r with the criterion runs from {0} to {1} by the coding alone",
        "best": "best constant added to {0}: R = {1}; chosen on these data, so too good with few people",
        "both": "both", "no-criterion": "no criterion given", "too-few": "too few people for r",
        "constant": "no differences, so no r",
    },
}  # fmt: skip


@attrs.frozen
class CodingRow:
    """The scores in one coding.

    Attributes:
        belief: The coding of beliefs.
        evaluation: The coding of evaluations.
        low: The lowest score that there can be.
        high: The highest.
        n: How many people have a score.
        mean: The mean of their scores; ``None`` without any.
        sd: The standard deviation, n - 1 below the line; ``None`` with fewer than two.
        agreement: Pearson's r with the scores in the stated coding; ``None`` where it is undefined.
        r: Pearson's r with the criterion, over people with both; ``None`` for ``reason``.
        n_r: How many people have both.
        reason: Why there is no r.

    Example:
        >>> CodingRow("unipolar", "bipolar", -21, 21, 0, None, None, None, None, 0, "no-criterion").reason
        'no-criterion'
    """

    belief: Coding
    evaluation: Coding
    low: int
    high: int
    n: int
    mean: float | None
    sd: float | None
    agreement: float | None
    r: float | None
    n_r: int
    reason: NoCorrelation | None


@attrs.frozen
class BestConstant:
    """The constants that would make the correlation with the criterion as large as it can be.

    They are found by regression of the criterion on the mean product and the means of the parts, and capitalise on
    chance: they show how far the coding reaches, and are no coding to use.

    Attributes:
        added_to: What a constant is added to.
        belief: The constant B that is added to beliefs in the stated coding; 0 when none is.
        evaluation: The constant E that is added to evaluations; 0 when none is.
        multiple_r: The correlation with the criterion that it gives, from 0 to 1.
        n: Of how many people.

    Example:
        >>> BestConstant("belief", -2.5, 0.0, 0.6, 48).multiple_r
        0.6
    """

    added_to: Literal["belief", "both"]
    belief: float
    evaluation: float
    multiple_r: float
    n: int


@attrs.frozen(repr=False)
class CodingSensitivity:
    """What nine codings make of the same answers.

    Attributes:
        lijst: The questionnaire and its version.
        pairs: The items.
        belief: The stated coding of beliefs.
        evaluation: The stated coding of evaluations.
        rows: Every coding of beliefs with every one of evaluations.
        best: What the best constants would give; empty without a criterion, or with too few people.

    Example:
        >>> import igm
        >>> lijst = igm.vragenlijst("client-participatie")
        >>> rng = np.random.default_rng(1)
        >>> answers = rng.integers(1, 6, (40, len(lijst.items)))
        >>> pairs = [("houding_1", "houding_2"), ("houding_3", "houding_4")]
        >>> coding_sensitivity(answers, lijst, pairs, belief="unipolar", evaluation="bipolar")
        CodingSensitivity(pairs=2, n=40, belief='unipolar', evaluation='bipolar', r=None)
    """

    lijst: str
    pairs: tuple[tuple[str, str], ...]
    belief: Coding
    evaluation: Coding
    rows: tuple[CodingRow, ...]
    best: tuple[BestConstant, ...]

    @property
    def stated(self) -> CodingRow:
        """The row of the stated coding."""
        return self.row(self.belief, self.evaluation)

    def row(self, belief: Coding, evaluation: Coding) -> CodingRow:
        """The row of a coding.

        Raises:
            InputError: ``unknown-name``.
        """
        asked = as_coding(belief, "$.belief"), as_coding(evaluation, "$.evaluation")
        return next(row for row in self.rows if (row.belief, row.evaluation) == asked)

    @property
    def spread(self) -> tuple[float, float] | None:
        """The smallest and the largest correlation with the criterion; ``None`` without any."""
        found = [row.r for row in self.rows if row.r is not None]
        return (min(found), max(found)) if found else None

    def table(self, lang: Language = "nl") -> Table:
        """A row per coding: range, mean, standard deviation, and both correlations."""
        words = _WORDS[known_language(lang)]
        rows: list[list[Cell]] = [
            [
                row.belief,
                row.evaluation,
                f"{row.low} – {row.high}",
                row.mean,
                row.sd,
                row.agreement,
                row.r if row.reason is None else words[row.reason],
                words["chosen"] if row is self.stated else None,
            ]
            for row in self.rows
        ]
        first = [words["belief"], words["evaluation"], words["range"], "M", "SD"]
        headers = [*first, words["agreement"], words["criterion"], ""]
        columns = [
            Column(header, "right" if 2 <= place < 7 else "left") for place, header in enumerate(headers)
        ]
        notes = [words["pairs"].format(len(self.pairs), self.stated.n)]
        if self.spread is not None:
            notes.append(words["spread"].format(*(number(r, lang=lang) for r in self.spread)))
        notes += [
            words["best"].format(words[best.added_to], number(best.multiple_r, lang=lang))
            for best in self.best
        ]
        return Table(columns, rows, title=words["title"], notes=(*notes, self.lijst), lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything at full precision, ready for JSON."""
        return {
            "schema_version": 1,
            "lijst": self.lijst,
            "pairs": [list(pair) for pair in self.pairs],
            "belief": self.belief,
            "evaluation": self.evaluation,
            "rows": [attrs.asdict(row) for row in self.rows],
            "best": [attrs.asdict(one) for one in self.best],
        }

    def __repr__(self) -> str:
        stated = self.stated
        r = None if stated.r is None else round(stated.r, 3)
        return (
            f"CodingSensitivity(pairs={len(self.pairs)}, n={stated.n}, belief={self.belief!r}, "
            f"evaluation={self.evaluation!r}, r={r})"
        )

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def coding_sensitivity(
    data: Any,
    lijst: Vragenlijst,
    pairs: Iterable[tuple[str, str]],
    /,
    *,
    belief: Coding,
    evaluation: Coding,
    criterion: Sequence[float | None] | FloatArray | None = None,
    min_pairs: MinValid = "half",
    columns: object = None,
    items: Sequence[str] | None = None,
) -> CodingSensitivity:
    """What other codings of beliefs and evaluations would make of the same answers.

    (b + B)(e + E) = b e + E b + B e + B E: to move the zero of one part adds the other part to the score. So people are
    ordered otherwise and correlations change, though nobody answered anything else. Codings are to be chosen before
    scores are seen (Ajzen & Fishbein 2008); what a choice after the fact could gain, ``best`` shows.

    Args:
        data: A list of people's answers, an array, or a frame in memory.
        lijst: The questionnaire.
        pairs: The ids of each belief and its evaluation.
        belief: The stated coding of beliefs.
        evaluation: The stated coding of evaluations.
        criterion: A number per person to correlate scores with, such as a direct measure of the attitude; ``None`` or
            NaN where it is missing.
        min_pairs: How many pairs must be valid: ``"half"``, ``"all"`` or a number.
        columns: Of a frame, a `ColumnMap`.
        items: Of an array, the item of each column.

    Returns:
        A row for every pair of codings. Correlations are Pearson's, over people with both numbers, at least three.

    Raises:
        InputError: ``shape-mismatch`` for a criterion of another number of people, ``not-a-number`` for what is in it;
            ``unknown-item``, and what `scorers.expectancy_value` and `score` refuse.

    Example:
        >>> import igm
        >>> lijst = igm.vragenlijst("client-participatie")
        >>> rng = np.random.default_rng(1)
        >>> answers = rng.integers(1, 6, (40, len(lijst.items)))
        >>> pairs = [("houding_1", "houding_2"), ("houding_3", "houding_4")]
        >>> attitude = answers[:, 0] + answers[:, 1]
        >>> found = coding_sensitivity(
        ...     answers, lijst, pairs, belief="unipolar", evaluation="bipolar", criterion=attitude)
        >>> round(found.stated.r, 2), round(found.row("bipolar", "bipolar").r, 2), len(found.rows)
        (0.42, 0.08, 9)
    """
    asked = as_pairs(pairs)
    stated = as_coding(belief, "$.belief"), as_coding(evaluation, "$.evaluation")
    min_pairs = as_min_valid(min_pairs)
    answers = answers_matrix(data, lijst, columns=columns, items=items, keyed=True)
    own = _items(lijst, asked)
    order = {item.id: place for place, item in enumerate(lijst.items)}
    keyed = answers[:, [order[item.id] for item in own]]
    check_same_people(data, criterion, "$.criterion")
    given = None if criterion is None else column_of(criterion, "$.criterion", len(keyed))
    scores: dict[tuple[Coding, Coding], FloatArray] = {}
    scorers: dict[tuple[Coding, Coding], ExpectancyValue] = {}
    for one, other in product(CODINGS, CODINGS):
        scorers[one, other] = ExpectancyValue(asked, one, other, min_pairs)
        scores[one, other] = scorers[one, other].many(keyed, own, lijst.schaal)
    rows = tuple(
        _row(coding, scorers[coding], scores[coding], scores[stated], given, own, lijst) for coding in scores
    )
    best = () if given is None else _best(keyed, scores[stated], stated, given, lijst)
    return CodingSensitivity(f"{lijst.id} {lijst.version}", asked, *stated, rows, best)


def _items(lijst: Vragenlijst, pairs: Sequence[tuple[str, str]]) -> list[Item]:
    """The items of the pairs, beliefs and evaluations in turn; all that are not there are told."""
    known = {item.id: item for item in lijst.items}
    problems = Problems()
    for place, pair in enumerate(pairs):
        for name in pair:
            if name not in known:
                what, do = f"{lijst.id} has no such item", suggestion(name, known)
                problems.add("unknown-item", what, do, where=f"$.pairs[{place}]", given=shown(name))
    problems.raise_any(InputError)
    return [known[name] for pair in pairs for name in pair]


def _row(
    coding: tuple[Coding, Coding],
    scorer: ExpectancyValue,
    scores: FloatArray,
    stated: FloatArray,
    criterion: FloatArray | None,
    items: Sequence[Item],
    lijst: Vragenlijst,
) -> CodingRow:
    schaal = scorer.scale(items, lijst.schaal)
    known = scores[~np.isnan(scores)]
    r, n_r, reason = (None, 0, None) if criterion is None else pearson(scores, criterion)
    return CodingRow(
        *coding,
        low=schaal.minimum,
        high=schaal.maximum,
        n=len(known),
        mean=float(known.mean()) if len(known) else None,
        sd=float(known.std(ddof=1)) if len(known) > 1 else None,
        agreement=pearson(scores, stated)[0],
        r=r,
        n_r=n_r,
        reason="no-criterion" if criterion is None else reason,
    )


def _best(
    keyed: FloatArray,
    scores: FloatArray,
    stated: tuple[Coding, Coding],
    criterion: FloatArray,
    lijst: Vragenlijst,
) -> tuple[BestConstant, ...]:
    """The constants that regression would choose: first for beliefs alone, then for both."""
    beliefs = Recoding.of(stated[0], lijst.schaal)(keyed[:, 0::2])
    evaluations = Recoding.of(stated[1], lijst.schaal)(keyed[:, 1::2])
    used = ~np.isnan(scores) & ~np.isnan(criterion)
    valid = (~np.isnan(beliefs) & ~np.isnan(evaluations))[used]
    counts = valid.sum(axis=1)
    mean_b = np.where(valid, beliefs[used], 0.0).sum(axis=1) / counts
    mean_e = np.where(valid, evaluations[used], 0.0).sum(axis=1) / counts
    found: list[BestConstant] = []
    y = criterion[used]
    for parts in ((mean_e,), (mean_e, mean_b)):
        regression = fitted(np.stack([scores[used], *parts], axis=1), y)
        if regression is None:
            continue
        weights, multiple = regression
        ratios = [float(weight / weights[0]) for weight in weights[1:]]
        added: Literal["belief", "both"] = "belief" if len(ratios) == 1 else "both"
        constant = 0.0 if len(ratios) == 1 else ratios[1]
        found.append(BestConstant(added, ratios[0], constant, multiple, len(y)))
    return tuple(found)
