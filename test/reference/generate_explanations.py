"""Explanations of rows and components as far out as doubles go, by mpmath with 2,500 digits and explicit inverses.

Usage: python3 generate_explanations.py OUT_DIR
"""
import json
import os
import sys

import mpmath as mp

mp.mp.dps = 2500
MOST = mp.mpf(sys.float_info.max)

# Weights, means and covariances; doubles, taken as they are. No two components are as far from a row but for differences beyond the digits of doubles:
# which of them it belongs to would be left to rounding.
MIXTURES = {
    "one": ([1.0], [[0.0, 1.0, -2.0]], [[[1.0, 0.9, 0.3], [0.9, 1.5, -0.2], [0.3, -0.2, 2.0]]]),
    "two": (
        [0.25, 0.75],
        [[0.0, 0.0, 0.0], [5.0, -1.0, 2.0]],
        [[[1.0, 0.5, 0.0], [0.5, 2.0, 0.25], [0.0, 0.25, 3.0]], [[4.0, -1.0, 0.5], [-1.0, 1.0, 0.0], [0.5, 0.0, 0.5]]],
    ),
    "far apart": (
        [0.5, 0.25, 0.25],
        [[1e200, 0.0, 3.0], [0.0, 1e9, 1.0], [-1e9, 0.0, 0.0]],
        [
            [[1.0, 0.25, 0.0], [0.25, 1.0, 0.0], [0.0, 0.0, 1.0]],
            [[2.0, 0.0, 0.5], [0.0, 3.0, 0.0], [0.5, 0.0, 5.0]],
            [[0.5, 0.0, 0.0], [0.0, 0.25, 0.5], [0.0, 0.5, 2.0]],
        ],
    ),
    "narrow and wide": (
        [0.5, 0.5],
        [[0.0, 0.0, 0.0], [1e150, 1e150, 0.0]],
        [
            [[1e-20, 0.0, 0.0], [0.0, 1e-10, 0.0], [0.0, 0.0, 1.0]],
            [[1e300, 2.5e299, 0.0], [2.5e299, 1e300, 0.0], [0.0, 0.0, 1e-12]],
        ],
    ),
}
ROWS = [
    [1e308, 0.0, 0.0],
    [0.0, -1e308, 0.0],
    [1e154, -1e154, 1e154],
    [1e160, 1e160, -1e160],
    [MOST_ := sys.float_info.max, -MOST_, MOST_],
    [1e9, 1e9, 1.0],
    [1e200, 0.0, 3.0],
    [1e7, 0.0, 0.5],
    [0.5, -3e12, 1.0],
    [5e-324, 1e9, 1e-310],
]


def without(matrix, j):
    keep = [i for i in range(matrix.rows) if i != j]
    return mp.matrix([[matrix[a, b] for b in keep] for a in keep])


def shares(logs):
    most = max(logs)
    parts = [mp.exp(log - most) for log in logs]
    return [part / sum(parts) for part in parts]


def log_density(weight, y, covariance):
    inverse = covariance ** -1
    square = (y.T * inverse * y)[0]
    return mp.log(weight) - (square + mp.log(mp.det(covariance))) / 2, square, inverse


def explain(weights, means, covariances, row):
    d = len(row)
    components = []
    for weight, mean, covariance in zip(weights, means, covariances):
        y = mp.matrix([mp.mpf(x) - mp.mpf(m) for x, m in zip(row, mean)])
        S = mp.matrix(covariance)
        log, square, inverse = log_density(weight, y, S)
        components.append((weight, y, S, log, square, inverse, [mp.mpf(m) for m in mean]))
    r = shares([c[3] for c in components])
    value = sum(a * c[4] for a, c in zip(r, components))
    shapley = [sum(a * c[1][j] * (c[5] * c[1])[j] for a, c in zip(r, components)) for j in range(d)]
    expected, deviation, surprise = [], [], []
    for j in range(d):
        keep = [i for i in range(d) if i != j]
        logs, conditional = [], []
        for weight, y, S, _, _, _, mean in components:
            rest = mp.matrix([y[i] for i in keep])
            log, _, inverse = log_density(weight, rest, without(S, j))
            across = mp.matrix([[S[j, i] for i in keep]])
            logs.append(log)
            conditional.append((mean[j] + (across * inverse * rest)[0], S[j, j] - (across * inverse * across.T)[0]))
        r = shares(logs)
        mean = sum(a * m for a, (m, _) in zip(r, conditional))
        spread = mp.sqrt(sum(a * (v + (m - mean) ** 2) for a, (m, v) in zip(r, conditional)))
        expected.append(mean)
        deviation.append(spread)
        surprise.append((mp.mpf(row[j]) - mean) / spread)
    # Where the value or a contribution is beyond the doubles, all are scaled down until the largest is the largest double.
    most = max([abs(value)] + [abs(part) for part in shapley])
    scale = MOST / most if most > MOST else mp.mpf(1)
    cut = lambda x: float(max(-MOST, min(MOST, x)))
    return {
        "row": row,
        "value": cut(value * scale),
        "shapley": [cut(part * scale) for part in shapley],
        "expected": [cut(x) for x in expected],
        "deviation": [cut(x) for x in deviation],
        "surprise": [cut(x) for x in surprise],
    }


out = {
    "generator": f"mpmath {mp.__version__}",
    "mixtures": [
        {"name": name, "weights": w, "means": m, "covariances": S, "rows": [explain(w, m, S, row) for row in ROWS]}
        for name, (w, m, S) in MIXTURES.items()
    ],
}
with open(os.path.join(sys.argv[1], "far.json"), "w") as f:
    json.dump(out, f, indent=1)
