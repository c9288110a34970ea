"""Texts are neutral about people, and name no machine and no registry."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]

CONTENT = ROOT / "src" / "igm" / "content"
# The words that the library warns others about, it does not use itself; these are the same for English texts.
LEXICON = CONTENT / "labels" / "language.yaml"
DUTCH = [entry["patroon"] for entry in yaml.safe_load(LEXICON.read_text("utf-8"))["oordeel"]]
ENGLISH = ["unmotivated", "unwilling", "work-?shy", "lazy", "freeloaders?", "difficult (?:client|customer)s?"]
BLAMING = re.compile(rf"\b(?:{'|'.join([*DUTCH, *ENGLISH])})\b", re.IGNORECASE)
# A word in code marks or quotes is talked about, not used.
QUOTED = re.compile(r"```.*?```|`[^`\n]*`|\"[^\"\n]*\"|“[^”\n]*”", re.DOTALL)

MACHINE = re.compile(r"(?<![\w.:/>)}-])/(?:home|Users|root|work|mnt|opt)/\w|[A-Z]:\\\\?Users")
REGISTRY = re.compile(
    r"https?://[\w.-]*(?:pypi|pythonhosted|npmjs|debian|conda|registry)[\w.-]*\.(?:org|net|com|io)"
)


def tree() -> list[Path]:
    """The files of the project, without what is ignored."""
    git = shutil.which("git")
    if git is not None and (ROOT / ".git").exists():
        command = [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        paths = [ROOT / name for name in listed.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not any(part.startswith(".") for part in path.parts)]
    return sorted(path for path in paths if path.is_file())


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def found(pattern: re.Pattern[str], path: Path, text: str) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {match.group()}" for match in pattern.finditer(text)]


def test_the_pattern_knows_a_blaming_word_from_a_neutral_one() -> None:
    assert BLAMING.search("Deze klant is een niet-willer.")
    assert BLAMING.search("Hij is Ongemotiveerd.")
    assert not BLAMING.search("De motivatie is op dit moment laag; het geluid is luid.")
    assert not BLAMING.search(QUOTED.sub("", "Write neutrally: not `ongemotiveerd`."))


def test_no_text_that_ships_blames() -> None:
    content = [path for path in CONTENT.rglob("*.yaml") if path != LEXICON]
    pages = [path for path in tree() if path.suffix == ".md"]
    data = [
        path for path in (ROOT / "examples").rglob("*") if path.suffix in {".yaml", ".yml", ".csv", ".json"}
    ]
    assert pages != []
    guilty = [hit for path in (*content, *data) for hit in found(BLAMING, path, text_of(path))]
    guilty += [hit for path in pages for hit in found(BLAMING, path, QUOTED.sub("", text_of(path)))]
    assert guilty == []


def test_no_file_names_a_registry() -> None:
    assert [hit for path in tree() for hit in found(REGISTRY, path, text_of(path))] == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert [hit for path in tree() for hit in found(MACHINE, path, text_of(path))] == []


def test_no_lock_file_or_report_is_kept() -> None:
    unwanted = {"uv.lock", "poetry.lock", "package-lock.json", "report.xml", ".coverage"}
    names = [path.name for path in tree()]
    assert [name for name in names if name in unwanted or re.fullmatch(r"pylock(\..+)?\.toml", name)] == []
