"""Covariance estimates of the files in test/data by scikit-learn; `label` is left out, hbk has its first 3 columns, wood its first 5.

Run with Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6 and mpmath 1.3.0:
    python packages/covariance/test/reference/generate.py
"""
import csv
import json
import pathlib

import mpmath as mp
import numpy as np
import sklearn
from sklearn.covariance import OAS, EmpiricalCovariance, LedoitWolf, ShrunkCovariance

here = pathlib.Path(__file__).parent
data = here.parents[3] / "test" / "data"
WIDTHS = {"hbk": 3, "wood": 5}
# Full matrices of the wider ones would say no more than their sums.
SOUND = ["acidity", "banknote", "breast_cancer", "crabs", "diabetes", "faithful", "galaxies", "hbk", "iris", "milk", "penguins", "starsCYG", "thyroid_gland", "wine", "wood"]
SINGULAR = ["digits", "octane"]


def load(name):
    with open(data / f"{name}.csv") as file:
        head, *rows = csv.reader(file)
    keep = [i for i, column in enumerate(head) if column != "label"][: WIDTHS.get(name)]
    return np.array([[float(row[i]) for i in keep] for row in rows])


def numbers(array):
    return np.asarray(array, dtype=float).tolist()


def paper_share(X):
    """Equation 23 of Chen et al. (2010), which scikit-learn does not have."""
    n, p = X.shape
    if p == 1:
        return 0.0
    S = np.cov(X.T, bias=True)
    squares, trace = np.sum(S * S), np.trace(S)
    return min(1.0, ((1 - 2 / p) * squares + trace**2) / ((n + 1 - 2 / p) * (squares - trace**2 / p)))


def fits(X, centred):
    estimators = {
        "empirical": EmpiricalCovariance(assume_centered=centred),
        "shrunk": ShrunkCovariance(shrinkage=0.1, assume_centered=centred),
        "ledoitWolf": LedoitWolf(assume_centered=centred),
        "oas": OAS(assume_centered=centred),
    }
    out = {}
    for name, estimator in estimators.items():
        model = estimator.fit(X)
        out[name] = {
            "location": numbers(model.location_),
            "variances": numbers(np.diag(model.covariance_)),
            "total": float(model.covariance_.sum()),
            "logLikelihood": float(model.score(X)),
            "squaredMahalanobisFirst10": numbers(model.mahalanobis(X[:10])),
        }
        if hasattr(model, "shrinkage_"):
            out[name]["shrinkage"] = float(model.shrinkage_)
    return out


def norms(X):
    a, b = EmpiricalCovariance().fit(X), OAS().fit(X)
    return [
        {"norm": norm, "scaling": scaling, "squared": squared, "value": float(a.error_norm(b.covariance_, norm=norm, scaling=scaling, squared=squared))}
        for norm in ("frobenius", "spectral")
        for scaling in (True, False)
        for squared in (True, False)
    ]


def exact(name):
    """The empirical covariance's distances and log-likelihood with 40 digits from the digits in the file."""
    mp.mp.dps = 40
    with open(data / f"{name}.csv") as file:
        head, *rows = csv.reader(file)
    keep = [i for i, column in enumerate(head) if column != "label"][: WIDTHS.get(name)]
    X = [[mp.mpf(row[i]) for i in keep] for row in rows]
    n, d = len(X), len(keep)
    mean = [mp.fsum(row[j] for row in X) / n for j in range(d)]
    D = [[row[j] - mean[j] for j in range(d)] for row in X]
    S = mp.matrix(d, d)
    for i in range(d):
        for j in range(i + 1):
            S[i, j] = S[j, i] = mp.fsum(row[i] * row[j] for row in D) / n
    L = mp.cholesky(S)
    squares = []
    for row in D[:10]:
        y = []
        for i in range(d):
            y.append((row[i] - mp.fsum(L[i, t] * y[t] for t in range(i))) / L[i, i])
        squares.append(float(mp.fsum(value * value for value in y)))
    score = -(d * mp.log(2 * mp.pi) + 2 * mp.fsum(mp.log(L[i, i]) for i in range(d)) + d) / 2
    return {"logLikelihood": float(score), "squaredMahalanobisFirst10": squares}


out = {"origin": f"generate.py: scikit-learn {sklearn.__version__}, NumPy {np.__version__}, mpmath {mp.__version__}", "sound": [], "singular": []}
for name in SOUND:
    X = load(name)
    entry = {"data": name, "features": X.shape[1], "centred": fits(X, False), "aboutZero": fits(X, True), "paperShare": paper_share(X)}
    if X.shape[1] <= 6:
        entry["covariance"] = numbers(EmpiricalCovariance().fit(X).covariance_.reshape(-1))
        if X.shape[1] > 1:
            entry["errorNorms"] = norms(X)
    if name == "breast_cancer":
        entry["exact"] = exact(name)  # so ill-conditioned that scikit-learn's inverse has 8 digits
    out["sound"].append(entry)
for name in SINGULAR:
    X = load(name)
    shrunk = {key: value for key, value in fits(X, False).items() if key in ("ledoitWolf", "oas", "shrunk")}
    out["singular"].append({"data": name, "features": X.shape[1], "centred": shrunk})
(here / "sklearn.json").write_text(json.dumps(out, indent=1) + "\n")
