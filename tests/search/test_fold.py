"""Folding: different writings of the same text become one, and parts stay parts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.fold import fold, fold_with_origins
from search.analysis.words import tokens, words

MIXED = st.text(
    alphabet=st.sampled_from(list('会議纪要乾隆２０20 \n\u3000ＡbC〔［]】“"㎡…①é\x00\u200b\ufeff，,。')), max_size=40
)


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("2020 年", "2020年"),
        ("〔2019〕41 号", "[2019]41号"),
        ("［2019］", "【2019】"),
        ("會議紀要", "会议纪要"),
        ("ＡＢＣ　１２", "abc 12"),
        ("汪  岳", "汪岳"),
        ("会议\n 确定", "会议确定"),
        ("“放管服”", '"放管服"'),
        ("老旧\x00小区\u200b改造", "老旧小区改造"),
    ],
)
def test_the_same_text_written_otherwise_folds_alike(written, other):
    assert fold(written) == fold(other)


@pytest.mark.parametrize(("one", "another"), [("12 34", "1234"), ("gdp growth", "gdpgrowth"), ("（一）", "（二）")])
def test_what_differs_stays_different(one, another):
    assert fold(one) != fold(another)


@settings(deadline=None)
@given(MIXED | st.text(max_size=40), st.data())
def test_a_part_of_a_text_folds_to_a_part_of_the_folded_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert fold(text[start:end]) in fold(text)


@settings(deadline=None)
@given(MIXED | st.text(max_size=40))
def test_every_folded_character_knows_where_it_came_from(text):
    folded, origins = fold_with_origins(text)
    assert folded == fold(text)
    assert len(origins) == len(folded)
    assert list(origins) == sorted(origins)
    assert all(
        character in fold(text[origin]) or character == " " for character, origin in zip(folded, origins, strict=True)
    )


@settings(deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(list("市住建局许为舟老旧小区改造的了和2019年第次，《》ab ")), min_size=1, max_size=20
    )
)
def test_pieces_are_parts_of_the_term(text):
    folded = fold(text)
    if folded:
        assert all(piece and piece in folded for piece in tokens(folded))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("市住建局许为舟", ["市住建局", "许为舟"]),
        ("老旧小区的改造", ["老旧小区", "改造"]),
        ("第47次常务会议", ["第47次", "常务会议"]),
        ("的", ["的"]),
        ("，。", ["，。"]),
    ],
)
def test_a_term_is_cut_into_words_that_keep_single_characters_company(term, expected):
    assert list(tokens(fold(term))) == [fold(piece) for piece in expected]


def test_a_long_word_of_ours_leaves_its_parts_findable():
    assert {"安全", "生产", "安全生产"} <= set(words("安全生产"))
