"""What two commits read differently is listed by file and place, and counted by field."""

from bench.readings import differences, facts, field_at

BEFORE = {"number": {"value": 3, "span": [0, 2]}, "items": [{"title": {"value": "甲"}}, {"title": {"value": "乙"}}]}
AFTER = {
    "place": {"value": "一楼"},
    "items": [{"title": {"value": "甲"}}, {"title": {"value": "丙"}}],
    "noise": [{"a": 1}],
}


def test_gained_lost_and_changed_facts_are_told_with_their_place():
    found = list(differences(dict(facts(BEFORE)), dict(facts(AFTER))))

    assert found == [
        ("changed", "items/2/title/value", "乙", "丙"),
        ("lost", "number/value", 3, None),
        ("gained", "place/value", None, "一楼"),
    ]
    assert [field_at(path) for _, path, _, _ in found] == ["items/title/value", "number/value", "place/value"]
