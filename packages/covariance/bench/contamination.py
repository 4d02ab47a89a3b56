"""scikit-learn's MinCovDet for contamination.ts: the mean variance of each table of a file of doubles, a line each."""

import sys

import numpy
from sklearn.covariance import MinCovDet

path, rows, features = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
for X in numpy.fromfile(path, dtype="<f8").reshape(-1, rows, features):
    print(repr(float(numpy.diag(MinCovDet(random_state=0).fit(X).covariance_).mean())))
