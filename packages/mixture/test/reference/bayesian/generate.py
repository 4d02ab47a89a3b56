"""Exact evidence and posterior predictive of conjugate Gaussian models, to 50 digits, rounded to doubles.

Run with Python 3.11 and mpmath 1.3.0:
    python packages/mixture/test/reference/bayesian/generate.py

Formulas: Murphy, Conjugate Bayesian analysis of the Gaussian distribution (2007). A precision matrix is Wishart with inverse scale S0 and nu0 degrees of
freedom; the precision of a feature (diag), or of all features (spherical), is the same in one dimension: Gamma(nu0/2, S0/2). Means have the precision
beta0 times that of the rows.
"""
import csv
import itertools
import json
import pathlib

import mpmath as mp

mp.mp.dps = 50
here = pathlib.Path(__file__).parent
M = mp.mpf


def load(name, start, stop):
    with open(here / "../../../../../test/data" / f"{name}.csv") as file:
        table = list(csv.reader(file))
    keep = [j for j, head in enumerate(table[0]) if head != "label"]
    return [[M(float(row[j])) for j in keep] for row in table[1:]][start:stop]


def log_gamma_d(d, x):
    return sum(mp.loggamma(x - M(i) / 2) for i in range(d))


def statistics(rows, d):
    """Number, mean and scatter matrix of rows."""
    n = len(rows)
    mean = [sum(row[j] for row in rows) / n if n else M(0) for j in range(d)]
    scatter = [[sum((row[i] - mean[i]) * (row[j] - mean[j]) for row in rows) for j in range(d)] for i in range(d)]
    return n, mean, scatter


def posterior_scatter(rows, prior, d):
    """What the rows of one component add to S0."""
    n, mean, scatter = statistics(rows, d)
    factor = prior["beta"] * n / (prior["beta"] + n)
    away = [mean[j] - prior["mean"][j] for j in range(d)]
    return [[scatter[i][j] + factor * away[i] * away[j] for j in range(d)] for i in range(d)]


def evidence(kind, groups, prior, d):
    """log p(rows | how they are shared), means and precisions integrated out."""
    beta, nu = prior["beta"], prior["nu"]
    total = sum(len(rows) for rows in groups)
    value = -M(total * d) / 2 * mp.log(mp.pi)
    added = [posterior_scatter(rows, prior, d) for rows in groups]
    for rows in groups:
        value += M(d) / 2 * mp.log(beta / (beta + len(rows)))
    if kind == "tied":
        blocks = [([[sum(part[i][j] for part in added) for j in range(d)] for i in range(d)], total)]
    else:
        blocks = [(part, len(rows)) for part, rows in zip(added, groups)]
    for part, n in blocks:
        if kind in ("full", "tied"):
            before = mp.matrix(prior["scale"])
            after = before + mp.matrix(part)
            value += log_gamma_d(d, (nu + n) / 2) - log_gamma_d(d, nu / 2)
            value += nu / 2 * mp.log(mp.det(before)) - (nu + n) / 2 * mp.log(mp.det(after))
        elif kind == "diag":
            for j in range(d):
                before = prior["scale"][j]
                value += mp.loggamma((nu + n) / 2) - mp.loggamma(nu / 2)
                value += nu / 2 * mp.log(before) - (nu + n) / 2 * mp.log(before + part[j][j])
        else:
            before = prior["scale"]
            after = before + sum(part[j][j] for j in range(d))
            value += mp.loggamma((nu + d * n) / 2) - mp.loggamma(nu / 2)
            value += nu / 2 * mp.log(before) - (nu + d * n) / 2 * mp.log(after)
    return value


def log_beta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def weight_evidence(kind, concentration, counts):
    """log p(how rows are shared), weights integrated out."""
    k = len(counts)
    if kind == "dirichlet_distribution":
        value = mp.loggamma(k * concentration) - mp.loggamma(k * concentration + sum(counts))
        return value + sum(mp.loggamma(concentration + n) - mp.loggamma(concentration) for n in counts)
    value = M(0)
    for j in range(k - 1):
        value += log_beta(1 + counts[j], concentration + sum(counts[j + 1:])) - log_beta(M(1), concentration)
    return value


def marginal(kind, weights, concentration, rows, prior, d, k):
    """log p(rows): the sum over all ways to share them among k components."""
    terms = []
    for labels in itertools.product(range(k), repeat=len(rows)):
        groups = [[row for row, label in zip(rows, labels) if label == c] for c in range(k)]
        terms.append(evidence(kind, groups, prior, d) + weight_evidence(weights, concentration, [len(g) for g in groups]))
    most = max(terms)
    return most + mp.log(sum(mp.exp(term - most) for term in terms))


def priors(d):
    matrix = [[M(1.5) if i == j else M(3) / 10 * (i + 1) / (j + 1) for j in range(d)] for i in range(d)]
    matrix = [[matrix[max(i, j)][min(i, j)] if i != j else matrix[i][i] for j in range(d)] for i in range(d)]
    matrix = [[M(float(value)) for value in row] for row in matrix]
    diagonal = [M(float(M(1) + M(j) / 4)) for j in range(d)]
    return {"full": matrix, "tied": matrix, "diag": diagonal, "spherical": M(1.25)}


def plain(value):
    return [plain(item) for item in value] if isinstance(value, list) else float(value)


def main():
    out = {"single": [], "mixture": []}
    for name, start, stop in (("iris", 50, 90), ("faithful", 0, 60), ("acidity", 0, 25)):
        rows = load(name, start, stop)
        d = len(rows[0])
        points = load(name, stop, stop + 4) + [[M(50)] * d]
        mean = [M(float(rows[0][j])) + M(0.5) for j in range(d)]
        for kind, scale in priors(d).items():
            prior = {"beta": M(1.75), "mean": mean, "nu": M(d) + M(0.5), "scale": scale}
            value = evidence(kind, [rows], prior, d)
            # The predictive density of a row is the quotient of two evidences.
            predictive = [evidence(kind, [rows + [x]], prior, d) - value for x in points]
            out["single"].append({"data": name, "start": start, "stop": stop, "covarianceType": kind, "meanPrecisionPrior": 1.75,
                "meanPrior": plain(mean), "degreesOfFreedomPrior": d + 0.5, "covariancePrior": plain(scale), "logEvidence": float(value),
                "points": plain(points), "logPredictive": plain(predictive)})
    groups = [[M(0), M(0.25)], [M(0.5), M(-0.25)], [M(-0.25), M(0.75)], [M(0.125), M(-0.5)],
              [M(9), M(8)], [M(8.5), M(8.75)], [M(9.25), M(9.5)], [M(8.75), M(8.25)], [M(9.5), M(8.5)]]
    for kind, scale in priors(2).items():
        prior = {"beta": M(0.25), "mean": [M(4), M(4)], "nu": M(2.5), "scale": scale}
        for weights, concentration in (("dirichlet_distribution", M(0.75)), ("dirichlet_process", M(0.5))):
            out["mixture"].append({"rows": plain(groups), "covarianceType": kind, "meanPrecisionPrior": 0.25, "meanPrior": [4.0, 4.0],
                "degreesOfFreedomPrior": 2.5, "covariancePrior": plain(scale), "weightConcentrationPriorType": weights,
                "weightConcentrationPrior": float(concentration), "logEvidence": float(marginal(kind, weights, concentration, groups, prior, 2, 2))})
    (here / "bayesian.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")


main()
