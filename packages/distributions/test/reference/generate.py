"""Values of distribution functions to 50 digits and more, rounded to doubles.

Run with Python 3.11 and mpmath 1.3.0:
    python packages/distributions/test/reference/generate.py
"""
import json
import pathlib

import mpmath as mp

mp.mp.dps = 60
here = pathlib.Path(__file__).parent
M = mp.mpf


def normal():
    zs = [-37, -30.5, -20.25, -10.1, -5, -4.789, -2.5, -0.7, -1e-9, 0, 1e-3, 0.46, 1, 3.3, 6, 8]
    ps = [1e-300, 1e-100, 1e-20, 1e-9, 1e-3, 0.02, 0.1, 0.3, 0.5, 0.6, 0.9, 0.99]
    ends = [[-1, 2], [0.25, 0.25000001], [5, 6], [-30, -29.9], [28.96, 28.9601], [-0.5, 0.5], [-8, 9], [3, 40], [10, 10.0000001], [-2, -1.5], [-1e-8, 2e-8]]
    with mp.workdps(400):
        cdf = [[z, float(mp.erfc(-M(z) / mp.sqrt(2)) / 2)] for z in zs]
        quantile = []
        for p in ps:
            # Newton's method on log Φ, which is concave: from 0 down it meets the quantile from the right.
            z = M(0)
            for _ in range(60):
                share = mp.erfc(-z / mp.sqrt(2)) / 2
                z -= (mp.log(share) - mp.log(M(p))) * share / (mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi))
            quantile.append([p, 0.0 if p == 0.5 else float(z)])
        intervals = []
        for a, b in ends:
            tail = lambda z: mp.erfc(z / mp.sqrt(2)) / 2
            intervals.append([a, b, float(tail(M(a)) - tail(M(b)) if a > 0 else tail(-M(b)) - tail(-M(a)))])
    return {"cdf": cdf, "quantile": quantile, "intervals": intervals}


def gamma():
    xs = [1e-300, 1e-20, 1e-3, 0.1, 0.49, 0.51, 0.9, 1 - 2**-30, 1 + 2**-40, 1.2, 1.46, 1.5, 1.9, 2 - 2**-35, 2 + 2**-35, 2.2, 2.6, 3, 5.5, 11.9, 12, 40, 171.5, 1e6, 1e15, 1e300]
    near = [1.2, 1.26, 1.27, 1.4616321449683622, 1.461632144968, 1.47, 1.66, 1.67]
    return {
        "logGamma": [[x, float(mp.loggamma(M(x)))] for x in xs],
        "digamma": [[x, float(mp.digamma(M(x)))] for x in sorted({*xs[1:], *near})],
    }


def log_beta():
    pairs = [(0.5, 0.5), (1, 1), (2, 3), (1e-20, 5), (1e-300, 1e-300), (1e-10, 1e10), (0.3, 1e15), (3.5, 1e15), (40, 60), (1e6, 2e6), (1e10, 1e10), (150, 1e8), (0.999, 1.001), (1e-8, 1)]
    with mp.workdps(400):
        return [[a, b, float(mp.loggamma(M(a)) + mp.loggamma(M(b)) - mp.loggamma(M(a) + M(b)))] for a, b in pairs]


def log_integral(log_density, ends):
    """∫ exp(log_density) by mpmath's quadrature, in units of its largest value at the ends."""
    top = max(log_density(t) for t in ends if mp.isfinite(t) and t > 0)
    return mp.quad(lambda t: mp.exp(log_density(t) - top), ends) * mp.exp(top)


def chi_square():
    pairs = [
        (1e-6, 1), (0.5, 1), (3.84, 1), (0.3, 2), (2, 5), (40, 5), (9, 10), (200, 150), (120, 150), (700, 500),
        (1e-3, 1e-6), (1.5, 1e-6), (3, 1e-300), (40, 1e-8), (1, 0.02), (2.1, 0.3), (1e-200, 0.01), (1400, 3),
        (1900, 2000), (2000, 2000), (2100, 2000), (1400, 2001), (2001, 2001), (2900, 2001), (9.9e5, 1e6), (1.004e6, 1e6), (1e6, 1e6), (1.0002e10, 1e10),
    ]
    out = []
    for x, n in pairs:
        a, z = M(n) / 2, M(x) / 2
        if n > 1000:
            below, above = large_gamma(a, z)
        else:
            with mp.workdps(400 if n < 1e-20 else 60):
                below, above = mp.gammainc(a, 0, z, regularized=True), mp.gammainc(a, z, mp.inf, regularized=True)
        out.append([x, n, float(below), float(above)])
    return out


def large_gamma(a, z):
    """The smaller tail by quadrature of the density on ten pieces of two widths each."""
    width = mp.sqrt(a)
    outward = -1 if z < a else 1
    cuts = [z + outward * 2 * k * width for k in range(21)]
    cuts = [c for c in cuts if c > 0] + ([M(0)] if cuts[-1] <= 0 else [])
    log_density = lambda t: (a - 1) * mp.log(t) - t - mp.loggamma(a) if t > 0 else M(-10) ** 9
    tail = abs(sum(mp.quad(lambda t: mp.exp(log_density(t)), [p, q]) for p, q in zip(cuts, cuts[1:])))
    return (tail, 1 - tail) if outward < 0 else (1 - tail, tail)


def large_beta(x, y, a, b):
    width = mp.sqrt(x * y / (a + b))
    outward = -1 if x < a / (a + b) else 1
    cuts = [x + outward * 2 * k * width for k in range(21)]
    cuts = [c for c in cuts if 0 < c < 1]
    log_beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    log_density = lambda t: (a - 1) * mp.log(t) + (b - 1) * mp.log1p(-t) - log_beta
    tail = abs(sum(mp.quad(lambda t: mp.exp(log_density(t)), [p, q]) for p, q in zip(cuts, cuts[1:])))
    return (tail, 1 - tail) if outward < 0 else (1 - tail, tail)


def beta_tails(x, y, a, b):
    if min(a, b) > 300:
        return large_beta(x, y, a, b)
    if x > M("0.9"):
        return beta_tails(y, x, b, a)[::-1]
    # Enough digits for what is left of 1, which may be far smaller than itself.
    digits = 60 + int(max(0, -mp.log10(min(a, b))) + max(0, mp.log10(max(a, b))) + min(3000, -b * mp.log10(y)) - 2 * mp.log10(min(x, y)))
    with mp.workdps(digits):
        # xᵃ yᵇ / (a B(a, b)) · F(a + b, 1; a + 1; x): all terms are positive.
        term = total = M(1)
        n = 0
        while term > total * M(10) ** (-digits):
            term *= (a + b + n) / (a + 1 + n) * x
            total += term
            n += 1
        below = total * mp.exp(a * mp.log(x) + b * mp.log(y) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)) / a
        return below, 1 - below


def beta():
    cases = [
        (0.5, 0.5, 0.5), (0.5, 2, 3), (0.1, 2, 3), (1e-30, 2, 3), (0.999999, 2, 3), (0.3, 10, 20), (0.6, 10, 20), (0.05, 100, 200), (0.34, 100, 200),
        (0.7, 100, 200), (0.2, 1e-6, 3), (1e-10, 1e-6, 1e-6), (0.5, 1e-12, 1e-3), (0.3, 0.2, 0.3), (0.9, 0.01, 5), (1e-9, 0.5, 1e9), (3e-9, 2, 1e9),
        (2e-8, 2, 1e9), (0.4, 1000, 1500), (0.41, 1000, 1500), (0.45, 1001, 1500), (0.4, 999, 1200), (0.5, 1e6, 1e6), (0.4985, 1e6, 1e6), (0.501, 1e6, 1e6),
        (0.9, 9e9, 1e9), (0.90002, 9e9, 1e9), (1e-5, 1e4, 1e9), (1.03e-5, 1e4, 1e9), (0.25, 8, 8), (0.01, 8, 40), (0.99, 7.9, 8.1), (1e-300, 0.001, 2),
        (0.5, 1, 1), (0.123, 1, 7), (0.5, 900, 900), (0.55, 5, 3000), (0.001, 5, 3000), (0.003, 5, 3000),
    ]
    return [[x, a, b, *map(float, beta_tails(M(x), 1 - M(x), M(a), M(b)))] for x, a, b in cases]


def f():
    cases = [(1, 7, 7), (4.9646, 1, 10), (1e12, 2, 3), (1e300, 5, 0.01), (1e-300, 0.01, 5), (0.2, 30, 12), (3, 30, 12), (1.1, 2000, 3000), (0.93, 2e4, 3e4), (2.5, 3, 1e8), (1e-8, 4, 9), (1e200, 1, 1), (14.1, 3, 33.7)]
    out = []
    for v, m, n in cases:
        v_, m_, n_ = M(v), M(m), M(n)
        x, y = m_ * v_ / (m_ * v_ + n_), n_ / (m_ * v_ + n_)
        out.append([v, m, n, *map(float, beta_tails(x, y, m_ / 2, n_ / 2))])
    return out


def student():
    cases = [(0.1, 1), (-1, 1), (63.6, 1), (-1e200, 1), (1e-12, 3), (2.2281388519649385, 10), (-40, 10), (3, 2.5), (-3, 1e-3), (1e150, 0.01), (-8, 200), (5, 1e6), (-2, 1e12), (0.7, 1e-8), (6.3, 30), (-1e-4, 0.5)]
    out = []
    for t, n in cases:
        t_, n_ = abs(M(t)), M(n)
        _, above = beta_tails(t_ * t_ / (n_ + t_ * t_), n_ / (n_ + t_ * t_), M(1) / 2, n_ / 2)
        tails = (1 - above / 2, above / 2)
        out.append([t, n, *map(float, tails if t > 0 else tails[::-1])])
    return out


values = {
    "origin": "generate.py: mpmath 1.3.0",
    "normal": normal(),
    **gamma(),
    "logBeta": log_beta(),
    "chiSquare": chi_square(),
    "beta": beta(),
    "f": f(),
    "student": student(),
}
(here / "distributions.json").write_text(json.dumps(values, indent=None).replace("], [", "],\n  [").replace("]], ", "]],\n ") + "\n")
