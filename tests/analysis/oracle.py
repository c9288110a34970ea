"""What independent software made of the same numbers; each file says which, in ``meta``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parents[1] / "oracle"


@cache
def oracle(name: str) -> Any:
    """One file of expected values."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
