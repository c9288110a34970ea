"""The outside world: rulebooks as files, where the columns of a frame or a file go, and exchange with other systems."""

from igm._engines.column_map import ColumnMap, LongLayout
from igm.boundary.codebook import Codebook, codebook
from igm.boundary.exchange import Exchange, Loss
from igm.boundary.fhir_export import to_fhir
from igm.boundary.fhir_import import from_fhir
from igm.boundary.fhir_responses import response_from_fhir, response_to_fhir
from igm.boundary.rulebook import kader, read_kader

__all__ = [
    "Codebook",
    "ColumnMap",
    "Exchange",
    "LongLayout",
    "Loss",
    "codebook",
    "from_fhir",
    "kader",
    "read_kader",
    "response_from_fhir",
    "response_to_fhir",
    "to_fhir",
]
