"""Does PyOD's part: one request a line on standard input, one answer a line on standard output, both JSON.

Its argument is the number of processes for detectors that take one.
"""

import json
import sys
import time
import warnings


def answer(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


try:
    import numpy
    import pyod.version
    import sklearn
    from pyod.models.ecod import ECOD
    from pyod.models.mcd import MCD
except ImportError as error:
    answer({"error": str(error)})
    sys.exit(0)

warnings.simplefilter("ignore")
JOBS = int(sys.argv[1])
DETECTORS = {"ECOD": lambda: ECOD(n_jobs=JOBS), "MCD": lambda: MCD(random_state=0)}


def detect(request):
    """A whole fit, which leaves the scores of its rows: seconds, and the scores in a file."""
    X = numpy.fromfile(request["path"], dtype=numpy.float64).reshape(request["rows"], request["columns"])
    detector = DETECTORS[request["detector"]]()
    start = time.perf_counter()
    detector.fit(X)
    seconds = time.perf_counter() - start
    detector.decision_scores_.astype(numpy.float64).tofile(request["scores"])
    return {"seconds": seconds}


answer({"pyod": pyod.version.__version__, "numpy": numpy.__version__, "sklearn": sklearn.__version__})
for line in sys.stdin:
    try:
        answer(detect(json.loads(line)))
    except Exception as error:
        answer({"error": "PyOD: " + str(error)})
