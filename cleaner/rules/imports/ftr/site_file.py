"""Reads a site file: its host, which its name says, and its directives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.model import ConfigError
from cleaner.rules.hosts import is_public_suffix, normalise, registrable

MAX_CHARS = 200_000
"""Of a site file; the longest that is known has 10,000."""

KNOWN = frozenset(
    (
        "author", "autodetect_next_page", "autodetect_on_failure", "body", "convert_double_br_tags", "date", "dissolve",
        "find_string", "footnotes", "http_header", "if_page_contains", "insert_detected_image", "login_extra_fields",
        "login_password_field", "login_uri", "login_username_field", "move_into", "native_ad_clue", "next_page_link",
        "not_logged_in_xpath", "parser", "post_strip_attr", "prune", "replace_string", "requires_login",
        "single_page_link", "single_page_link_in_feed", "skip_id_or_class", "skip_json_ld", "src_lazy_load_attr",
        "strip", "strip_attr", "strip_comments", "strip_id_or_class", "strip_image_src", "test_contains", "test_url",
        "tidy", "title", "wrap_in",
    )
)  # fmt: skip
"""The directives that the format has, or had."""

_WITH_ARGUMENT = re.compile(r"(?P<name>\w+)\((?P<argument>.*?)\)\s*:(?P<value>.*)")
_PLAIN = re.compile(r"(?P<name>\w+)\s*:(?P<value>.*)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Directive:
    """A line such as ``body: //article`` or ``replace_string(a): b``."""

    line: int
    """From 1."""
    name: str
    value: str
    argument: str = ""
    comments: tuple[str, ...] = ()
    """The lines of comment right above it."""
    paragraph: int = 0
    """Lines between blank lines have the same number."""

    def __str__(self) -> str:
        argument = f"({self.argument})" if self.argument else ""
        return f"{self.name}{argument}: {self.value}".rstrip()


@dataclass(frozen=True, slots=True)
class SiteFile:
    """What a site file says."""

    name: str
    host: str
    for_subdomains: bool
    """It is for all hosts below this one, not for the host itself: ``.news.example.txt``."""
    directives: tuple[Directive, ...]
    comments: tuple[str, ...] = ()
    """Those that stand above no directive."""
    unread: tuple[tuple[int, str], ...] = ()
    """Lines that are no directives, with their numbers."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that the file is for, as a rule file says it."""
        if self.for_subdomains or self.is_for_many:
            return (self.host,)
        www = (f"=www.{self.host}",) if registrable(self.host) == self.host else ()
        return (f"={self.host}", *www)

    @property
    def is_for_many(self) -> bool:
        """Whether anyone can have a site below the host, as with ``blogspot.com``: a platform to us."""
        return is_public_suffix(self.host)


def read(name: str, text: str) -> SiteFile:
    """Read a site file by its name, such as ``news.example.txt``, and its text.

    Raises :class:`~cleaner.model.ConfigError` where it is none.
    """
    host, for_subdomains = _host(name)
    if len(text) > MAX_CHARS:
        raise ConfigError(f"{name}: no FTR site file: it has more than {MAX_CHARS:,} characters")
    lines = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")).split("\n")
    directives: list[Directive] = []
    loose: list[str] = []
    unread: list[tuple[int, str]] = []
    above: list[str] = []
    paragraph = 0
    for number, line in enumerate(map(str.strip, lines), start=1):
        if line.startswith("#"):
            above.append(line.strip("#").strip())
            continue
        if line:
            directive = _directive(number, line, tuple(filter(None, above)), paragraph)
            if directive is None:
                unread.append((number, line))
            else:
                directives.append(directive)
                above = []
            continue
        loose += above
        above = []
        paragraph += 1
    if not any(directive.name in KNOWN for directive in directives):
        raise ConfigError(f'{name}: no FTR site file: it has no line such as "body: //article"')
    comments = tuple(filter(None, loose + above))
    return SiteFile(name, host, for_subdomains, tuple(directives), comments, tuple(unread))


def _host(name: str) -> tuple[str, bool]:
    """Give the host that a file is named after, and whether the file is for what is below it."""
    stem = name.removesuffix(".txt")
    host = normalise(stem.removeprefix("."))
    if host is None:
        raise ConfigError(f"{name}: a site file is named after its host, such as news.example.txt")
    if is_public_suffix(host, shared_hosts=False):
        raise ConfigError(f"{name}: {host} is no site: anyone can have one below it")
    return host.removeprefix("www."), stem.startswith(".")


def _directive(number: int, line: str, comments: tuple[str, ...], paragraph: int) -> Directive | None:
    found = _WITH_ARGUMENT.fullmatch(line) or _PLAIN.fullmatch(line)
    if found is None:
        return None
    argument = found["argument"] if found.re is _WITH_ARGUMENT else ""
    return Directive(number, found["name"].lower(), found["value"].strip(), argument, comments, paragraph)
