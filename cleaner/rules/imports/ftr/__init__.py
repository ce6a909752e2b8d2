"""Site files of Full-Text RSS (FiveFilters), which its readers call site configs or site patterns.

A file is named after its host and says in lines such as ``body: //article`` where on a page which part of an article
stands, in XPath. ``site_file`` reads one, ``translate`` says it in our terms and what has no counterpart in them, and
``rule_file`` writes that.
"""

from __future__ import annotations

from cleaner.rules.imports.ftr.rule_file import to_toml
from cleaner.rules.imports.ftr.site_file import SiteFile, read
from cleaner.rules.imports.ftr.translate import Translation, translate

__all__ = ["SiteFile", "Translation", "read", "to_toml", "translate"]
