import pytest

from cleaner.rules.hosts import (
    host_of,
    is_public_suffix,
    normalise,
    parents,
    path_of,
    path_pattern,
    registrable,
)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Example.com/a", "www.example.com"),
        ("https://user:word@example.com:8080/", "example.com"),
        ("http://example.com.", "example.com"),
        ("https://Пример.рф/", "xn--e1afmkfd.xn--p1ai"),
        ("http://192.168.0.1/", None),
        ("http://[::1", None),
        ("http://[2001:db8::1]/", None),
        ("file:///tmp/a.txt", None),
        ("http://localhost/", None),
        ("nonsense", None),
        ("", None),
    ],
)
def test_host_of(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.example.com", "example.com"),
        ("news.example.co.uk", "example.co.uk"),
        ("someone.blogspot.com", "someone.blogspot.com"),
        ("netflix.com", "netflix.com"),
        ("co.uk", None),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("not a host", None),
    ],
)
def test_registrable(host, domain):
    assert registrable(host) == domain


def test_public_suffixes():
    assert is_public_suffix("co.uk")
    assert is_public_suffix("com")
    assert is_public_suffix("blogspot.com")
    assert not is_public_suffix("blogspot.com", shared_hosts=False)
    assert not is_public_suffix("example.com")


def test_parents_are_cut_at_dots():
    assert list(parents("a.b.netflix.com")) == ["a.b.netflix.com", "b.netflix.com", "netflix.com"]


def test_normalise_refuses_what_is_no_host():
    assert normalise("exa mple.com") is None
    assert normalise("-.com") is None
    assert normalise("a" * 70 + ".com") is None
    assert normalise("\u2024\u2024.com") is None


def test_path_of():
    assert path_of("https://example.com") == "/"
    assert path_of("https://example.com/a/b?c=d#e") == "/a/b"
    assert path_of("http://[::1") is None


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("/world/**", "/world/a/b", True),
        ("/world/**", "/world", True),
        ("/world/**", "/world/", True),
        ("/world/**", "/worlds/a", False),
        ("/*/news/*.html", "/en/news/a.html", True),
        ("/*/news/*.html", "/en/us/news/a.html", False),
        ("/**/news/*", "/en/us/news/a", True),
        ("/a?c", "/abc", True),
        ("/a?c", "/a/c", False),
        ("/about", "/about/", True),
        ("/a.b", "/axb", False),
    ],
)
def test_path_globs(glob, path, matches):
    assert bool(path_pattern(glob).fullmatch(path)) == matches
