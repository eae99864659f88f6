"""Numbers in minutes: 80, ８０, 八十, 一百零二, 二〇一九, 贰拾, 廿二."""

DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "O": 0,
    "o": 0,
    "Ｏ": 0,
}
DIGITS |= {str(value): value for value in range(10)}
UNITS = {"十": 10, "百": 100, "千": 1000}
# Financial numerals, and the short forms of twenty and thirty.
OTHER_FORMS = str.maketrans(
    dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True)) | {"廿": "二十", "卅": "三十"}
)

# Characters of Chinese numbers, for use in a character class.
CHINESE_NUMERALS = "〇零一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
# 77 · 八十 (part of other expressions)
NUMERAL = rf"(?:\d{{1,4}}|[{CHINESE_NUMERALS}]{{1,6}})"
# Digits of a year: 二〇二一, 二零二一, 二0二一, 二O二一, 贰零贰壹. For use in a character class.
YEAR_DIGITS = "〇零0OoＯ一二三四五六七八九壹贰叁肆伍陆柒捌玖"


def as_number(text: str) -> int | None:
    """Return the number, or None; without 十百千 the digits are read one by one."""
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.translate(OTHER_FORMS)
    if not text or any(char not in DIGITS and char not in UNITS for char in text):
        return None
    if any(char in UNITS for char in text):
        return _with_units(text)
    return int("".join(str(DIGITS[char]) for char in text))


def _with_units(text: str) -> int:
    """Return the value of a number with units: 一百零二 → 102, 十九 → 19."""
    total, digit = 0, 0
    for char in text:
        if char in UNITS:
            total += (digit or 1) * UNITS[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit
