"""The benchmark's reading of PostgreSQL's log."""

from __future__ import annotations

import pytest

from bench.scale.wal import parsed

PRINTED = """
Type                               N      (%)      Record size      (%)         FPI size      (%)    Combined size      (%)
----                               -      ---      -----------      ---         --------      ---    -------------      ---
Transaction/COMMIT               189 (  0.78)            16394 (  0.60)                0 (  0.00)            16394 (  0.40)
Transaction/ABORT                  1 (  0.03)               34 (  0.01)                0 (  0.00)               34 (  0.00)
Heap/INSERT                     9400 ( 38.31)          1088000 ( 35.20)           400000 ( 48.01)          1488000 ( 44.14)
                            --------                  --------                  --------                  --------
Total                          24250                   2727415 [66.99%]          1343771 [33.01%]          4071186 [100%]
"""


def test_commits_records_and_whole_pages_are_told_apart() -> None:
    assert parsed(PRINTED) == {"commits": 189.0, "wal_records": 2727415.0, "wal_pages": 1343771.0}


def test_text_of_another_form_is_refused() -> None:
    with pytest.raises(AssertionError):
        parsed("Total")
