"""Dask: the same function on every partition, with the types of the result told beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def map_partitions(frame: Any, made: Callable[[Any], Any]) -> Any:
    """A frame of Dask of which each partition is made from one of the frame.

    Args:
        frame: A frame of Dask.
        made: Makes a pandas frame from a pandas frame; it must be fit for pickling and for a frame of zero rows.

    Returns:
        A frame of Dask with the same partitions; nothing was computed but the types, from zero rows.
    """
    return frame.map_partitions(made, meta=made(frame._meta), enforce_metadata=True)
