"""The outside world: rulebooks, files with data and where their columns go, and exchange with other systems."""

from igm._engines.column_map import ColumnMap, LongLayout
from igm.boundary.codebook import Codebook, codebook
from igm.boundary.exchange import Exchange, Loss
from igm.boundary.fhir_export import to_fhir
from igm.boundary.fhir_import import from_fhir
from igm.boundary.fhir_responses import response_from_fhir, response_to_fhir
from igm.boundary.files import (
    FileReport,
    FileTable,
    ParquetFile,
    read_csv,
    read_limesurvey,
    read_parquet,
    read_qualtrics,
    read_spss,
)
from igm.boundary.rulebook import kader, read_kader

__all__ = [
    "Codebook",
    "ColumnMap",
    "Exchange",
    "FileReport",
    "FileTable",
    "LongLayout",
    "Loss",
    "ParquetFile",
    "codebook",
    "from_fhir",
    "kader",
    "read_csv",
    "read_kader",
    "read_limesurvey",
    "read_parquet",
    "read_qualtrics",
    "read_spss",
    "response_from_fhir",
    "response_to_fhir",
    "to_fhir",
]
