"""scikit-learn's MinCovDet on the files of ../data: the subset it chooses, for `robust/sklearn.json`.

pip install scikit-learn==1.9.1 numpy==2.4.6, then: python3 generate_mcd.py
"""

import csv
import json
import pathlib

import numpy
import sklearn
from sklearn.covariance import MinCovDet

HERE = pathlib.Path(__file__).parent
# Features, and rows of the subset: robustbase's h for alpha 0.5.
DATA = {"hbk": 3, "starsCYG": 2, "wood": 5, "milk": 8, "banknote": 6, "crabs": 5, "wine": 13, "breast_cancer": 30, "iris": 4, "faithful": 2}


def rows(name, features):
    with open(HERE.parent / "data" / f"{name}.csv") as lines:
        return numpy.array([[float(cell) for cell in row[:features]] for row in list(csv.reader(lines))[1:]])


fits = []
for name, features in DATA.items():
    X = rows(name, features)
    n = len(X)
    h = (n + features + 1) // 2
    model = MinCovDet(support_fraction=(h + 0.5) / n, random_state=0).fit(X)
    chosen = X[model.raw_support_]
    assert len(chosen) == h
    fits.append(
        {
            "data": name,
            "features": features,
            "h": h,
            # log det of the covariance of the rows chosen, divided by h - 1
            "criterion": float(numpy.linalg.slogdet(numpy.cov(chosen, rowvar=False))[1]),
            "rawLocation": model.raw_location_.tolist(),
            # divided by h
            "rawCovariance": model.raw_covariance_.tolist(),
        }
    )

generator = f"scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}, MinCovDet(random_state=0)"
with open(HERE / "robust" / "sklearn.json", "w") as out:
    json.dump({"generator": generator, "fits": fits}, out)
    out.write("\n")
