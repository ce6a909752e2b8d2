"""The first draft of a site's rule file, from some of its raw pages: ``clean rules new``.

Pages are compared (:mod:`observed`); what recurs on them makes rules for lines (:mod:`text`) or for elements
(:mod:`markup`, with :mod:`boxes` and :mod:`captures`), each a :mod:`sketch`; the sketches are tried on the pages, shown
by :mod:`examples`, and written (:mod:`drafting`).
"""

from cleaner.corpus.draft.drafting import ENOUGH_PAGES, MIN_PAGES, Draft, draft

__all__ = ["ENOUGH_PAGES", "MIN_PAGES", "Draft", "draft"]
