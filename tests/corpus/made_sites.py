"""Twelve made-up sites, six of plain text or Markdown and six of HTML, each with a template of its own.

A page is made from its number alone, with the lines of the article as its gold text. Articles quote the noise of
their site: one paragraph begins with a line of the page's furniture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from tongues import ARABIC, CHINESE, ENGLISH, GERMAN, RUSSIAN, SPANISH, TURKISH, Tongue


class Page(NamedTuple):
    """A raw page, and what a careful person would keep of it, line by line."""

    raw: str
    gold: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """What stands in the middle of a page."""

    title: str
    author: str
    section: str
    paragraphs: tuple[str, ...]
    """Prose; the third one quotes the noise, and one is a short sentence."""
    day: int
    month: int
    hour: int
    minute: int

    @property
    def gold(self) -> tuple[str, ...]:
        return (self.title, *self.paragraphs)


@dataclass(frozen=True)
class Site:
    """A made-up site: ``lay_out`` puts its furniture around an article."""

    host: str
    name: str
    tongue: Tongue
    quotes: tuple[str, ...]
    """Lines of the furniture that articles quote."""
    lay_out: Callable[[Site, Article, Random], str]

    @property
    def is_html(self) -> bool:
        return self.lay_out.__name__.endswith("_html")

    def page(self, number: int) -> Page:
        """Give the page of a number; pages of other numbers are others."""
        random = Random(f"{self.host}/{number}")
        article = self._article(random)
        return Page(self.lay_out(self, article, random), article.gold)

    def _article(self, random: Random) -> Article:
        tongue = self.tongue
        paragraphs = [tongue.paragraph_of(random, random.choice((2, 2, 3))) for _ in range(random.randint(4, 6))]
        quote = tongue.quoting.format(noise=random.choice(self.quotes))
        paragraphs[2] = tongue.joint.join((quote, tongue.sentence_of(random)))
        if random.random() < 0.5:
            paragraphs.insert(3, tongue.short_of(random))
        return Article(
            title=tongue.title_of(random),
            author=tongue.name_of(random),
            section=random.choice(tongue.sections),
            paragraphs=tuple(paragraphs),
            day=random.randint(1, 28),
            month=random.randint(1, 12),
            hour=random.randint(6, 22),
            minute=random.randint(0, 59),
        )


def _related(site: Site, random: Random, least: int = 3, most: int = 6) -> list[str]:
    return [site.tongue.title_of(random) for _ in range(random.randint(least, most))]


def _between(article: Article, extra: str, random: Random, share: float = 0.7) -> list[str]:
    """Give the paragraphs, with a line between two of them on most pages."""
    paragraphs = list(article.paragraphs)
    if random.random() < share:
        paragraphs.insert(random.randint(1, 2), extra)
    return paragraphs


def _clock(random: Random) -> str:
    return f"{random.randint(6, 22):02}:{random.randint(0, 59):02}"


def _comments(site: Site, random: Random, form: str) -> list[str]:
    count = random.randint(0, 3)
    said = [line for _ in range(count) for line in (f"{site.tongue.name_of(random)} {_clock(random)}",
                                                    site.tongue.short_of(random))]  # fmt: skip
    return [form.format(count), *said]


# --- text -----------------------------------------------------------------------------------------------------------


def ticker_and_teasers(site: Site, article: Article, random: Random) -> str:
    words = site.tongue.words
    ticker = [f"• {sign} {random.uniform(0.5, 3):.{random.randint(1, 4)}f}" for sign in "$€£₺"[: random.randint(3, 4)]]
    teasers: list[str] = []
    for title in _related(site, random):
        teasers += [title, f"{random.choice(site.tongue.sections)} {_clock(random)}"]
    return "\n".join([
        *ticker, "", site.name, *site.tongue.menu, "",
        f"{words['home']} / {article.section} / {article.title}", "", article.title, "",
        f"{words['by']} {article.author}",
        f"{article.day:02}.{article.month:02}.2024 {article.hour:02}:{article.minute:02}",
        f"{random.randint(20, 4000)} {words['views']}", "",
        "\n\n".join(_between(article, words["sponsor"], random)), "",
        words["share"], "Facebook", "Pinboard", "", words["related"], *teasers, "",
        f"© 2024 {site.name}. {words['footer']}.",
    ])  # fmt: skip


def cookie_and_tags(site: Site, article: Article, random: Random) -> str:
    words = site.tongue.words
    tags = ", ".join(random.sample(site.tongue.titles[0], 3))
    return "\n".join([
        words["cookie"], "", " | ".join(site.tongue.menu), "", article.section, "", article.title, "",
        f"{words['published']}: {article.day}.{article.month}.2024, {article.hour}:{article.minute:02}",
        f"{words['by']} {article.author}, {words['editor']}", "",
        "\n\n".join(_between(article, words["ad"], random)), "",
        f"{words['tags']}: {tags}", "", words["newsletter"], "", words["related"], *_related(site, random), "",
        *_comments(site, random, words["comments"] + " ({})"), "",
        f"{site.name} {words['about']}", "", f"© 2024 {site.name}", words["footer"],
    ])  # fmt: skip


def weather_and_also(site: Site, article: Article, random: Random) -> str:
    words = site.tongue.words
    low = random.randint(-9, 3)
    also = f"{words['also']}: {site.tongue.title_of(random)}"
    return "\n".join([
        f"{site.name} | {low}° … {low + random.randint(2, 9)}°", *site.tongue.menu, "", article.title,
        f"{words['published']} {article.day:02}.{article.month:02}.2024 {article.hour:02}:{article.minute:02}",
        f"{words['by']} {article.author}", f"{words['views']}: {random.randint(20, 4000)}", "",
        "\n\n".join(_between(article, also, random)), "",
        f"{words['source']}: {site.name}", words["share"], "",
        words["related"], *(f"{_clock(random)} {title}" for title in _related(site, random)), "",
        words["newsletter"], f"{site.name} © 2001–2024 {words['footer']}",
    ])  # fmt: skip


def right_to_left(site: Site, article: Article, random: Random) -> str:
    words = site.tongue.words
    return "\n".join([
        *site.tongue.menu, "", f"{words['home']} › {article.section} › {article.title}", article.title, "",
        f"{words['by']} {article.author}",
        f"{words['published']} {article.day:02}/{article.month:02}/2024 - {article.hour:02}:{article.minute:02}", "",
        "\n\n".join(_between(article, words["ad"], random)), "",
        words["share"], f"{words['tags']}: " + "، ".join(random.sample(site.tongue.titles[0], 3)), "",
        words["related"], *_related(site, random), "", words["most"], *_related(site, random, 4, 5), "",
        words["footer"] + f" © {site.name} 2024",
    ])  # fmt: skip


def unspaced(site: Site, article: Article, random: Random) -> str:
    words = site.tongue.words
    time = f"{article.hour:02}:{article.minute:02}"
    return "\n".join([
        " ".join(site.tongue.menu), "", f"{words['home']} > {article.section} > {article.title}", "", article.title,
        f"2024年{article.month:02}月{article.day:02}日 {time}　{words['source']}：{site.name}",
        f"{random.randint(20, 4000)}{words['views']}", "",
        "\n\n".join(_between(article, words["sponsor"], random)), "",
        f"（{words['by']}{article.author}）", f"{words['editor']}：{site.tongue.name_of(random)}", "",
        words["related"], *_related(site, random), "", f"{site.name}{words['about']}", "",
        f"{words['footer']} © {site.name}", f"总机 010-{random.randint(10000000, 99999999)}",
    ])  # fmt: skip


def markdown(site: Site, article: Article, random: Random) -> str:
    words = site.tongue.words
    menu = " ".join(f"[{entry}](/s/{number})" for number, entry in enumerate(site.tongue.menu))
    most = [f"{number}. [{title}](/n/{random.randint(100, 999)})"
            for number, title in enumerate(_related(site, random, 5, 5), 1)]  # fmt: skip
    also = f"{words['also']}: [{site.tongue.title_of(random)}](/n/{random.randint(100, 999)})"
    return "\n".join([
        f"[{site.name}](/)", "", menu, "", f"## {words['most']}", *most, "", words["ad"], "",
        f"# {article.title}", "",
        f"{words['by']} **{article.author}** | {article.day:02}/{article.month:02}/2024", "",
        "\n\n".join(_between(article, also, random)), "",
        f"{words['tags']}: " + ", ".join(f"[{tag}](/t/{number})"
                                         for number, tag in enumerate(random.sample(site.tongue.titles[0], 3))),
        "", f"## {words['related']}", *(f"* [{title}](/n/{random.randint(100, 999)})"
                                        for title in _related(site, random)), "",
        words["newsletter"], "", f"© {site.name} 2024. {words['footer']}.",
    ])  # fmt: skip


# --- HTML -----------------------------------------------------------------------------------------------------------


def _links(titles: list[str] | tuple[str, ...], form: str = '<li><a href="/n/{n}">{title}</a></li>') -> str:
    return "".join(form.format(n=number, title=title) for number, title in enumerate(titles))


def _document(site: Site, article: Article, body: str, direction: str = "ltr") -> str:
    return (f'<!DOCTYPE html><html lang="{site.tongue.code}" dir="{direction}"><head><meta charset="utf-8">'
            f"<title>{article.title} — {site.name}</title></head><body>{body}</body></html>")  # fmt: skip


def story_in_a_body_html(site: Site, article: Article, random: Random) -> str:
    words = site.tongue.words
    promo = f'<div class="promo-slot">{words["sponsor"]}</div>'
    text = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in _between(article, promo, random))
    comments = _comments(site, random, f"{words['comments']} ({{}})")
    return _document(site, article, (
        f'<div class="masthead"><a href="/">{site.name}</a></div><ul class="sections">{_links(site.tongue.menu)}</ul>'
        f'<div class="cookie-bar">{words["cookie"]}</div><div class="page"><div class="story">'
        f'<h1 class="headline">{article.title}</h1><p class="signature">{words["by"]} <a href="/a">{article.author}</a>'
        f'</p><span class="stamp">{article.day:02}.{article.month:02}.2024 {article.hour:02}:{article.minute:02}</span>'
        f'<div class="body-text">{text}<div class="hand-on">{words["share"]} <a href="#">Facebook</a></div>'
        f'<div class="more-stories"><h3>{words["related"]}</h3><ul>{_links(_related(site, random))}</ul></div></div>'
        f'</div><div class="side"><h3>{words["most"]}</h3><ul>{_links(_related(site, random))}</ul></div></div>'
        f'<div class="talk">{"".join(f"<p>{line}</p>" for line in comments)}</div>'
        f'<div class="bottom"><p>© 2024 {site.name}. {words["footer"]}.</p></div>'
    ))  # fmt: skip


def named_root_html(site: Site, article: Article, random: Random) -> str:
    words = site.tongue.words
    also = f'<div class="metin__bkz"><b>{words["also"]}</b> <a href="/x">{site.tongue.title_of(random)}</a></div>'
    text = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in _between(article, also, random))
    tags = _links(random.sample(site.tongue.titles[0], 3), '<a class="etiket" href="/t/{n}">{title}</a> ')
    return _document(site, article, (
        f'<header class="ust"><a href="/">{site.name}</a><nav>{_links(site.tongue.menu)}</nav></header>'
        f'<div class="ekmek"><a href="/">{words["home"]}</a> / <a href="/s">{article.section}</a></div>'
        f'<div id="haber-metni"><h1>{article.title}</h1><div class="kunye">{words["by"]} {article.author} | '
        f"{article.day:02}.{article.month:02}.2024 {article.hour:02}:{article.minute:02}</div>{text}"
        f'<div class="etiketler">{words["tags"]}: {tags}</div></div>'
        f'<div class="benzer"><h4>{words["related"]}</h4>{_links(_related(site, random))}</div>'
        f'<form class="bulten"><p>{words["newsletter"]}</p><button>OK</button></form>'
        f'<div class="hakkinda"><p>{site.name} {words["about"]}</p></div>'
        f'<footer class="alt">{words["footer"]} © {site.name}</footer>'
    ))  # fmt: skip


def flat_html(site: Site, article: Article, random: Random) -> str:
    """Everything is a child of the body: no element is the article's own."""
    words = site.tongue.words
    ad = f'<div class="anz">{words["ad"]}</div>'
    text = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in _between(article, ad, random))
    comments = "".join(f"<dd>{line}</dd>" for line in _comments(site, random, f"{words['comments']}: {{}}"))
    return _document(site, article, (
        f'<div class="kopf">{site.name}</div><div class="leiste">{_links(site.tongue.menu)}</div>'
        f'<div class="kurse">Diesel {random.uniform(1, 2):.2f} · Super {random.uniform(1, 2):.2f}</div>'
        f'<h2 class="titel">{article.title}</h2>'
        f'<div class="zeile">{words["by"]} {article.author}, {words["editor"]}, '
        f"{article.day}.{article.month}.2024</div>"
        f'{text}<div class="weiter"><b>{words["related"]}</b>{_links(_related(site, random))}</div>'
        f'<dl class="stimmen">{comments}</dl><div class="brief">{words["newsletter"]}</div>'
        f'<div class="fuss">© 2024 {site.name}. {words["footer"]}.</div>'
    ))  # fmt: skip


def right_to_left_html(site: Site, article: Article, random: Random) -> str:
    words = site.tongue.words
    box = (f'<div class="box-mid"><h4>{words["related"]}</h4>'
           f"<ul>{_links(_related(site, random, 2, 2))}</ul></div>")  # fmt: skip
    text = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in _between(article, box, random))
    return _document(site, article, (
        f'<div class="hd"><a href="/">{site.name}</a> {_links(site.tongue.menu)}</div>'
        f'<div class="rail"><h3>{words["most"]}</h3><ol>{_links(_related(site, random))}</ol></div>'
        f'<div class="main-col"><div class="crumb">{words["home"]} &gt; {article.section}</div>'
        f'<h1 class="ttl">{article.title}</h1><div class="info"><span class="who">{words["by"]} {article.author}</span>'
        f'<span class="when">{article.day:02}/{article.month:02}/2024</span>'
        f'<span class="seen">{random.randint(20, 4000)} {words["views"]}</span></div>'
        f'<div class="txt">{text}</div><div class="soc">{words["share"]}</div></div>'
        f'<div class="ft"><p>{site.name} {words["about"]}</p><p>{words["footer"]}</p></div>'
    ), "rtl")  # fmt: skip


def unspaced_html(site: Site, article: Article, random: Random) -> str:
    words = site.tongue.words
    text = "".join(f"<p>{part}</p>" for part in _between(article, words["sponsor"], random))
    return _document(site, article, (
        f'<div id="top">{site.name}<ul>{_links(site.tongue.menu)}</ul></div>'
        f'<div class="wz">{words["home"]} &gt; {article.section} &gt; 正文</div>'
        f'<div class="zw"><h1>{article.title}</h1>'
        f'<div class="xx">2024-{article.month:02}-{article.day:02} {article.hour:02}:{article.minute:02} '
        f"{words['source']}：{site.name} {words['by']}{article.author}</div>"
        f'<div class="nr">{text}</div><div class="bj">{words["editor"]}：{site.tongue.name_of(random)}</div></div>'
        f'<div class="xg"><h2>{words["related"]}</h2><ul>{_links(_related(site, random))}</ul></div>'
        f'<div class="dy">{words["newsletter"]}</div><div class="db">{words["footer"]} © {site.name}</div>'
    ))  # fmt: skip


def table_html(site: Site, article: Article, random: Random) -> str:
    words = site.tongue.words
    text = "".join(f"<p>{part}</p>" for part in article.paragraphs)
    rates = "".join(f"<td>{sign} {random.uniform(1, 99):.2f}</td>" for sign in "$€₺")
    return _document(site, article, (
        f'<div class="shapka">{site.name}</div><table class="kursy"><tr>{rates}</tr></table>'
        f'<ul class="razdely">{_links(site.tongue.menu)}</ul><div class="zametka"><h1>{article.title}</h1>'
        f'<div class="podpis"><span class="avtor">{article.author}</span> <span class="data">'
        f"{article.day:02}.{article.month:02}.2024, {article.hour:02}:{article.minute:02}</span></div>{text}"
        f'<p class="podrobnee">{words["also"]}: <a href="/x">{site.tongue.title_of(random)}</a></p></div>'
        f'<div class="lenta"><h3>{words["related"]}</h3>'
        f"{_links([f'{_clock(random)} {title}' for title in _related(site, random)])}</div>"
        f'<div class="rassylka">{words["newsletter"]}</div><div class="podval">© {site.name}. {words["footer"]}</div>'
    ))  # fmt: skip


def _quotes(tongue: Tongue, *names: str) -> tuple[str, ...]:
    return tuple(tongue.words[name] for name in names)


SITES = (
    Site("lantern-quay.example", "The Lantern Quay", ENGLISH, _quotes(ENGLISH, "related", "share", "sponsor"),
         ticker_and_teasers),
    Site("deichbote.example", "Der Deichbote", GERMAN, _quotes(GERMAN, "related", "editor"), cookie_and_tags),
    Site("vestnik-shlyuza.example", "Вестник шлюза", RUSSIAN, _quotes(RUSSIAN, "related", "share"), weather_and_also),
    Site("sada-rasif.example", "صدى الرصيف", ARABIC, _quotes(ARABIC, "related", "most"), right_to_left),
    Site("hecheng-wanbao.example", "河埠晚报", CHINESE, _quotes(CHINESE, "related", "sponsor"), unspaced),
    Site("eco-del-muelle.example", "Eco del Muelle", SPANISH, _quotes(SPANISH, "related", "most"), markdown),
    Site("sluice-gazette.example", "Sluice Gazette", ENGLISH, _quotes(ENGLISH, "related", "sponsor"),
         story_in_a_body_html),
    Site("iskele-postasi.example", "İskele Postası", TURKISH, _quotes(TURKISH, "related", "also"), named_root_html),
    Site("kaibrief.example", "Kaibrief", GERMAN, _quotes(GERMAN, "related", "editor"), flat_html),
    Site("barid-marsa.example", "بريد المرسى", ARABIC, _quotes(ARABIC, "related", "most"), right_to_left_html),
    Site("matou-xinwen.example", "码头新闻", CHINESE, _quotes(CHINESE, "related", "editor"), unspaced_html),
    Site("prichal.example", "Причал", RUSSIAN, _quotes(RUSSIAN, "related", "also"), table_html),
)  # fmt: skip
