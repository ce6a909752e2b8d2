import regex
from hypothesis import given
from hypothesis import strategies as st

from cleaner.rules.fold import fold, is_foldable

EVERY_CHAR = [chr(point) for point in range(1, 0x110000) if not 0xD800 <= point < 0xE000]


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text):
    assert len(fold(text)) == len(text)
    assert [fold(char) for char in text] == list(fold(text))


def test_characters_that_are_the_same_but_for_case_fold_to_the_same():
    cased = "".join(char for char in EVERY_CHAR if char.lower() != char or char.upper() != char)
    differing = [
        (char, other)
        for char in cased
        if is_foldable(char)
        for other in regex.findall(f"(?i){regex.escape(char)}", cased)
        if fold(other) != fold(char)
    ]
    assert differing == []


def test_folding_is_harmless_to_other_scripts():
    assert fold("你好, שלום, नमस्ते") == "你好, שלום, नमस्ते"
