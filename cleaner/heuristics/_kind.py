"""The kind of a page, told from its structure: what is content on one is noise on another."""

from __future__ import annotations

import re

import numpy as np

from cleaner.blocks.dom import label_words
from cleaner.blocks.page import Page, once_a_page
from cleaner.heuristics._elements import text_before

ARTICLE_WORDS = 150.0
"""Words of running text from which a page may be an article."""
ARTICLE_SHARE = 0.35
"""Share of a page's words in running text from which it is one."""
POST_WORDS = ("post", "comment", "reply", "message", "answer", "question", "postbody")
"""Words in the classes of a thread's posts."""
FORUM_WORDS = (
    "topic",
    "thread",
    "forum",
    "forums",
    "viewtopic",
    "phpbb",
    "discourse",
    "vbulletin",
    "xenforo",
    "ipsfocus",
)
"""Words in the classes of a forum's pages."""
_BUY = (frozenset(("add", "buy", "addtocart")), frozenset(("cart", "bag", "basket", "now", "addtocart")))
"""Words in the classes of a button to buy with: one of each."""
PRODUCT = (
    "[itemtype$='schema.org/Product'], meta[property='og:type'][content*='product'], "
    "meta[property='product:price:amount'], meta[property='og:price:amount']"
)
"""What says that a page is a product's."""
_LINKED_PRODUCT = re.compile(r'"@type"\s*+:\s*+"Product"')
POSTS_SHARE = 0.5
"""Share of the page's running text in posts, from which a page with a forum's words is a thread."""


@once_a_page
def has_article(page: Page) -> bool:
    """Tell whether the page has enough running text for an article."""
    words = float(page.measures.words.sum())
    text = float(text_before(page)[-1])
    return text >= ARTICLE_WORDS and text >= ARTICLE_SHARE * words


@once_a_page
def _forum_share(page: Page) -> float:
    dom = page.dom
    if dom is None or not dom.whole.found(FORUM_WORDS):
        return 0.0
    posts = dom.within(dom.whole.found(POST_WORDS))
    before = text_before(page)
    return float(np.diff(before)[posts].sum() / max(1.0, before[-1]))


def is_forum(page: Page) -> bool:
    """Tell whether the page is a thread: its replies are the content."""
    return _forum_share(page) >= POSTS_SHARE


@once_a_page
def is_product(page: Page) -> bool:
    """Tell whether the page sells one product: its own data say so, and it has something to buy with."""
    dom = page.dom
    if dom is None:
        return False
    buys = any(_BUY[0] & set(words) and _BUY[1] & set(words) for words in map(label_words, dom.whole.by_label))
    return buys and (dom.has(PRODUCT) or _LINKED_PRODUCT.search(dom.source) is not None)
