"""Log-densities by scikit-learn's KernelDensity and SciPy's gaussian_kde, on the files of ../data. Writes kde/<name>.json.

python3 generate_kde.py
"""
import csv, json, pathlib, sys
import numpy as np, scipy, sklearn
from scipy.stats import gaussian_kde
from sklearn.neighbors import KernelDensity

here = pathlib.Path(__file__).parent
(here / "kde").mkdir(exist_ok=True)


def read(name):
    with open(here.parent / "data" / f"{name}.csv") as file:
        head, *rows = csv.reader(file)
    columns = [i for i, column in enumerate(head) if column != "label"]
    return np.array([[float(row[i]) for i in columns] for row in rows])


for name in ["galaxies", "faithful", "iris", "diabetes"]:
    X = read(name)
    n, d = X.shape
    deviation = X.std(axis=0)
    # Training rows, points between them, and points beyond the data.
    points = np.vstack([X[:6], (X[:6] + X[-6:]) / 2, X.mean(axis=0) + np.outer([-6, -3, 3, 6], deviation)])
    weights = 1 + np.arange(n) % 3
    entries = []

    def add(program, options, weighted, values):
        entries.append(dict(program=program, options=options, weighted=weighted, logDensities=values.tolist()))

    # One leaf holds all rows: with more, scikit-learn's bounds on the tree leave an error of 1e-16 of the largest density, which far points show.
    bandwidth = float(0.4 * deviation.mean())
    for kernel in ["gaussian", "epanechnikov", "tophat"]:
        for weighted in [False, True]:
            estimator = KernelDensity(kernel=kernel, bandwidth=bandwidth, atol=0, rtol=0, leaf_size=n)
            estimator.fit(X, sample_weight=weights if weighted else None)
            add("sklearn", dict(kernel=kernel, bandwidth=bandwidth), weighted, estimator.score_samples(points))
        # Scaled features: scikit-learn on X / deviation, brought back to the density of X.
        estimator = KernelDensity(kernel=kernel, bandwidth=0.5, atol=0, rtol=0, leaf_size=n).fit(X / deviation)
        add("sklearn", dict(kernel=kernel, bandwidth=dict(relative=0.5)), False, estimator.score_samples(points / deviation) - np.log(deviation).sum())
    for rule in ["scott", "silverman"]:
        factor = (n if rule == "scott" else n * (d + 2) / 4) ** (-1 / (d + 4))
        # gaussian_kde divides the covariance by n − 1, Mixtura by n.
        kde = gaussian_kde(X.T, bw_method=factor * np.sqrt((n - 1) / n))
        assert abs(gaussian_kde(X.T, bw_method=rule).factor - factor) < 1e-12
        add("scipy", dict(bandwidth=rule, scaling="whitened"), False, kde.logpdf(points.T))
    share = weights / weights.sum()
    kde = gaussian_kde(X.T, bw_method=0.3 * np.sqrt(1 - (share**2).sum()), weights=weights)
    add("scipy", dict(bandwidth=dict(relative=0.3), scaling="whitened"), True, kde.logpdf(points.T))
    versions = dict(python=sys.version.split()[0], numpy=np.__version__, scipy=scipy.__version__, sklearn=sklearn.__version__)
    # JSON has no −Infinity: null stands for it.
    text = json.dumps(dict(data=name, versions=versions, points=points.tolist(), entries=entries)).replace("-Infinity", "null")
    (here / "kde" / f"{name}.json").write_text(text + "\n")
