"""Where labels stand that would cover each other at the height of their marks."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["spread"]


def spread(wanted: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """Move labels apart, as little as possible, so that none covers another.

    Of all places that keep the order and leave each label its height, those with the least sum
    of squared distances from the wanted ones: the means of pooled neighbours (isotonic
    regression), kept inside the room.

    Args:
        wanted: Middle of each label where nothing else stood, in any order, in pixels.
        heights: Height of each label.
        room: The labels stay between 0 and here; where they need more, they run over the end.

    Returns:
        The middle of each label, in the order of ``wanted``.

    Examples:
        >>> spread([10, 12, 80], [10, 10, 10], 100)
        [6.0, 16.0, 80.0]
        >>> spread([99, 99], [10, 10], 100)
        [85.0, 95.0]
    """
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    offsets, needed = [], 0.0
    for place in order:
        offsets.append(needed + heights[place] / 2)
        needed += heights[place]
    pools: list[tuple[float, int]] = []
    for offset, place in zip(offsets, order, strict=True):
        mean, count = wanted[place] - offset, 1
        while pools and pools[-1][0] >= mean:
            before, more = pools.pop()
            mean = (before * more + mean * count) / (more + count)
            count += more
        pools.append((mean, count))
    shifts = [mean for mean, count in pools for _ in range(count)]
    slack = max(0.0, room - needed)
    places = [0.0] * len(order)
    for shift, offset, place in zip(shifts, offsets, order, strict=True):
        places[place] = min(max(shift, 0.0), slack) + offset
    return places
