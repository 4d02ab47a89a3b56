"""ECOD by PyOD, and by the formulas of the paper, on the files of ../data. Writes pyod/<name>.json.

python3 generate_pyod.py
"""
import csv, json, pathlib, sys
from importlib.metadata import version
import numpy as np, scipy
from pyod.models.ecod import ECOD
from scipy.stats import skew

here = pathlib.Path(__file__).parent
(here / "pyod").mkdir(exist_ok=True)


def read(name):
    with open(here.parent / "data" / f"{name}.csv") as file:
        head, *rows = csv.reader(file)
    columns = [i for i, column in enumerate(head) if column != "label"]
    return np.array([[float(row[i]) for i in columns] for row in rows])


for name in ["faithful", "wine", "hbk", "diabetes", "breast_cancer"]:
    X = read(name)
    fitted = ECOD(contamination=0.1).fit(X)
    # Li et al. (2022), algorithm 1: tails from counts, one choice of tail for the whole row.
    left = -np.log((X[None, :, :] <= X[:, None, :]).mean(axis=1))
    right = -np.log((X[None, :, :] >= X[:, None, :]).mean(axis=1))
    skewness = skew(X, axis=0)
    automatic = np.where(skewness < 0, left, right)
    sums = np.stack([left.sum(axis=1), right.sum(axis=1), automatic.sum(axis=1)])
    result = dict(
        data=name,
        versions=dict(python=sys.version.split()[0], numpy=np.__version__, scipy=scipy.__version__, pyod=version("pyod")),
        skewness=skewness.tolist(),
        pyod=dict(
            scores=fitted.decision_scores_.tolist(),
            threshold=float(fitted.threshold_),
            outliers=np.flatnonzero(fitted.labels_).tolist(),
            contributionsFirst5=fitted.O[:5].tolist(),
        ),
        paper=dict(scores=sums.max(axis=0).tolist(), threshold=float(np.percentile(sums.max(axis=0), 90))),
    )
    (here / "pyod" / f"{name}.json").write_text(json.dumps(result) + "\n")
