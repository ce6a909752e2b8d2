"""The walk through RAW, and names of outputs that never meet."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch.inputs import SIDECAR_SUFFIX, Walk, output_names

NAMES = st.sets(
    st.lists(st.sampled_from(["a", "b", ".json", ".txt", ".md", ".html", ".meta.json"]), min_size=1, max_size=4).map(
        "".join
    ),
    max_size=8,
)


def test_suffixes_are_replaced_where_nothing_meets() -> None:
    names = ["a.txt", "b.md", "c", "d.e.txt", ".txt"]
    assert output_names(names, suffix=".json") == {
        "a.txt": "a.json",
        "b.md": "b.json",
        "c": "c.json",
        "d.e.txt": "d.e.json",
        ".txt": ".txt.json",
    }


def test_names_stay_whole_where_outputs_would_meet() -> None:
    assert output_names(["a.md", "a.txt"], suffix=".json") == {"a.md": "a.md.json", "a.txt": "a.txt.json"}
    assert output_names(["a.md", "a.txt"], suffix=".txt") == {"a.md": "a.md.txt", "a.txt": "a.txt"}
    assert output_names(["a.txt"], taken={"a.json"}, suffix=".json") == {"a.txt": "a.txt.json"}


def test_names_of_html_become_names_of_text() -> None:
    names = ["a.html", "b.htm", "b.txt", "c.XHTML", "d.xml", "d.html", ".html", "e.html.txt", "e.md"]
    assert output_names(names, suffix=None) == {
        "b.txt": "b.txt",
        "e.html.txt": "e.html.txt",
        "e.md": "e.md",
        "a.html": "a.txt",
        "b.htm": "b.htm.txt",
        "c.XHTML": "c.txt",
        "d.xml": "d.xml.txt",
        "d.html": "d.html.txt",
        ".html": ".html.txt",
    }
    assert output_names(["a.html"], taken={"a.txt"}, suffix=None) == {"a.html": "a.html.txt"}
    beside = output_names(["a.html", "a.txt.meta.json"], suffix=None, sidecars=True)
    assert beside == {"a.txt.meta.json": "a.txt.meta.json", "a.html": "a.html.txt"}


@given(NAMES, NAMES, st.sampled_from([None, ".json", ".txt", ".md"]), st.booleans(), st.randoms())
def test_outputs_never_meet_whatever_the_order(names, folders, suffix, sidecars, chance) -> None:  # type: ignore[no-untyped-def]
    names = sorted(names - folders)
    if suffix is None:  # a sidecar cannot give way to a folder where names are kept: writing it fails
        folders = {folder for folder in folders if not folder.endswith(SIDECAR_SUFFIX)}
    outputs = output_names(names, taken=folders, suffix=suffix, sidecars=sidecars)
    left_out = set(names) - set(outputs)
    assert not left_out or (suffix is None and sidecars and all(name.endswith(SIDECAR_SUFFIX) for name in left_out))
    written = [*outputs.values(), *(output + SIDECAR_SUFFIX for output in outputs.values() if sidecars)]
    assert len({*written, *folders}) == len(written) + len(folders)
    chance.shuffle(names)
    assert output_names(names, taken=folders, suffix=suffix, sidecars=sidecars) == outputs


def test_the_walk_is_sorted_and_mirrors_folders(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = list(Walk(suffix=".json").inputs(tmp_path))
    assert [(each.name, each.output) for each in found] == [
        ("a.txt", "a.json"),
        ("b/10.txt", "b/10.json"),
        ("b/2.txt", "b/2.json"),
        ("c.txt", "c.json"),
    ]


def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a/x.txt").touch()
    (tmp_path / "a/to-b").symlink_to(tmp_path / "b")
    (tmp_path / "b/to-a").symlink_to(tmp_path / "a")
    found = {each.name: each.problem and each.problem.reason for each in Walk().inputs(tmp_path)}
    assert found == {
        "a/to-b/to-a": "folder loop",
        "a/x.txt": None,
        "b/to-a/to-b": "folder loop",
        "b/to-a/x.txt": None,
    }


def test_names_are_those_of_the_inputs(tmp_path: Path) -> None:
    for name in ("b/c/d.txt", "b/.hidden/e.txt", "a.txt", "_clean/notes", "out/f.txt", "g.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "b/back").symlink_to(tmp_path)
    (tmp_path / "b/broken").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b/again").symlink_to(tmp_path / "b/again")
    walk = Walk(extensions=(".txt",), avoid=tmp_path / "out")
    names = sorted(found.name for found in walk.inputs(tmp_path))
    assert sorted(walk.names(tmp_path)) == names
    assert names == ["_clean", "a.txt", "b/.hidden", "b/again", "b/back", "b/broken", "b/c/d.txt", "g.jsonl"]
    assert list(Walk().names(tmp_path / "a.txt")) == ["a.txt"]


def test_one_file_is_one_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (found,) = Walk(suffix=".md").inputs(tmp_path / "a.txt")
    assert (found.name, found.output) == ("a.txt", "a.md")
