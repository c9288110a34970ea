"""The Integratief Gedragsmodel as a library."""

from igm._version import __version__

__all__ = ["__version__"]
