"""Compares the values that a server shows with those in the files."""

import math

TOLERANCE = 1e-6


def close(left, right, tolerance=TOLERANCE):
    """Whether two numbers, or texts such as NaN and Infinity, are equal within float precision."""
    left, right = float(left), float(right)
    return math.isnan(left) and math.isnan(right) or left == right or math.isclose(
        left, right, rel_tol=tolerance, abs_tol=1e-30)


def numbers(what, shown, expected, tolerance=TOLERANCE):
    """Describes the first difference between two lists of numbers; nothing if there is none."""
    if len(shown) != len(expected):
        return [f"{what}: {len(shown)} numbers, not {len(expected)}"]
    for index, (left, right) in enumerate(zip(shown, expected)):
        if not close(left, right, tolerance):
            return [f"{what}: number {index} is {left}, not {right}"]
    return []


def series(what, shown, expected, limit, drops_overtaken):
    """
    Compares the steps of a series: as many as in the file, or a sample that ends with the last one. Returns the
    differences and the pairs (shown, expected) of the same step.

    drops_overtaken: whether the reader drops points that a later one of the same or a lower step follows.
    """
    if drops_overtaken:
        kept = []
        for point in expected:
            while kept and kept[-1][0] >= point[0]:
                kept.pop()
            kept.append(point)
        expected = kept
    steps = [step for step, _ in shown]
    if len(expected) <= limit:
        if steps != [step for step, _ in expected]:
            return [f"{what}: {_steps(steps)}, not {_steps([step for step, _ in expected])}"], []
        return [], list(zip(shown, expected))
    wrong = [] if len(steps) == limit else [f"{what}: {len(steps)} points, not a sample of {limit}"]
    if not steps or steps[-1] != expected[-1][0]:
        wrong.append(f"{what}: ends at step {steps[-1] if steps else None}, not {expected[-1][0]}")
    by_step = {}
    for point in expected:
        by_step.setdefault(point[0], []).append(point)
    if set(steps) - set(by_step):
        wrong.append(f"{what}: steps that are not in the file: {sorted(set(steps) - set(by_step))[:5]}")
        return wrong, []
    return wrong, [(point, by_step[point[0]][0]) for point in shown if len(by_step[point[0]]) == 1]


def _steps(steps):
    if not steps:
        return "no steps"
    return f"{len(steps)} steps from {steps[0]} to {steps[-1]}"


def alike(left, right):
    """Whether two decoded answers are equal, numbers within float precision."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(alike(left[key], right[key]) for key in left)
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(left) == len(right) and all(map(alike, left, right))
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return close(left, right, 1e-5)
    return left == right
