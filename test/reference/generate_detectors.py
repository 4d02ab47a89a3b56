"""Thresholds, conformal p-values, selections and explanations by NumPy and SciPy, from their definitions and with explicit inverses.

Usage: python3 generate_detectors.py OUT_DIR   (reads ../data/*.csv)
"""
import itertools
import json
import math
import os
import sys

import numpy as np
import scipy
from scipy.linalg import inv, sqrtm
from scipy.special import logsumexp
from scipy.stats import false_discovery_control, multivariate_normal, norm

HERE = os.path.dirname(os.path.abspath(__file__))


def load(name):
    with open(os.path.join(HERE, "..", "data", name + ".csv")) as f:
        columns = f.readline().strip().split(",")
        rows = [line.strip().split(",") for line in f]
    keep = [j for j, c in enumerate(columns) if c != "label"]
    labels = [row[columns.index("label")] for row in rows] if "label" in columns else None
    return np.array([[float(row[j]) for j in keep] for row in rows]), labels


def mixture_of(X, labels):
    """One component per class: its share, mean and biased covariance."""
    classes = sorted(set(labels)) if labels else ["all"]
    groups = [X[[l == c for l in labels]] for c in classes] if labels else [X]
    return [(len(g) / len(X), g.mean(axis=0), np.cov(g.T, bias=True)) for g in groups]


def densities(mixture, X):
    return logsumexp([math.log(w) + multivariate_normal.logpdf(X, m, S) for w, m, S in mixture], axis=0)


def apart(scores, level, weights=None):
    """Rows that stand apart: the normal tail of cube roots of distances from the best score, adjusted by Benjamini & Hochberg. Weights are copies."""
    copies = scores if weights is None else np.repeat(scores, weights)
    roots = np.cbrt(copies.max() - copies)
    centre = np.median(roots)
    deviation = (np.quantile(roots, 0.8) - centre) / norm.ppf(0.8)
    rows = np.repeat(np.arange(len(scores)), 1 if weights is None else weights)
    tails = norm.sf(roots, centre, deviation)
    found = rows[false_discovery_control(tails, method="bh") <= level]
    # Where one more row would stand apart, or the last chance that counted.
    threshold = copies.max() - (centre + deviation * norm.isf(level * max(1, len(found)) / len(copies))) ** 3
    return {"level": level, "rows": sorted(set(found.tolist())), "threshold": float(threshold)}


def shares(mixture, x):
    t = np.array([math.log(w) + multivariate_normal.logpdf(x, m, S) for w, m, S in mixture])
    return np.exp(t - logsumexp(t))


def shapley(x, mean, cov):
    """By definition: the mean over all orders of what a feature adds, absent features standing at their means."""
    d = len(x)
    P = inv(cov)

    def value(subset):
        y = np.array([x[j] - mean[j] if j in subset else 0.0 for j in range(d)])
        return y @ P @ y

    out = np.zeros(d)
    for j in range(d):
        others = [i for i in range(d) if i != j]
        for size in range(d):
            weight = math.factorial(size) * math.factorial(d - size - 1) / math.factorial(d)
            for subset in itertools.combinations(others, size):
                out[j] += weight * (value(set(subset) | {j}) - value(set(subset)))
    return out


def corr_max(x, mean, cov):
    D = np.diag(1 / np.sqrt(np.diag(cov)))
    return (np.real(sqrtm(inv(D @ cov @ D))) @ D @ (x - mean)) ** 2


def conditional(mixture, x, j):
    """Mean and standard deviation of feature j given the others, by Schur complements."""
    o = [i for i in range(len(x)) if i != j]
    terms, means, variances = [], [], []
    for w, m, S in mixture:
        B = S[j, o] @ inv(S[np.ix_(o, o)])
        terms.append(math.log(w) + multivariate_normal.logpdf(x[o], m[o], S[np.ix_(o, o)]))
        means.append(m[j] + B @ (x[o] - m[o]))
        variances.append(S[j, j] - B @ S[o, j])
    r = np.exp(np.array(terms) - logsumexp(terms))
    mean = r @ means
    return mean, math.sqrt(r @ (np.array(variances) + (np.array(means) - mean) ** 2))


def explained(mixture, x):
    r = shares(mixture, x)
    distance = [(x - m) @ inv(S) @ (x - m) for _, m, S in mixture]
    pairs = [conditional(mixture, x, j) for j in range(len(x))]
    return {
        "value": float(r @ distance),
        "shapley": sum(s * shapley(x, m, S) for s, (_, m, S) in zip(r, mixture)).tolist(),
        "corrMax": sum(s * corr_max(x, m, S) for s, (_, m, S) in zip(r, mixture)).tolist(),
        "expected": [float(p[0]) for p in pairs],
        "deviation": [float(p[1]) for p in pairs],
    }


def main():
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    for name in ["iris", "faithful", "diabetes", "crabs"]:
        X, labels = load(name)
        mixture = mixture_of(X, labels)
        scores = densities(mixture, X)
        # Rows of the data, and some moved far from it.
        spread = X.std(axis=0)
        points = np.vstack([X[:3], X[-2:], X[:2] + 3 * spread * np.where(np.arange(X.shape[1]) % 2 == 0, 1, -1)])
        held = np.sort(scores[::3])
        p = (1 + np.searchsorted(held, scores[1::3], side="right")) / (len(held) + 1)
        adjusted = false_discovery_control(p, method="bh")
        json.dump(
            {
                "data": name,
                "numpy": np.__version__,
                "scipy": scipy.__version__,
                "weights": [w for w, _, _ in mixture],
                "means": [m.tolist() for _, m, _ in mixture],
                "covariances": [S.tolist() for _, _, S in mixture],
                "quantiles": [
                    {"contamination": c, "threshold": float(np.quantile(scores, c)), "outliers": np.flatnonzero(scores < np.quantile(scores, c)).tolist()}
                    for c in [0.01, 0.04, 0.1, 0.5]
                ],
                "apart": [apart(scores, level) for level in [0.01, 0.1, 0.3, 0.45]],
                "apartWeighted": apart(scores, 0.3, 1 + np.arange(len(X)) % 3),
                "conformal": {
                    "pValues": p.tolist(),
                    "selected": [{"rate": a, "rows": np.flatnonzero(adjusted <= a).tolist()} for a in [0.1, 0.3, 0.6, 0.9]],
                },
                "points": points.tolist(),
                "explanations": [explained(mixture, x) for x in points],
            },
            open(os.path.join(out, name + ".json"), "w"),
            indent=1,
        )
        print(name, "ok")


main()
