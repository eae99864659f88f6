"""Take query trees apart and build them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.query.nodes import And, Node, Not, Or


def top_level_parts(query: Node | None) -> tuple[Node, ...]:
    """Return the parts of a query that must all match."""
    if query is None:
        return ()
    return query.parts if isinstance(query, And) else (query,)


def either(node: Node, alternatives: Sequence[Node]) -> Node:
    return Or((node, *alternatives)) if alternatives else node


def all_of(parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def excludes(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(excludes(part) for part in node.parts)
    return isinstance(node, Not)


def leaves(node: Node | None) -> Iterator[Node]:
    """Yield the leaves of a query, including excluded ones."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from leaves(part)
    elif isinstance(node, Not):
        yield from leaves(node.part)
    elif node is not None:
        yield node
