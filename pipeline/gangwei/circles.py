"""Which things lie on circles with each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def circles(beside: Sequence[Iterable[int]]) -> list[int]:
    """A number for each thing, the same for those from which one comes to each other and back (Tarjan, without recursion).

    >>> circles([[1], [0], [0], []])
    [0, 0, 2, 3]
    """
    index = [-1] * len(beside)
    lowest = index.copy()
    group = index.copy()
    waiting: list[int] = []
    count = 0
    for root in range(len(beside)):
        path = [(root, iter(sorted(beside[root])))] if index[root] < 0 else []
        while path:
            node, others = path[-1]
            if index[node] < 0:
                index[node] = lowest[node] = count
                count += 1
                waiting.append(node)
            for other in others:
                if index[other] < 0:
                    path.append((other, iter(sorted(beside[other]))))
                    break
                if group[other] < 0:
                    lowest[node] = min(lowest[node], index[other])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == index[node]:
                    members = [waiting.pop()]
                    while members[-1] != node:
                        members.append(waiting.pop())
                    least = min(members)
                    for member in members:
                        group[member] = least
    return group
