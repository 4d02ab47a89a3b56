"""Reference values of clustering and ranking measures. usage: generate_metrics.py DATA_DIR OUT_DIR"""
import sys, csv, itertools, json
import numpy as np, scipy, sklearn
from scipy.spatial.distance import cdist
from sklearn import metrics

data_dir, out_dir = sys.argv[1:3]
rng = np.random.default_rng(7)

with open(f"{data_dir}/iris.csv") as file: rows = list(csv.DictReader(file))
species = [row["label"] for row in rows]
X = np.array([[float(value) for name, value in row.items() if name != "label"] for row in rows])
halves = [int(value > np.median(X[:, 0])) for value in X[:, 0]]
thirds = [int(value) for value in np.digitize(X[:, 2], [2.5, 4.9])]

partitions = [
    ("iris species against thirds of petal length", species, thirds),
    ("iris species against halves of sepal length", species, halves),
    ("equal", thirds, thirds),
    ("equal, names permuted", thirds, [(label + 1) % 3 for label in thirds]),
    ("equal, numbers against texts", thirds, ["xyz"[label] for label in thirds]),
    ("random, 3 against 4 groups of 200 rows", rng.integers(0, 3, 200).tolist(), rng.integers(0, 4, 200).tolist()),
    ("random, 40 against 50 groups of 200 rows", rng.integers(0, 40, 200).tolist(), rng.integers(0, 50, 200).tolist()),
    ("groups of very different size", [0] * 180 + [1] * 15 + [2] * 5, [0] * 170 + [1] * 10 + [0] * 5 + [1] * 10 + [2] * 5),
    ("one group against several", [0] * 6, [0, 0, 1, 1, 2, 2]),
    ("one group against one", [0] * 4, ["a"] * 4),
    ("rows alone against pairs", [0, 1, 2, 3, 4, 5], [0, 0, 1, 1, 2, 2]),
    ("rows alone against one group", [0, 1, 2, 3], [0, 0, 0, 0]),
    ("rows alone against rows alone", [0, 1, 2, 3], [3, 2, 1, 0]),
    ("disagreement beyond chance", [0, 0, 1, 1], [0, 1, 0, 1]),
    ("one row", [0], [0]),
]

def precision_at_n(labels, scores, n):
    """Without ties across the n-th place: scikit-learn's precision_score. With ties: its mean over all orders of the tied rows."""
    labels, scores = np.array(labels), np.array(scores)
    order = np.argsort(-scores, kind="stable"); cut = scores[order[n - 1]]
    above, tied = np.flatnonzero(scores > cut), np.flatnonzero(scores == cut)
    def precision(chosen):
        predicted = np.zeros(len(labels), int); predicted[list(above) + list(chosen)] = 1
        return metrics.precision_score(labels, predicted)
    return float(np.mean([precision(chosen) for chosen in itertools.combinations(tied, n - len(above))]))

random_labels = (rng.random(200) < 0.2).astype(int).tolist()
rankings = [
    ("no ties", [0, 0, 1, 1, 0, 1], [0.1, 0.4, 0.35, 0.8, 0.2, 0.3]),
    ("perfect", [0, 0, 0, 1, 1], [1.0, 2.0, 3.0, 4.0, 5.0]),
    ("worst", [1, 1, 0, 0, 0], [1.0, 2.0, 3.0, 4.0, 5.0]),
    ("all scores equal", [0, 1, 0, 0, 1], [2.0] * 5),
    ("ties within and across classes", [1, 0, 1, 0, 1, 0, 0, 1], [3.0, 3.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0]),
    ("random scores", random_labels, rng.random(200).tolist()),
    ("random scores with many ties", random_labels, np.round(rng.random(200) * 60).tolist()),
    ("informative scores", random_labels, (np.array(random_labels) + rng.normal(size=200)).tolist()),
    ("iris: setosa by minus petal length", [int(label == "setosa") for label in species], (-X[:, 2]).tolist()),
    ("iris: versicolor by sepal width", [int(label == "versicolor") for label in species], X[:, 1].tolist()),
]

def ranking(name, labels, scores):
    positives = sum(labels); at = {}
    for n in sorted({1, positives, len(labels)}):
        tied = sum(score == sorted(scores)[-n] for score in scores)
        if tied <= 12: at[str(n)] = precision_at_n(labels, scores, n)
    return dict(name=name, labels=labels, scores=scores, rocAuc=float(metrics.roc_auc_score(labels, scores)),
        averagePrecision=float(metrics.average_precision_score(labels, scores)), precisionAt=at)

def silhouette(name, labels):
    D = cdist(X, X)  # exact differences: scikit-learn's own distances lose digits between near rows
    return dict(name=name, labels=labels, score=float(metrics.silhouette_score(D, labels, metric="precomputed")),
        samples=metrics.silhouette_samples(D, labels, metric="precomputed").tolist())

alone = list(thirds); alone[0], alone[149] = 7, 8
result = dict(
    versions={"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
    partitions=[dict(name=name, first=first, second=second, adjustedRand=float(metrics.adjusted_rand_score(first, second)),
        adjustedMutualInfo=float(metrics.adjusted_mutual_info_score(first, second))) for name, first, second in partitions],
    silhouettes=[silhouette("species", species), silhouette("thirds of petal length", thirds), silhouette("halves of sepal length", halves),
        silhouette("two rows alone in their clusters", alone)],
    rankings=[ranking(*case) for case in rankings],
)
with open(f"{out_dir}/metrics.json", "w") as file: json.dump(result, file, separators=(",", ":")); file.write("\n")
