"""What must hold of the Leiden kader in every case, as properties that ``verify`` proves."""

from __future__ import annotations

from typing import Final

from igm.decision.counting import at_most
from igm.decision.properties import Eigenschap
from igm.decision.refs import feit

_HINDRANCES: Final = (
    "schulden",
    "woonsituatie",
    "verslaving",
    "taal",
    "verstandelijk",
    "lichamelijk",
    "psychisch",
)
_WANTS: Final = feit.ja_nee("motivatie")
_NOT_NOW: Final = "niet_nu"


def _less(name: str) -> Eigenschap:
    tekst = f"Een belemmering minder ({name}) maakt het advies nooit minder gunstig."
    return Eigenschap.nooit_lager(f"leiden.minder.{name}", feit=name, van=True, naar=False, tekst=tekst)


def _better(trend: str, before: str) -> Eigenschap:
    tekst = f"Een verbetering ({trend}, eerst {before}) maakt het advies nooit minder gunstig."
    return Eigenschap.nooit_lager(
        f"leiden.beter.{trend}.{before}", feit=trend, van=before, naar="verbeterd", tekst=tekst
    )


def _more(name: str, tekst: str) -> Eigenschap:
    return Eigenschap.nooit_lager(f"leiden.meer.{name}", feit=name, van=False, naar=True, tekst=tekst)


LEIDEN_EIGENSCHAPPEN: Final[tuple[Eigenschap, ...]] = (
    Eigenschap.nooit(
        "leiden.alleen.belemmering",
        als=at_most(1, *map(feit.ja_nee, _HINDRANCES)) & _WANTS,
        uitkomst=_NOT_NOW,
        tekst="Een belemmering alleen is nooit genoeg voor NIET_NU.",
    ),
    Eigenschap.nooit(
        "leiden.alleen.motivatie",
        als=at_most(0, *map(feit.ja_nee, _HINDRANCES)) & ~_WANTS,
        uitkomst=_NOT_NOW,
        tekst="Geen motivatie alleen is nooit genoeg voor NIET_NU.",
    ),
    Eigenschap.altijd(
        "leiden.onderzoek",
        als=feit.ja_nee("extern_onderzoek"),
        uitkomst="aanhouden",
        tekst="Loopt er een onderzoek, dan wacht het advies op de uitslag.",
    ),
    *map(_less, (*_HINDRANCES, "aanpassing_te_veel")),
    _more("motivatie", "Meer motivatie maakt het advies nooit minder gunstig."),
    _more("aanknopingspunt", "Een aanknopingspunt voor motivatie maakt het advies nooit minder gunstig."),
    *(
        _better(f"{name}_trend", before)
        for name in ("motivatie", *_HINDRANCES)
        for before in ("stabiel", "verergerd")
    ),
)
"""What must hold of ``igm.kader("leiden-2021")``, and should still hold of what you make of it.

Give them to ``kader.verify(eigenschappen=...)``, alone or beside your own. That age never counts against someone, and
what plays no role, are guards of the kader itself, which are proven when it is built.
"""
