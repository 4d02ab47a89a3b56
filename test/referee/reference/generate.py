"""Exact values: rational where the answer is, else by mpmath at 60 digits. Writes exact.json beside this file.

python3 generate.py      (Python 3.11, mpmath 1.3.0; nothing else)
"""
import json, pathlib, platform
from fractions import Fraction as Q

import mpmath
from mpmath import mp, mpf

mp.dps = 60


def number(x):
    """The nearest double."""
    return float(mpf(x.numerator) / x.denominator) if isinstance(x, Q) else float(x)


def numbers(x):
    return [numbers(item) for item in x] if isinstance(x, (list, tuple)) else number(x)


def draw(n, d, seed):
    """Integers of a linear congruential generator, about -50 to 50."""
    state, rows = seed, []
    for _ in range(n):
        row = []
        for _ in range(d):
            state = (1103515245 * state + 12345) % 2**31
            row.append((state >> 16) % 101 - 50)
        rows.append(row)
    return rows


def moments(X, w):
    n, d = sum(w), len(X[0])
    mean = [sum(wi * x[j] for x, wi in zip(X, w)) / Q(n) for j in range(d)]
    S = [[sum(wi * (x[i] - mean[i]) * (x[j] - mean[j]) for x, wi in zip(X, w)) / Q(n) for j in range(d)] for i in range(d)]
    return mean, S


# Covariances: integers far from 0, frequencies as weights.
def covariances():
    out = []
    for offset in [0, 2**40]:
        X = [[x + offset * (j + 1) for j, x in enumerate(row)] for row in draw(14, 3, 7)]
        w = [1 + i % 3 for i in range(14)]
        n, p = sum(w), 3
        mean, S = moments(X, w)
        mu = sum(S[i][i] for i in range(p)) / p
        square = sum(v * v for row in S for v in row)
        to_target = sum((S[i][j] - (mu if i == j else 0)) ** 2 for i in range(p) for j in range(p))
        fourth = sum(wi * sum((x[j] - mean[j]) ** 2 for j in range(p)) ** 2 for x, wi in zip(X, w))
        ledoit_wolf = min(Q(1), (fourth / n - square) / n / to_target)  # Ledoit & Wolf 2004, section 3.3
        alpha = square / p**2
        oas = min(Q(1), (alpha + mu**2) / ((n + 1) * (alpha - mu**2 / p)))  # as scikit-learn has Chen et al. 2010

        def shrunk(s):
            return [[(1 - s) * S[i][j] + (s * mu if i == j else 0) for j in range(p)] for i in range(p)]

        out.append(
            dict(
                X=X,
                sampleWeight=w,
                location=numbers(mean),
                EmpiricalCovariance=numbers(S),
                LedoitWolf=numbers(shrunk(ledoit_wolf)),
                OAS=numbers(shrunk(oas)),
                ShrunkCovariance=numbers(shrunk(Q(0.1))),
                shrinkage=dict(LedoitWolf=number(ledoit_wolf), OAS=number(oas)),
            )
        )
    return out


# Expectation maximisation from a start that is spelled out, in multiple precision.
def log_normal(x, mean, S):
    d = len(x)
    L = mpmath.cholesky(mpmath.matrix(S))
    y = mpmath.lu_solve(L, mpmath.matrix([x[j] - mean[j] for j in range(d)]))
    return -(d * mpmath.log(2 * mpmath.pi) + sum(v * v for v in y)) / 2 - sum(mpmath.log(L[j, j]) for j in range(d))


def mixtures():
    X = [[mpf(v) / 8 for v in row] for row in draw(30, 2, 11)]
    for i in range(0, 30, 3):
        X[i] = [X[i][0] + 9, X[i][1] - 7]
    w = [mpf(1 + i % 2) for i in range(30)]
    total, d, k = sum(w), 2, 2
    start = [[mpf(8), mpf(-7)], [mpf(0), mpf(1)]]
    entries = []
    for kind in ["full", "tied", "diag", "tied-diag", "spherical"]:
        weights, means = [mpf(1) / 2, mpf(1) / 2], [list(m) for m in start]
        covs = [[[mpf(4), mpf(0)], [mpf(0), mpf(4)]] for _ in range(k)]
        for _ in range(4):
            R = []
            for x in X:
                terms = [mpmath.log(weights[c]) + log_normal(x, means[c], covs[c]) for c in range(k)]
                top = max(terms)
                rest = sum(mpmath.exp(t - top) for t in terms)
                R.append([mpmath.exp(t - top) / rest for t in terms])
            mass = [sum(wi * r[c] for wi, r in zip(w, R)) for c in range(k)]
            means = [[sum(wi * r[c] * x[j] for wi, r, x in zip(w, R, X)) / mass[c] for j in range(d)] for c in range(k)]
            covs = [
                [[sum(wi * r[c] * (x[i] - means[c][i]) * (x[j] - means[c][j]) for wi, r, x in zip(w, R, X)) / mass[c] for j in range(d)] for i in range(d)]
                for c in range(k)
            ]
            if kind.startswith("tied"):
                pooled = [[sum(mass[c] * covs[c][i][j] for c in range(k)) / total for j in range(d)] for i in range(d)]
                covs = [pooled, pooled]
            if kind != "full" and kind != "tied":
                covs = [[[S[i][j] if i == j else mpf(0) for j in range(d)] for i in range(d)] for S in covs]
            if kind == "spherical":
                covs = [[[(S[0][0] + S[1][1]) / 2 if i == j else mpf(0) for j in range(d)] for i in range(d)] for S in covs]
            weights = [m / total for m in mass]
        points = [X[0], X[1], [mpf(0), mpf(0)], [mpf(1000), mpf(-1000)], [mpf(10) ** 9, mpf(0)]]

        def density(x):
            terms = [mpmath.log(weights[c]) + log_normal(x, means[c], covs[c]) for c in range(k)]
            top = max(terms)
            return top + mpmath.log(sum(mpmath.exp(t - top) for t in terms))

        entries.append(
            dict(
                covarianceType=kind,
                weights=numbers(weights),
                means=numbers(means),
                covariances=numbers(covs),
                score=number(sum(wi * density(x) for wi, x in zip(w, X)) / total),
                points=numbers(points),
                logDensities=numbers([density(x) for x in points]),
            )
        )
    return dict(X=numbers(X), sampleWeight=numbers(w), start=numbers(start), iterations=4, entries=entries)


# One component's posterior predictive: a Student t in closed form, near and far.
def posteriors():
    X = draw(20, 2, 5)
    n, d = 20, 2
    mean, S = moments(X, [1] * n)
    prior = [[S[i][j] * n / (n - 1) for j in range(d)] for i in range(d)]
    scale = [[prior[i][j] + n * S[i][j] for j in range(d)] for i in range(d)]
    beta, nu = 1 + n, d + n
    points = [[0, 0], [17, -30], [100000, -3], [10**12, 10**12]]

    def t(q, freedom, p, log_determinant):
        half = mpf(freedom + p) / 2
        return (
            mpmath.loggamma(half)
            - mpmath.loggamma(mpf(freedom) / 2)
            - mpf(p) / 2 * mpmath.log(freedom * mpmath.pi)
            - log_determinant / 2
            - half * mpmath.log(1 + q / freedom)
        )

    m = [mpf(v.numerator) / v.denominator for v in mean]
    A = [[mpf(v.numerator) / v.denominator for v in row] for row in scale]
    full, diag = [], []
    for x in points:
        freedom = nu - d + 1
        T = [[v * (1 + beta) / (beta * mpf(freedom)) for v in row] for row in A]
        det = T[0][0] * T[1][1] - T[0][1] ** 2
        y = [x[j] - m[j] for j in range(d)]
        q = (T[1][1] * y[0] ** 2 - 2 * T[0][1] * y[0] * y[1] + T[0][0] * y[1] ** 2) / det
        full.append(t(q, freedom, d, mpmath.log(det)))
        one = mpf(0)
        for j in range(d):
            s = A[j][j] * (1 + beta) / (beta * mpf(nu))
            one += t(y[j] ** 2 / s, nu, 1, mpmath.log(s))
        diag.append(one)
    return dict(X=X, points=points, full=numbers(full), diag=numbers(diag))


# Kernels: near, in a tail, and where each is far below the least double.
def kernels():
    X = [[mpf(v) / 4 for v in row] for row in draw(9, 2, 3)]
    w = [mpf(1 + i % 4) for i in range(9)]
    h = mpf(5) / 4
    points = [X[0], [mpf(0), mpf(0)], [mpf(40), mpf(-40)], [mpf(5000), mpf(5000)]]

    def squares(x):
        return [((x[0] - row[0]) ** 2 + (x[1] - row[1]) ** 2) / h**2 for row in X]

    gaussian = [mpmath.log(sum(wi * mpmath.exp(-q / 2) for wi, q in zip(w, squares(x))) / sum(w) / (2 * mpmath.pi * h**2)) for x in points]
    near = points[:1] + [[X[1][0] + mpf(1) / 2, X[1][1]], [X[2][0], X[2][1] - 1]]
    # 2V/(d+2) with V = pi
    compact = [mpmath.log(sum(wi * max(mpf(0), 1 - q) for wi, q in zip(w, squares(x))) / sum(w) / (mpmath.pi / 2 * h**2)) for x in near]
    return dict(
        X=numbers(X), sampleWeight=numbers(w), bandwidth=number(h), points=numbers(points), gaussian=numbers(gaussian), near=numbers(near), epanechnikov=numbers(compact)
    )


# Tails of empirical distributions.
def tails():
    X = draw(17, 3, 9)
    w = [1 + i % 2 for i in range(17)]
    total = sum(w)
    points = X[:5] + [[60, 0, -60]]
    scores = []
    for x in points:
        left, right, skewed = [], [], []
        for j in range(3):
            mean = Q(sum(wi * row[j] for row, wi in zip(X, w)), total)
            third = sum(wi * (row[j] - mean) ** 3 for row, wi in zip(X, w))
            least, most = min(row[j] for row in X), max(row[j] for row in X)
            below = Q(sum(wi for row, wi in zip(X, w) if row[j] <= x[j]), total) or Q(sum(wi for row, wi in zip(X, w) if row[j] == least), 2 * total)
            above = Q(sum(wi for row, wi in zip(X, w) if row[j] >= x[j]), total) or Q(sum(wi for row, wi in zip(X, w) if row[j] == most), 2 * total)
            left.append(-mpmath.log(mpf(below.numerator) / below.denominator))
            right.append(-mpmath.log(mpf(above.numerator) / above.denominator))
            skewed.append(left[-1] if third < 0 else right[-1])
        scores.append(-max(sum(left), sum(right), sum(skewed)))
    return dict(X=X, sampleWeight=w, points=points, scores=numbers(scores))


# Lloyd's algorithm in rational numbers.
def clusters():
    X = [[v * (3 if j else 1) + 10**9 for j, v in enumerate(row)] for row in draw(40, 2, 21)]
    w = [1 + i % 3 for i in range(40)]
    centres = [list(map(Q, X[i])) for i in (0, 11, 23)]
    before = None
    iterations = 0
    while True:
        iterations += 1
        squares = [[sum((x[j] - c[j]) ** 2 for j in range(2)) for c in centres] for x in X]
        labels = [s.index(min(s)) for s in squares]
        if labels == before:
            break
        before = labels
        centres = [[sum(wi * x[j] for x, wi, l in zip(X, w, labels) if l == c) / Q(sum(wi for wi, l in zip(w, labels) if l == c)) for j in range(2)] for c in range(3)]
    inertia = sum(wi * min(s) for wi, s in zip(w, squares))
    return dict(X=X, sampleWeight=w, start=[X[0], X[11], X[23]], labels=labels, iterations=iterations, centres=numbers(centres), inertia=number(inertia))


# Scores of partitions and of rankings.
def measures():
    a = [(i * 7) % 5 for i in range(60)]
    b = [(i * i + i) % 4 for i in range(60)]
    n = 60
    table = {}
    for p, q in zip(a, b):
        table[p, q] = table.get((p, q), 0) + 1
    A, B = [a.count(v) for v in sorted(set(a))], [b.count(v) for v in sorted(set(b))]
    pairs = lambda sizes: sum(Q(s * (s - 1), 2) for s in sizes)
    index, expected = pairs(table.values()), pairs(A) * pairs(B) / pairs([n])
    rand = (index - expected) / ((pairs(A) + pairs(B)) / 2 - expected)
    mi = sum(mpf(c) / n * mpmath.log(mpf(n * c) / (a.count(p) * b.count(q))) for (p, q), c in table.items())
    emi = mpf(0)
    for s in A:
        for t in B:
            for c in range(max(1, s + t - n), min(s, t) + 1):
                probability = mpmath.binomial(s, c) * mpmath.binomial(n - s, t - c) / mpmath.binomial(n, t)
                emi += mpf(c) / n * mpmath.log(mpf(n * c) / (s * t)) * probability
    entropy = lambda sizes: -sum(mpf(s) / n * mpmath.log(mpf(s) / n) for s in sizes)
    adjusted = (mi - emi) / ((entropy(A) + entropy(B)) / 2 - emi)
    X = draw(25, 2, 13)
    labels = [i % 3 for i in range(25)]
    distance = lambda x, y: mpmath.sqrt(sum((u - v) ** 2 for u, v in zip(x, y)))
    silhouettes = []
    for i, x in enumerate(X):
        mean = lambda c: sum(distance(x, y) for y, l in zip(X, labels) if l == c) / (labels.count(c) - (labels[i] == c))
        own, other = mean(labels[i]), min(mean(c) for c in range(3) if c != labels[i])
        silhouettes.append((other - own) / max(own, other))
    return dict(
        a=a, b=b, adjustedRand=number(rand), adjustedMutualInfo=number(adjusted), X=X, labels=labels, silhouettes=numbers(silhouettes),
        silhouette=number(sum(silhouettes) / 25),
    )


made = dict(
    python=platform.python_version(), mpmath=mpmath.__version__, covariances=covariances(), mixtures=mixtures(), posteriors=posteriors(), kernels=kernels(),
    tails=tails(), clusters=clusters(), measures=measures(),
)
(pathlib.Path(__file__).parent / "exact.json").write_text(json.dumps(made, indent=1) + "\n")
