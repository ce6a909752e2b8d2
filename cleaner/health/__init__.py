"""Whether rules still do what they were written for: told from what runs noted and from a sample of raw pages.

A module for each question: :mod:`~cleaner.health.silence`, which rules stopped firing or never did;
:mod:`~cleaner.health.growth`, which now remove far more than they used to; :mod:`~cleaner.health.comparison`, where the
result is better without the rules of the site; :mod:`~cleaner.health.recurring`, what recurs on cleaned pages and no
rule takes. The first two look at :mod:`~cleaner.health.history`, the others at :mod:`~cleaner.health.sample`, and
:mod:`~cleaner.health.examination` asks them all.
"""
