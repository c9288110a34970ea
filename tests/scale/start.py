"""Starts a job in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import igm

ROOT: Final = Path(__file__).parents[2]


def start(engine: str, job: str, source: Path, target: Path) -> dict[str, Any]:
    """What the job tells; all that it says goes along when it fails."""
    path = os.pathsep.join([str(Path(igm.__file__).parents[1]), str(ROOT)])
    command = [
        sys.executable,
        str(Path(__file__).with_name("child.py")),
        engine,
        job,
        str(source),
        str(target),
    ]
    # every thread holds a part of the file, so their number is part of what is measured
    own = {"PYTHONPATH": path, "POLARS_MAX_THREADS": "2"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **own})
    assert done.returncode == 0, done.stderr[-5000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
