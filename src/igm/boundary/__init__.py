"""The outside world: rulebooks as files, and where the columns of a frame or a file go."""

from igm._engines.column_map import ColumnMap, LongLayout
from igm.boundary.rulebook import kader, read_kader

__all__ = ["ColumnMap", "LongLayout", "kader", "read_kader"]
