"""Word lists of the phrases that noise is made of, in many languages, and the lexicon that finds them.

Each ``<language>.toml`` beside this file holds one table per family of noise, named after the heuristic that
asks for it, with its phrases by kind of match, parted by commas or line ends:

``line``
    the whole line reads so;
``label``
    the line begins so, up to a colon (``Tags: floods, rain``);
``start``, ``end``
    a short line begins or ends so;
``word``
    a short line has it anywhere, as whole words;
``inside``
    a line of any length has it anywhere: only for phrases that no article's sentence contains.

Phrases are written in lower case. Case, accents of Latin letters, punctuation, digits, bullets and emoji play
no part in matching: ``comments`` also finds ``12 Comments`` and ``COMMENTS (3)``. So a ``start`` must be no
beginning of a sentence, whatever mark may follow it. Chinese and Japanese phrases need no spaces around them.

The list ``function_words`` holds the language's commonest grammatical words, for measures of prose.
"""

from cleaner.phrases.lexicon import Hit, Lexicon, Rows
from cleaner.phrases.lists import FAMILIES, KINDS, MARKS, Kind

__all__ = ["FAMILIES", "KINDS", "MARKS", "Hit", "Kind", "Lexicon", "Rows"]
