"""Values of normal distribution functions and of questions to mixtures, by independent programs.

Run with Python 3.11, SciPy 1.17.1, NumPy 2.4.6 and mpmath 1.4.1:
    python packages/mixture/test/reference/density/generate.py
"""
import json
import pathlib

import mpmath as mp
import numpy as np
from scipy import stats

mp.mp.dps = 50
here = pathlib.Path(__file__).parent
rng = np.random.default_rng(20240511)


def interval(a, b):
    a, b = mp.mpf(a), mp.mpf(b)
    if a > 0:
        return (mp.erfc(a / mp.sqrt(2)) - mp.erfc(b / mp.sqrt(2))) / 2
    return (mp.erfc(-b / mp.sqrt(2)) - mp.erfc(-a / mp.sqrt(2))) / 2


def normal():
    zs = [-37, -30.5, -20.25, -10.1, -5, -4.789, -2.5, -0.7, -1e-9, 0, 1e-3, 0.46, 1, 3.3, 6, 8]
    mp.mp.dps = 400
    cdf = [[z, float(mp.erfc(-mp.mpf(z) / mp.sqrt(2)) / 2)] for z in zs]
    ends = [[-1, 2], [0.25, 0.25000001], [5, 6], [-30, -29.9], [28.96, 28.9601], [-0.5, 0.5], [-8, 9], [3, 40], [10, 10.0000001], [-2, -1.5], [-1e-8, 2e-8]]
    intervals = [[a, b, float(interval(a, b))] for a, b in ends]
    mp.mp.dps = 50
    return {"cdf": cdf, "intervals": intervals}


def bivariate(a, b, c, d, r):
    """Integral over the first variable, cut where the second one's interval begins and ends."""
    r = mp.mpf(r)
    s = mp.sqrt(1 - r * r)
    low, high = max(mp.mpf(a), mp.mpf(-12)), min(mp.mpf(b), mp.mpf(12))
    cuts = {low, high}
    for edge in (c, d):
        if np.isfinite(edge) and r != 0:
            for q in (-9, -5, -2, -1, 0, 1, 2, 5, 9):
                x = (mp.mpf(edge) + q * s) / r
                if low < x < high:
                    cuts.add(x)
    for q in range(-11, 12):
        if low < q < high:
            cuts.add(mp.mpf(q))

    def cond(x):
        lo = mp.mpf("-inf") if c == -np.inf else (mp.mpf(c) - r * x) / s
        hi = mp.mpf("inf") if d == np.inf else (mp.mpf(d) - r * x) / s
        return mp.ncdf(hi) - mp.ncdf(lo) if lo < 0 else mp.ncdf(-lo) - mp.ncdf(-hi)

    value = mp.quad(lambda x: mp.npdf(x) * cond(x), sorted(cuts))
    if value < mp.mpf(10) ** (12 - mp.mp.dps) or value < 1e-8 and mp.mp.dps < 100:
        # mpmath's quadrature stops at an absolute error: what is small needs more digits.
        with mp.workdps(mp.mp.dps + 45):
            return bivariate(a, b, c, d, r) if mp.mp.dps < 200 else float(value)
    return float(value)


def bound(value):
    return None if not np.isfinite(value) else value


def bivariates():
    mp.mp.dps = 30
    cases = []
    for i in range(24):
        a, c = rng.uniform(-3, 2, 2).round(3).tolist()
        b, d = round(a + rng.uniform(0.2, 3), 3), round(c + rng.uniform(0.2, 3), 3)
        if i % 4 == 1:
            a = -np.inf
        if i % 4 == 2:
            d = np.inf
        r = float(rng.choice([-0.999, -0.95, -0.8, -0.5, -0.2, 0.1, 0.29, 0.31, 0.6, 0.76, 0.92, 0.93, 0.99, 0.9999]))
        value = bivariate(a, b, c, d, r)
        cases.append([bound(a), bound(b), bound(c), bound(d), r, value])
    mp.mp.dps = 50
    return cases


def general():
    """Dense covariances without structure: SciPy's randomised lattice rule (Genz), far longer than ours runs."""
    cases = []
    for i in range(16):
        d = 4 + i % 5
        root = rng.normal(size=(d, d + 2))
        covariance = (root @ root.T / d).round(6)
        mean = rng.normal(size=d).round(3)
        scale = np.sqrt(np.diag(covariance))
        lower = (mean - scale * rng.uniform(0.2, 2, d)).round(3)
        upper = (mean + scale * rng.uniform(0.2, 2, d)).round(3)
        if i % 3 == 0:
            lower[:] = -np.inf
        value = [
            stats.multivariate_normal.cdf(
                upper, mean, covariance, lower_limit=lower, maxpts=8_000_000, abseps=1e-9, releps=1e-12, rng=np.random.default_rng(seed)
            )
            for seed in range(4)
        ]
        cases.append(
            {
                "mean": mean.tolist(),
                "covariance": covariance.tolist(),
                "lower": [bound(x) for x in lower],
                "upper": upper.tolist(),
                "probability": float(np.mean(value)),
                "spread": float(np.std(value, ddof=1)),
            }
        )
    return cases


def mixture():
    """One mixture of one feature: entropy, divergence and shares by quadrature with 30 digits."""
    mp.mp.dps = 30
    w, m, s = [mp.mpf("0.3"), mp.mpf("0.7")], [mp.mpf(-1), mp.mpf("1.5")], [mp.mpf("0.5"), mp.mpf("1.25")]
    v, n, t = [mp.mpf("0.5"), mp.mpf("0.5")], [mp.mpf(-1), mp.mpf(2)], [mp.mpf(1), mp.mpf(1)]

    def density(x, w, m, s):
        return sum(a * mp.npdf(x, b, c) for a, b, c in zip(w, m, s))

    cuts = [mp.mpf(x) for x in range(-14, 17)]
    entropy = -mp.quad(lambda x: density(x, w, m, s) * mp.log(density(x, w, m, s)), cuts)
    divergence = mp.quad(lambda x: density(x, w, m, s) * mp.log(density(x, w, m, s) / density(x, v, n, t)), cuts)
    quantiles = []
    for p in ["1e-12", "0.001", "0.3", "0.5", "0.9", "0.999999"]:
        low, high = mp.mpf(-12), mp.mpf(14)
        for _ in range(110):
            mid = (low + high) / 2
            share = sum(a * mp.ncdf((mid - b) / c) for a, b, c in zip(w, m, s))
            low, high = (low, mid) if share >= mp.mpf(float(p)) else (mid, high)
        quantiles.append([float(p), float(high)])
    mp.mp.dps = 50
    return {"entropy": float(entropy), "divergence": float(divergence), "quantiles": quantiles}


values = {
    "origin": "generate.py: mpmath 1.4.1 (normal, bivariate, mixture), SciPy 1.17.1 and NumPy 2.4.6 (general)",
    "normal": normal(),
    "bivariate": bivariates(),
    "general": general(),
    "mixture": mixture(),
}
(here / "density.json").write_text(json.dumps(values, indent=1) + "\n")
