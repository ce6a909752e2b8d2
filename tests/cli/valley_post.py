"""A page of our own, and rules for the frame around it."""

MENU = "Valley Post menu\n\n"
STORY = """Old mill reopens as a library

The old mill on the river has opened its doors again, this time as a library with room for nine thousand \
books and a reading room under the roof.

Volunteers spent four winters repairing the beams, and the council paid for the windows, which look out \
on the weir and the footbridge beyond it.

Borrowing is free for everybody who lives in the valley, said Mara Lindqvist, who runs the place with two \
colleagues and a very old cat.
"""
FOOTER = "\nValley Post footer\n"

RULES = """schema = 1
id = "valley.example"

[match]
host = ["valley.example"]
text = ['Valley Post menu']

# The frame around each page.
[[drop]]
id = "frame"
lines = ["Valley Post menu", "Valley Post footer"]

[[example]]
diff = '''
-Valley Post menu
 The Valley Post, said its menu of the day, had never been in better shape than it was this spring.
'''
"""

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Old mill reopens as a library</title>
<meta name="description" content="Nine thousand books under one roof"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>
<div>Valley Post menu</div>
<article><h1>Old mill reopens as a library</h1>
<p>The old mill on the river has opened its doors again, this time as a library with room for nine thousand \
books and a <a href="/reading-room">reading room</a> under the roof.</p>
<p>Volunteers spent four winters repairing the beams, and the council paid for the windows, which look out \
on the weir and the footbridge beyond it.</p>
<ul><li>Borrowing is free for everybody who lives in the valley</li><li>The cat may be stroked, if it agrees</li></ul>
<p>Borrowing is free for everybody who lives in the valley, said Mara Lindqvist, who runs the place with two \
colleagues and a very old cat.</p>
</article><footer>Valley Post footer</footer></body></html>
"""
"""The same story as HTML."""
