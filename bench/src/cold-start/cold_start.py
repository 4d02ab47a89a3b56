"""A fresh process: from before the import of scikit-learn to the first result of a small fit. Arguments: file of rows, rows, features, components."""

import json
import sys
import time

path, rows, features, components = sys.argv[1], *map(int, sys.argv[2:5])

begin = time.perf_counter()
import numpy
from sklearn.mixture import GaussianMixture

X = numpy.fromfile(path).reshape(rows, features)
score = GaussianMixture(components, random_state=1).fit(X).score(X)
seconds = time.perf_counter() - begin

print(json.dumps({"seconds": seconds, "score": float(score)}))
