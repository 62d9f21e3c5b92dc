"""explain.py WORK COUNT DIRECTORY: explains a small network with vectorized numpy and prints the duration in seconds.

The network, the inputs, the number of coalitions and the batch sizes are those of ExplanationWork.cs.
"""

import sys
import time

import numpy as np

FEATURES, HIDDEN, COALITIONS, BATCH = 50, 32, 20_000, 4096
SIDE, WINDOW = 28, 5


def network(inputs):
    weights = ((np.arange(inputs * HIDDEN).reshape(inputs, HIDDEN) * 37 % 101) / 101 - 0.5).astype(np.float32)
    return lambda rows: np.tanh(rows @ weights).sum(1).astype(np.float64)


def kernelshap(predict, x, rng):
    features = len(x)
    sizes = np.arange(1, features)
    share = (features - 1) / (sizes * (features - sizes))
    share /= share.sum()
    pairs = (COALITIONS - 2 * features) // 2
    drawn = rng.choice(sizes[1:-1], pairs, p=share[1:-1] / share[1:-1].sum())
    drawn = rng.random((pairs, features)).argsort(1).argsort(1) < drawn[:, None]
    single = np.eye(features, dtype=bool)
    coalitions = np.concatenate([single, ~single, drawn, ~drawn])
    weights = np.repeat(
        [share[0] / features, share[-1] / features, share[1:-1].sum() / (2 * pairs)], [features, features, 2 * pairs])
    baseline, score = predict(np.zeros((1, features), np.float32))[0], predict(x[None])[0]
    worths = np.concatenate([predict(coalitions[i:i + BATCH] * x) for i in range(0, len(coalitions), BATCH)]) - baseline
    rows = coalitions[:, :-1].astype(float) - coalitions[:, -1:].astype(float)
    weighted = rows * weights[:, None]
    values = np.linalg.solve(weighted.T @ rows, weighted.T @ (worths - coalitions[:, -1] * (score - baseline)))
    return np.append(values, score - baseline - values.sum())


def lime(predict, x, rng):
    samples = rng.integers(0, 2, (COALITIONS, len(x))).astype(bool)
    samples[0] = True
    scores = np.concatenate([predict(samples[i:i + BATCH] * x) for i in range(0, COALITIONS, BATCH)])
    distance = 1 - np.sqrt(samples.mean(1))
    weights = np.sqrt(np.exp(-distance**2 / 0.25**2))
    rows = samples - (weights @ samples) / weights.sum()
    weighted = rows * weights[:, None]
    return np.linalg.solve(
        weighted.T @ rows + np.eye(len(x)), weighted.T @ (scores - (weights @ scores) / weights.sum()))


def occlusion(predict, image, rng):
    steps = SIDE - WINDOW + 1
    places = [(slice(y, y + WINDOW), slice(x, x + WINDOW)) for y in range(steps) for x in range(steps)]
    hidden = np.repeat(image[None], len(places), 0)
    for i, place in enumerate(places):
        hidden[i][place] = 0
    falls = predict(image.reshape(1, -1))[0] - predict(hidden.reshape(len(places), -1))
    values, windows = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE))
    for fall, place in zip(falls, places):
        values[place] += fall
        windows[place] += 1
    return values / windows


def main():
    work, count = sys.argv[1], int(sys.argv[2])
    explain = {"kernelshap": kernelshap, "lime": lime, "occlusion": occlusion}[work]
    if explain is occlusion:
        predict = network(SIDE * SIDE)
        x = ((np.arange(SIDE * SIDE) * 13 % 17) / 17).astype(np.float32).reshape(SIDE, SIDE)
    else:
        predict = network(FEATURES)
        x = (np.arange(FEATURES) * 13 % 17 / 17 + 0.1).astype(np.float32)
    rng = np.random.default_rng(0)
    start = time.perf_counter()
    for _ in range(count):
        explain(predict, x, rng)
    print(time.perf_counter() - start)


main()
