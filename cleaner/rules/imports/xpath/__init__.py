"""XPath 1.0 as CSS selectors, as far as one can say what the other says.

No library goes this way: ``cssselect`` and its kin write XPath from CSS, and ``cssify`` knows a single form by regular
expressions. ``elementpath`` would parse XPath, but evaluates what it parsed, and is recursive; the grammar of XPath 1.0
is small. So ``syntax`` parses it, ``conditions`` and ``selection`` say it again.
"""

from __future__ import annotations

from cleaner.rules.imports.xpath.css import NoCounterpart
from cleaner.rules.imports.xpath.selection import Selection, select
from cleaner.rules.imports.xpath.syntax import XPathError, parse

__all__ = ["NoCounterpart", "Selection", "XPathError", "parse", "select"]
