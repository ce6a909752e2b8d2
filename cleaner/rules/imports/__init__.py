"""Rules from the site files of other tools, as a start for one's own.

``xpath`` reads XPath expressions and writes them as CSS selectors, ``ftr`` reads site files of the FTR format. What has
no counterpart here is never guessed at: it is kept, with the reason.
"""
