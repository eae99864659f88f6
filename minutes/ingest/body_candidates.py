"""Suggest bodies for minutes that do not name theirs; people choose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from minutes.divisions.register import place_of_body
from minutes.extraction.results import Extraction
from minutes.models import Body
from minutes.parser.types import ParsedMinutes

MAX_CANDIDATES = 5
# 送：云川市人民政府 · 南屏县人民政府
GOVERNMENT_NAMED = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,10}?[省市区县旗州盟镇乡]人民政府")


def body_candidates(name: str, extracted: Extraction, parsed: ParsedMinutes) -> list[str]:
    """Return names of bodies, the most likely first.

    The evidence is in the archive's bodies, the page's metadata, and the text.
    """
    evidence = Counter(candidates_by_evidence(name, extracted, parsed))
    return [candidate for candidate, _ in evidence.most_common(MAX_CANDIDATES)]


def candidates_by_evidence(name: str, extracted: Extraction, parsed: ParsedMinutes) -> Iterator[str]:
    """Yield a name for each piece of evidence."""
    where = " ".join((name, extracted.source_url, (extracted.web and extracted.web.issuer) or "", extracted.text))
    for body in Body.objects.values_list("name", flat=True):
        place = place_of_body(body)
        if len(place) >= 3 and place in where:
            yield body
    for problem in parsed.problems:
        if problem.code == "body-uncertain" and problem.span:
            yield f"{''.join(extracted.text[slice(*problem.span)].split())}人民政府"
    yield from GOVERNMENT_NAMED.findall(where)
