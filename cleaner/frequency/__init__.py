"""How often a site repeats each of its lines, and what is proposed from it: a source of proposals like the heuristics.

:mod:`cleaner.corpus` counts; here is what a cleaning needs of the counts.
"""

from cleaner.frequency.counts import SiteCounts, read_counts
from cleaner.frequency.lines import keys_of
from cleaner.frequency.proposals import FREQUENCY, Frequencies

__all__ = ["FREQUENCY", "Frequencies", "SiteCounts", "keys_of", "read_counts"]
