"""Does scikit-learn's part: one request a line on standard input, one answer a line on standard output, both JSON.

Not named sklearn.py: Python puts this folder on its path, where that name would hide scikit-learn itself.
"""

import gc
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
    from sklearn.cluster import KMeans
    from sklearn.covariance import MinCovDet
    from sklearn.mixture import BayesianGaussianMixture, GaussianMixture
except ImportError as error:
    answer({"error": str(error)})
    sys.exit(0)

warnings.simplefilter("ignore")  # that a fit of that many iterations has not converged


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


class Clocked(GaussianMixture):
    """Notes when each iteration ends and the mean log-likelihood before it."""

    def _e_step(self, X, *args, **kwargs):
        result = super()._e_step(X, *args, **kwargs)
        self.scores.append(float(result[0]))
        return result

    def _m_step(self, *args, **kwargs):
        result = super()._m_step(*args, **kwargs)
        self.ends.append(time.perf_counter())
        return result


def mixture(request):
    model = Clocked(
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
    model.scores, model.ends = [], []
    return model.fit(X)


class Posterior(BayesianGaussianMixture):
    """Starts from a partition of the rows, and notes when each iteration ends and the bound after it."""

    def _initialize_parameters(self, X, random_state, xp=None):
        responsibilities = numpy.zeros((len(X), self.n_components))
        responsibilities[numpy.arange(len(X)), self.partition] = 1
        self._initialize(X, responsibilities)

    def _compute_lower_bound(self, *args):
        bound = super()._compute_lower_bound(*args)
        self.ends.append(time.perf_counter())
        return bound


def status(field):
    """A line of Linux's own account of this process, in bytes."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


def growth(work):
    """By how much the resident memory rose above where it stood, at its highest."""
    gc.collect()
    with open("/proc/self/clear_refs", "w") as control:
        control.write("5")  # the peak starts anew
    before = status("VmRSS")
    start = time.perf_counter()
    work()
    return {"seconds": time.perf_counter() - start, "bytes": max(0, status("VmHWM") - before)}


def timed(work, times):
    start = time.perf_counter()
    for _ in range(times):
        result = work()
    return (time.perf_counter() - start) / times, result


X, model = None, None


def load(request):
    global X
    X = numpy.fromfile(request["path"], dtype=numpy.float64).reshape(request["rows"], request["columns"])
    return {}


def fit(request):
    global model
    model = mixture(request)
    ends = model.ends
    return {"seconds": (ends[-1] - ends[0]) / max(1, len(ends) - 1), "scores": model.scores}


def score(request):
    seconds, densities = timed(lambda: model.score_samples(X), request["times"])
    return {"seconds": seconds, "score": float(densities.mean())}


def point(request):
    row = X[:1]
    runs = [timed(lambda: model.score_samples(row), request["times"]) for _ in range(3)]
    return {"seconds": min(seconds for seconds, _ in runs), "score": float(runs[0][1][0])}


def k_means(request):
    clusters = KMeans(
        n_clusters=len(request["centres"]),
        init=numpy.array(request["centres"]),
        n_init=1,
        max_iter=request["iterations"],
        tol=0,
        algorithm="lloyd",
    )
    seconds, _ = timed(lambda: clusters.fit(X), 1)
    return {"seconds": seconds, "iterations": int(clusters.n_iter_), "score": -float(clusters.inertia_) / len(X)}


def min_cov_det(request):
    seconds, fitted = timed(lambda: MinCovDet(random_state=0).fit(X), 1)
    # Of the rows chosen, divided by their number less one, as ours is.
    chosen = X[fitted.raw_support_]
    covariance = numpy.atleast_2d(numpy.cov(chosen, rowvar=False))
    return {"seconds": seconds, "score": float(numpy.linalg.slogdet(covariance)[1])}


def posterior(request):
    result = Posterior(
        n_components=request["components"],
        covariance_type=request["covarianceType"],
        tol=request["tol"] * len(X),  # its bound is a total
        reg_covar=request["regCovar"],
        max_iter=request["iterations"],
        random_state=0,
    )
    result.partition, result.ends = numpy.array(request["labels"]), []
    whole, _ = timed(lambda: result.fit(X), 1)
    ends = result.ends
    return {
        "seconds": (ends[-1] - ends[0]) / max(1, len(ends) - 1),
        "whole": whole,
        "iterations": int(result.n_iter_),
        "score": float(result.lower_bound_) / len(X),
    }


COMMANDS = {
    "load": load,
    "fit": fit,
    "growth": lambda request: growth(lambda: mixture(request)),
    "score": score,
    "point": point,
    "kMeans": k_means,
    "minCovDet": min_cov_det,
    "posterior": posterior,
}

answer({"sklearn": sklearn.__version__, "numpy": numpy.__version__, "libraries": libraries()})
for line in sys.stdin:
    try:
        request = json.loads(line)
        answer(COMMANDS[request["command"]](request))
    except Exception as error:
        answer({"error": "scikit-learn: " + str(error)})
