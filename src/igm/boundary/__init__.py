"""The outside world: rulebooks as files."""

from igm.boundary.rulebook import kader, read_kader

__all__ = ["kader", "read_kader"]
