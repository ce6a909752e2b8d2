from rule_pages import PROSE, make_file, make_page, make_rules

from cleaner.blocks import read_html
from cleaner.model import Document, Edit
from cleaner.rules.examples import run_examples

SITE = """
schema = 1
id = "example.com"
[match]
host = ["example.com"]
[[drop]]
id = "share"
lines = ["Share"]
"""


def make_clean(rules):
    """Clean with rules alone, and say what was asked for."""

    def clean(raw, url):
        page = read_html(raw) if raw.startswith("<!doctype") else make_page(raw)
        found = rules.recognise(page, url)
        proposals, _ = rules.propose(page, found, language=lambda: None, date=None, deadline_s=5)
        gone = {row: proposal.rule for proposal in proposals for row in proposal.action.rows}
        edits = [
            Edit(page.starts[row], page.starts[row] + len(line), "", gone[row], "", line)
            for row, line in enumerate(page.lines)
            if row in gone
        ]
        text = "\n".join(line for row, line in enumerate(page.lines) if row not in gone)
        return Document(
            text,
            site=found.site,
            url=found.url,
            edits=tuple(edits),
            date="2024-03-12T09:15:00",
            authors=("Ada", "Bo"),
        )

    return clean


def failures(example, head=SITE):
    file = make_file(f"{head}\n[[example]]\n{example}")
    return [outcome.failure for outcome in run_examples(make_rules(file), make_clean)]


def test_a_diff_is_a_patch_over_the_whole_page():
    assert failures(f"diff = '''\n-Share\n\n   {PROSE}\n-Share\n'''") == [None]


def test_what_should_have_gone_is_shown():
    [failure] = failures(f"diff = '''\n-Share\n-Tweet\n {PROSE}\n'''")
    assert failure.splitlines()[:2] == ["--- expected", "+++ cleaned"]
    assert "+Tweet" in failure.splitlines()


def test_what_should_have_stayed_is_shown_with_the_rule_that_took_it():
    [failure] = failures(f"keep = '''\nShare\n{PROSE}\n'''")
    assert "-Share" in failure.splitlines()
    assert '"Share" was removed by example.com/share' in failure


def test_near_misses_are_tested_with_the_file_whether_the_page_is_recognised_or_not():
    assert failures(f"url = ''\nkeep = '''\nShare\n{PROSE}\n'''") != [None]
    assert failures(f"url = ''\ndiff = '''\n-Share\n {PROSE}\n'''") != [None]


def test_metadata_is_compared():
    page = f"diff = '''\n-Share\n {PROSE}\n'''"
    assert failures(f"{page}\nmeta = {{ site = 'example.com', date = 2024-03-12, author = 'Ada, Bo' }}") == [None]
    assert failures(f"{page}\nmeta = {{ authors = ['Ada', 'Bo'], title = '' }}") == [None]
    assert failures(f"{page}\nmeta = {{ date = '2024-03-13', title = 'A story' }}") == [
        'date is 2024-03-12T09:15:00, not "2024-03-13"\ntitle is missing, not "A story"'.replace(
            "2024-03-12T09:15:00", '"2024-03-12T09:15:00"'
        )
    ]


def test_a_page_that_tells_its_own_site_is_left_to_tell_it():
    own = "https://www.example.com/a"
    diff = f"diff = '''\n-Share\n {PROSE}\n Original url: {own}\n'''\nmeta = {{ url = '{own}' }}"
    assert failures(diff) == [None]


def test_files_for_paths_get_a_path():
    head = SITE.replace("[[drop]]", "path = ['/world/**']\n[[drop]]")
    assert failures(f"diff = '''\n-Share\n {PROSE}\n'''", head) == [None]
    assert failures(f"url = 'https://example.com/other/1'\ndiff = '''\n-Share\n {PROSE}\n'''", head) != [None]


def test_an_outcome_knows_its_line():
    file = make_file(f"{SITE}\n[[example]]\nkeep = '{PROSE}'")
    [outcome] = run_examples(make_rules(file), make_clean, [file])
    assert outcome.line == 10


HTML = f"html = '<p>Share</p><p>{PROSE}</p>'"


def test_of_an_html_page_all_that_comes_out_is_compared():
    assert failures(f"{HTML}\ntext = '{PROSE}'") == [None]
    assert failures(f"{HTML}\ntext = '{PROSE[:20]}'") != [None]
    [failure] = failures(f"{HTML}\ntext = '''Share\n{PROSE}'''")
    assert '"Share" was removed by example.com/share' in failure


def test_of_an_html_page_s_near_miss_some_lines_are_said():
    assert failures(f"html = '<p>Tweet</p><p>{PROSE}</p>'\nkeep = '{PROSE}'") == [None]
    [failure] = failures(f"{HTML}\nkeep = '''Share\n{PROSE}'''")
    assert '"Share" was removed by example.com/share' in failure
