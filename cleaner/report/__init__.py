"""Reports for people: what became of each line of a document, and everything that had a say in it.

A document is *traced*: cleaned as ever, and watched at it (``trace``). From a trace come its lines with what became of
them (``lines``), a page that shows them (``page``), and the answer to why one line stays or goes (``why``). Nothing
here reads or writes files.
"""

from cleaner.report.lines import Line, Piece, lines_of
from cleaner.report.page import Failure, to_html
from cleaner.report.trace import Trace, trace
from cleaner.report.why import Why, find_line, why

__all__ = ["Failure", "Line", "Piece", "Trace", "Why", "find_line", "lines_of", "to_html", "trace", "why"]
