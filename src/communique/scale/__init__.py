"""Archives too large to read one document after the other: a cheap look, parts, processes, machines.

::

    archives → parts → (on each core or worker) records → cheap look → careful reading → Parquet, a part at a time
             → one document for one address and text → contacts by pair of sides and time → ledger
"""

from communique.scale.run import Outcome, Progress, ScanOptions, scan

__all__ = ["Outcome", "Progress", "ScanOptions", "scan"]
