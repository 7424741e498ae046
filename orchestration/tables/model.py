"""What a statistics table yields."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Observation:
    """One cell of a table, read; fields as in the table core.fct_observation.

    `value` is the cell's number with the magnitude words of the unit expanded (亿元: × 10⁸), exact to twelve decimal places, in `unit`;
    `value_base` the same in `unit_base`. Of an index with the year before as 100 it is the growth, in %: the index less 100.
    """

    sheet: str
    cell: str  # address, A1
    quote: str  # the cell as shown
    region_code: str
    subject: str  # the indicator as the header names it, without unit and footnote marks
    period: str  # ISO
    measure: str  # level growth share change rank
    status: str  # actual estimate target
    value: Decimal
    unit: str
    value_base: Decimal
    unit_base: str
