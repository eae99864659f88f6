"""List numerals as Word displays them, by the names of its numbering formats."""

from __future__ import annotations

from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]  # fmt: skip
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def chinese(counted: int) -> str:
    """Return Chinese numerals up to 9,999: 一, 十, 十二, 二十, 一百零二; digits beyond."""
    if not 0 < counted < 10_000:
        return digit_by_digit(counted)
    shown = ""
    for unit, worth in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = counted // worth % 10
        if digit:
            shown += DIGITS[digit] + unit
        elif shown and counted % worth and not shown.endswith("零"):
            shown += "零"
    return shown.removeprefix("一") if 10 <= counted < 20 else shown


def digit_by_digit(counted: int) -> str:
    """Return the digits in Chinese: 二〇一九."""
    return "".join(DIGITS[int(digit)] for digit in str(counted))


def formal(counted: int) -> str:
    """Return financial Chinese numerals: 壹, 壹拾贰."""
    shown = chinese(counted).translate(FORMAL)
    return f"壹{shown}" if shown.startswith("拾") else shown


def letters(counted: int) -> str:
    """Return the number as letters: a … z, aa, bb."""
    return chr(ord("a") + (counted - 1) % 26) * min((counted - 1) // 26 + 1, 9) if counted > 0 else ""


def roman(counted: int) -> str:
    """Return Roman numerals: I, IV, XII."""
    shown = ""
    for worth, sign in ROMAN:
        shown += sign * (counted // worth)
        counted %= worth
    return shown


def one_of(signs: str, otherwise: Callable[[int], str] = str) -> Callable[[int], str]:
    """Return a function from a number to its sign in this list, counted from 1."""
    return lambda counted: signs[counted - 1] if 0 < counted <= len(signs) else otherwise(counted)


def enclosed(first: int, last: int = 20) -> Callable[[int], str]:
    """Return a function to enclosed signs consecutive in Unicode: ①②③, ⑴⑵⑶."""
    return one_of("".join(chr(first + place) for place in range(last)))


NUMERALS: dict[str, Callable[[int], str]] = {
    "none": lambda counted: "",
    "decimal": str,
    "decimalZero": lambda counted: f"{counted:02}",
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda counted: str(counted).translate({0x30 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalFullWidth2": lambda counted: str(counted).translate({0x30 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalEnclosedCircle": enclosed(0x2460),
    "decimalEnclosedCircleChinese": enclosed(0x2460),
    "decimalEnclosedParen": enclosed(0x2474),
    "decimalEnclosedFullstop": enclosed(0x2488),
    "ideographEnclosedCircle": enclosed(0x3280, 10),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": digit_by_digit,
    "japaneseDigitalTenThousand": digit_by_digit,
    "taiwaneseDigital": digit_by_digit,
    "chineseLegalSimplified": formal,
    "ideographTraditional": one_of(STEMS),
    "ideographZodiac": one_of(BRANCHES),
    "lowerLetter": letters,
    "upperLetter": lambda counted: letters(counted).upper(),
    "lowerRoman": lambda counted: roman(counted).lower(),
    "upperRoman": roman,
}
CHINESE_NUMERALS = frozenset(kind for kind, shown in NUMERALS.items() if shown in (chinese, digit_by_digit, formal))
