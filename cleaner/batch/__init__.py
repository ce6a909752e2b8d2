"""Many documents at once: found, cleaned in supervised processes, written, and accounted for.

All reading and writing of the package happens here and in :mod:`cleaner.cli`.
"""
