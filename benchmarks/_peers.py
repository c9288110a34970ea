"""The benchmark policy on other engines, each written as its own documentation would have it.

None of them has an unknown of its own, so each codes it: what is unknown is given as null (``None``), every condition
is written out as *is true* and *is not false*, and the row for *unknown at its turn* stands between the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import attrs
import datalogic_py
import rule_engine  # type: ignore[import-untyped]
import zen

from _policy import FACTS, HINDRANCES, Case

UNKNOWN: Final = "onvoldoende_informatie"
_LISTED: Final = f"[{', '.join(HINDRANCES)}]"


@attrs.frozen
class Peer:
    """Another way to run the policy.

    Attributes:
        name: What is shown.
        coding: How it is told that a fact is unknown.
        prepare: Makes of a case what it takes; not timed.
        decide: From that to the outcome; timed.
    """

    name: str
    coding: str
    prepare: Callable[[Case], Any]
    decide: Callable[[Any], str]


def peers() -> list[Peer]:
    """Every peer, ready to run."""
    return [*_datalogic(), *_zen(), _rule_engine()]


def _is(name: str, value: bool | None) -> dict[str, Any]:
    return {"===": [{"var": name}, value]}


def _is_not(name: str, value: bool | None) -> dict[str, Any]:
    return {"!==": [{"var": name}, value]}


def _total(value: bool) -> dict[str, Any]:
    return {"+": [_is(name, value) for name in HINDRANCES]}


def _json_logic() -> dict[str, Any]:
    both = ("psychisch", "woonsituatie")
    steps: list[Any] = [
        *(_is("extern_onderzoek", True), "wacht", _is("extern_onderzoek", None), UNKNOWN),
        *(_is("verslaving", True), "niet_aanmelden", _is("verslaving", None), UNKNOWN),
        *({"and": [_is(name, True) for name in both]}, "niet_aanmelden"),
        *({"and": [_is_not(name, False) for name in both]}, UNKNOWN),
        *({"or": [_is("motivatie", True), _is("jonger_dan_27", True)]}, "aanmelden"),
        *({">=": [_total(False), 5]}, "aanmelden"),
        {"and": [_is("motivatie", False), _is("jonger_dan_27", False), {">=": [_total(True), 3]}]},
        *("overleg", UNKNOWN),
    ]
    return {"if": steps}


def _datalogic() -> list[Peer]:
    rule = datalogic_py.Engine().compile(_json_logic())
    coding = "null in the data; === true, === null, !== false"
    return [
        Peer(
            "datalogic-py, compiled, data parsed beforehand",
            coding,
            datalogic_py.DataHandle,
            rule.evaluate_data,
        ),
        Peer("datalogic-py, compiled, a dict", coding, dict, rule.evaluate),
    ]


def _ternaries(both: str, count: Callable[[str], str]) -> str:
    """The policy as one expression; ``both`` is the word for and, ``count`` writes how many hindrances have a value."""
    steps = [
        ("extern_onderzoek == true", "wacht"),
        ("extern_onderzoek == null", UNKNOWN),
        ("verslaving == true", "niet_aanmelden"),
        ("verslaving == null", UNKNOWN),
        (f"psychisch == true {both} woonsituatie == true", "niet_aanmelden"),
        (f"psychisch != false {both} woonsituatie != false", UNKNOWN),
        ("motivatie == true or jonger_dan_27 == true", "aanmelden"),
        (f"{count('false')} >= 5", "aanmelden"),
        (f"motivatie == false {both} jonger_dan_27 == false {both} {count('true')} >= 3", "overleg"),
    ]
    expression = f"'{UNKNOWN}'"
    for condition, outcome in reversed(steps):
        expression = f"({condition} ? '{outcome}' : {expression})"
    return expression


def _zen_table() -> dict[str, Any]:
    """The policy as a decision table in which the first row that fits counts."""
    columns = {
        **{name: name for name in ("extern_onderzoek", "verslaving", "psychisch", "woonsituatie")},
        **{name: name for name in ("motivatie", "jonger_dan_27")},
        "nee": f"count({_LISTED}, # == false)",
        "ja": f"count({_LISTED}, # == true)",
    }
    rows: Sequence[tuple[dict[str, str], str]] = [
        ({"extern_onderzoek": "true"}, "wacht"),
        ({"extern_onderzoek": "null"}, UNKNOWN),
        ({"verslaving": "true"}, "niet_aanmelden"),
        ({"verslaving": "null"}, UNKNOWN),
        ({"psychisch": "true", "woonsituatie": "true"}, "niet_aanmelden"),
        ({"psychisch": "$ != false", "woonsituatie": "$ != false"}, UNKNOWN),
        ({"motivatie": "true"}, "aanmelden"),
        ({"jonger_dan_27": "true"}, "aanmelden"),
        ({"nee": ">= 5"}, "aanmelden"),
        ({"motivatie": "false", "jonger_dan_27": "false", "ja": ">= 3"}, "overleg"),
        ({}, UNKNOWN),
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": field} for name, field in columns.items()],
        "outputs": [{"id": "advies", "name": "advies", "field": "advies"}],
        "rules": [
            {"_id": str(number), **dict.fromkeys(columns, ""), **cells, "advies": f"'{outcome}'"}
            for number, (cells, outcome) in enumerate(rows)
        ],
    }
    kinds = {"in": "inputNode", "table": "decisionTableNode", "out": "outputNode"}
    nodes = [
        {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}} for name, kind in kinds.items()
    ]
    nodes[1]["content"] = content
    edges = [
        {"id": f"{source}-{target}", "sourceId": source, "targetId": target, "type": "edge"}
        for source, target in (("in", "table"), ("table", "out"))
    ]
    return {"nodes": nodes, "edges": edges}


def _zen() -> list[Peer]:
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"policy": _zen_table()}}})
    expression = zen.compile_expression(_ternaries("and", lambda value: f"count({_LISTED}, # == {value})"))

    def table(case: Case) -> str:
        return str(engine.evaluate("policy", case)["result"]["advies"])

    def traced(case: Case) -> str:
        return str(engine.evaluate("policy", case, {"trace": True})["result"]["advies"])

    cells = "null in the context; cells true, null, $ != false"
    return [
        Peer(
            "zen-engine, one expression", "null in the context; == null, != false", dict, expression.evaluate
        ),
        Peer("zen-engine, decision table", cells, dict, table),
        Peer("zen-engine, decision table with trace", cells, dict, traced),
    ]


def _rule_engine() -> Peer:
    kinds = dict.fromkeys(FACTS, rule_engine.DataType.BOOLEAN)
    context = rule_engine.Context(type_resolver=rule_engine.type_resolver_from_dict(kinds))
    text = _ternaries("and", lambda value: f"[h for h in {_LISTED} if h == {value}].length")
    rule = rule_engine.Rule(text, context=context)
    return Peer("rule-engine", "None for a nullable BOOLEAN; == null, != false", dict, partial(rule.evaluate))
