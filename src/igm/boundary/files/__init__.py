"""Files that researchers and case systems have, read into columns with a report of what was found."""

from igm.boundary.files._csv import read_csv
from igm.boundary.files._limesurvey import read_limesurvey
from igm.boundary.files._parquet import ParquetFile, read_parquet
from igm.boundary.files._qualtrics import read_qualtrics
from igm.boundary.files._report import FileReport
from igm.boundary.files._spss import read_spss
from igm.boundary.files._table import FileTable

__all__ = [
    "FileReport",
    "FileTable",
    "ParquetFile",
    "read_csv",
    "read_limesurvey",
    "read_parquet",
    "read_qualtrics",
    "read_spss",
]
