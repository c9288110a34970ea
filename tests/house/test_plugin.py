"""The example of a plug-in installs as any package, and its own tests pass."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def ran(*arguments: str, folder: Path, **environment: str) -> str:
    """What a Python program prints, once it went well."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_example_of_a_plugin_installs_and_passes_its_own_tests(tmp_path: Path) -> None:
    source, target = tmp_path / "plugin", tmp_path / "installed"
    shutil.copytree(ROOT / "examples" / "plugin", source, ignore=shutil.ignore_patterns("__pycache__"))
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--no-index"]
    ran("-m", "pip", "install", *options, "--target", str(target), str(source), folder=tmp_path)
    shutil.rmtree(source / "src")  # so that only what was installed can be found
    path = os.pathsep.join([str(target), str(ROOT / "src")])
    printed = ran("-m", "pytest", "-q", "-p", "no:cacheprovider", folder=source, PYTHONPATH=path)
    assert "5 passed" in printed
