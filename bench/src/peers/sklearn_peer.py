"""Fits scikit-learn's GaussianMixture as asked: one request a line on standard input, one answer a line on standard output, both JSON.

Not named sklearn.py: Python puts this folder on its path, where that name would hide scikit-learn itself.
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
    import sklearn
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture
except ImportError as error:
    answer({"error": str(error)})
    sys.exit(0)


def libraries():
    """The linear algebra at work: kernel and threads as threadpoolctl sees them, which comes with scikit-learn."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return []
    # The libraries of scipy are loaded only when they are used.
    GaussianMixture(1).fit(numpy.arange(8.0).reshape(4, 2))
    return [
        {key: info.get(key) for key in ("user_api", "internal_api", "version", "architecture", "num_threads")}
        for info in threadpool_info()
    ]


answer({"sklearn": sklearn.__version__, "numpy": numpy.__version__, "libraries": libraries()})

X = None
for line in sys.stdin:
    request = json.loads(line)
    try:
        if request["command"] == "load":
            X = numpy.fromfile(request["path"], dtype=numpy.float64).reshape(request["rows"], request["columns"])
            answer({})
        elif request["command"] == "fit":
            model = GaussianMixture(
                n_components=len(request["weights"]),
                covariance_type=request["covarianceType"],
                tol=0,  # never stops early
                reg_covar=request["regCovar"],
                max_iter=request["iterations"],
                weights_init=numpy.array(request["weights"]),
                means_init=numpy.array(request["means"]),
                precisions_init=numpy.array(request["precisions"]),
                init_params="random_from_data",  # the cheapest one, for releases that start in spite of an explicit start
                random_state=0,
            )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ConvergenceWarning)
                start = time.perf_counter()
                model.fit(X)
                seconds = time.perf_counter() - start
            answer({"seconds": seconds, **({"score": float(model.score(X))} if request["scored"] else {})})
    except Exception as error:
        answer({"error": "scikit-learn: " + str(error)})
