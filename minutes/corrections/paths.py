"""Address every part of a reading by path, such as `items/3/decisions/0/lead`.

Lists of records (items, attendance, paragraphs, documents, decisions, deadlines, tasks) are keyed here by "0", "1", …
for those from the parser, and "+1", "+2", … for those added by people, so that a path keeps its meaning when others
are added or removed. A removed record is None. An item without decisions has an empty one, `decisions/0`, to be
filled in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

Node = Any
Tree = dict[str, Any]

RECORDS_OF_MINUTES = ("items", "attendance", "opening_tasks", "closing_tasks")
RECORDS_OF_ITEM = ("paragraphs", "documents", "decisions", "tasks")
# A task is corrected as a whole: its actors and deadlines have no paths.
LISTS_OF_TASKS = ("tasks", "opening_tasks", "closing_tasks")
# Prefix of the path of an orphaned correction, with its key: adrift/7/items/3/title.
ORPHANED = "adrift/"
NO_DECISION = {"outcome": None, "lead": [], "supporting": [], "next_step": None, "deadlines": {}}


class NoSuchPlace(KeyError):
    """The reading has no part at this path."""


def keyed(stored: Mapping[str, Any]) -> Tree:
    """Return a stored reading with its lists of records keyed."""
    tree = deepcopy(dict(stored))
    for name in RECORDS_OF_MINUTES:
        # Readings stored before the parser read tasks have none.
        tree[name] = keyed_list(tree.get(name, []))
    for item in tree["items"].values():
        key_item(item)
    return tree


def key_item(item: Tree) -> None:
    # Readings stored before the parser read topics and tasks have none.
    item.setdefault("topics", [])
    item.setdefault("tasks", [])
    for name in RECORDS_OF_ITEM:
        item[name] = keyed_list(item[name])
    for decision in item["decisions"].values():
        key_decision(decision)
    if not item["decisions"]:
        item["decisions"]["0"] = {**deepcopy(NO_DECISION), "span": item["span"]}


def key_decision(decision: Tree) -> None:
    decision["deadlines"] = keyed_list(decision["deadlines"])


def keyed_list(records: list[Node]) -> dict[str, Node]:
    return {str(index): record for index, record in enumerate(records)}


def unkeyed(tree: Tree) -> Tree:
    """Return the tree in stored form: removed records left out, added ones in order."""
    tree = deepcopy(tree)
    for name in RECORDS_OF_MINUTES:
        tree[name] = unkeyed_list(tree[name])
    tree["items"].sort(key=lambda item: item["position"])
    for item in tree["items"]:
        for name in RECORDS_OF_ITEM:
            item[name] = unkeyed_list(item[name])
        for decision in item["decisions"]:
            decision["deadlines"] = unkeyed_list(decision["deadlines"])
        item["decisions"] = [decision for decision in item["decisions"] if has_content(decision)]
    return tree


def has_content(decision: Tree) -> bool:
    return any(value for name, value in decision.items() if name != "span")


def unkeyed_list(records: dict[str, Node]) -> list[Node]:
    kept = [record for record in records.values() if record is not None]
    if not any(is_added(key) for key in records):
        return kept
    return sorted(kept, key=lambda record: record["span"][0])


def is_added(key: str) -> bool:
    return key.startswith("+")


def node_at(tree: Tree, place: str) -> Node:
    """Return the node at a path; None for a record that is yet to be added."""
    *path, last = place.split("/")
    parent = parent_at(tree, path, place)
    if last not in parent and not is_added(last):
        raise NoSuchPlace(place)
    return parent.get(last)


def parent_at(tree: Tree, path: list[str], place: str) -> dict[str, Node]:
    parent: Node = tree
    for name in path:
        if not isinstance(parent, dict) or not isinstance(parent.get(name), dict):
            raise NoSuchPlace(place)
        parent = parent[name]
    return parent


def overlaid(tree: Tree, values: Mapping[str, Node]) -> Tree:
    """Return the tree with these values at their paths, outer paths first."""
    tree = deepcopy(tree)
    for place in sorted(values, key=lambda place: place.count("/")):
        *path, last = place.split("/")
        try:
            parent = parent_at(tree, path, place)
        except NoSuchPlace:
            if within_removed(tree, path):
                continue
            raise
        if last not in parent and not is_added(last):
            raise NoSuchPlace(place)
        parent[last] = node = deepcopy(values[place])
        if path == ["items"] and node is not None:
            key_item(node)
        if path[-1:] == ["decisions"] and node is not None:
            key_decision(node)
        if last == "title" and "title_derived" in parent:
            # A title from a person is no longer one made from the text.
            parent["title_derived"] = False
    return tree


def within_removed(tree: Tree, path: list[str]) -> bool:
    """Return whether a record on this path was removed, which hides corrections in it."""
    node: Node = tree
    for name in path:
        if not isinstance(node, dict) or name not in node:
            return False
        node = node[name]
        if node is None:
            return True
    return False


def is_orphaned(place: str) -> bool:
    """Return whether the path is that of a correction whose part is gone."""
    return place.startswith(ORPHANED)


def original_place(place: str) -> str:
    """Return the path a correction was made for, also when it is orphaned."""
    return place.removeprefix(ORPHANED).partition("/")[2] if is_orphaned(place) else place


def without_spans(node: Node) -> Node:
    """Return a node without spans and empty fields, to compare readings.

    A newer parser has fields that an older one did not have; an empty one makes no difference.
    """
    if isinstance(node, dict):
        plain = {name: without_spans(value) for name, value in node.items() if name != "span"}
        return {name: value for name, value in plain.items() if value not in (None, "", [], {}, False)}
    if isinstance(node, list):
        return [without_spans(value) for value in node]
    return node


def fingerprint(node: Node) -> str:
    """Return 16 hexadecimal digits that change when a node changes."""
    compared = json.dumps(without_spans(node), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(compared.encode()).hexdigest()[:16]
