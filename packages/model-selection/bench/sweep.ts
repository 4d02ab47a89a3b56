// A sweep K = 1 … 10 × 4 covariance types × 5 restarts against the same loop in scikit-learn: time, and the best BIC of both.
// Both stop at the same change of the mean log-likelihood. scikit-learn takes part where $MIXTURA_PYTHON (or python3) has it; without it its
// columns say so. Usage: node bench/sweep.ts [rows] [features] [most components] [restarts] [wasm | reference]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "@mixtura/core/authoring";
import { GaussianMixture } from "@mixtura/mixture";
import { selectMixture } from "../src/index.ts";

const [rows = 100_000, d = 8, most = 10, nInit = 5] = process.argv.slice(2, 6).map(Number);
const engine = process.argv[6] ?? "wasm";
const TRUE_COMPONENTS = 5;
const SEED = 7;
const TOL = 1e-3;
const nComponents = Array.from({ length: most }, (_, k) => k + 1);

// Five overlapping components, each with a covariance of its own.
const random = createRandom(SEED);
const truth = GaussianMixture.fromParameters({
  weights: [0.3, 0.25, 0.2, 0.15, 0.1],
  means: Array.from({ length: TRUE_COMPONENTS }, () => Array.from({ length: d }, () => 3 * random.normal())),
  covariances: Array.from({ length: TRUE_COMPONENTS }, () => {
    const factor = Array.from({ length: d }, (_, i) =>
      Array.from({ length: d }, (__, j) => (j > i ? 0 : i === j ? 1 : 0.4 * random.normal())),
    );
    return factor.map((a) => factor.map((b) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)));
  }),
});
const { X } = truth.sample(rows, { randomState: SEED });
console.log(
  `${rows} × ${d}, K = 1 … ${most}, 4 types, ${nInit} restarts, tol ${TOL}, seed ${SEED}; ${cpus()[0]?.model ?? "?"}, ${availableParallelism()} threads; Node ${process.version}`,
);

const backend = engine === "reference" ? (await import("@mixtura/backend")).referenceBackend : undefined; // absent: each fit takes what suits it
const ours = await selectMixture(X, { nComponents, nInit, tol: TOL, randomState: SEED, ...(backend === undefined ? {} : { backend }) });
const ourSeconds = ours.elapsedMilliseconds / 1000;
const backends = [...new Set(ours.candidates.map((row) => row.model?.trace.backend ?? "none"))].join(", ");
console.log(
  `mixtura (${backends}): ${ourSeconds.toFixed(2)} s; best BIC ${ours.winner.bic.toFixed(1)}, ${ours.winner.covarianceType}, K = ${ours.winner.nComponents}`,
);
const plain = await selectMixture(X, {
  nComponents,
  nInit,
  tol: TOL,
  randomState: SEED,
  splitStart: false,
  ...(backend === undefined ? {} : { backend }),
});
console.log(
  `mixtura without split starts: ${(plain.elapsedMilliseconds / 1000).toFixed(2)} s; best BIC ${plain.winner.bic.toFixed(1)}, ${plain.winner.covarianceType}, K = ${plain.winner.nComponents}`,
);

const PEER = `
import json, sys, time, warnings
import numpy as np
try:
    import sklearn
    from sklearn.mixture import GaussianMixture
except ImportError:
    print(json.dumps({"absent": True})); sys.exit()
warnings.filterwarnings("ignore")
path, rows, d, most, n_init, tol, seed = sys.argv[1], *[float(a) for a in sys.argv[2:]]
X = np.fromfile(path).reshape(int(rows), int(d))
started = time.perf_counter()
best = None
for k in range(1, int(most) + 1):
    for covariance_type in ("full", "tied", "diag", "spherical"):
        model = GaussianMixture(k, covariance_type=covariance_type, n_init=int(n_init), tol=tol, max_iter=1000, random_state=int(seed)).fit(X)
        bic = model.bic(X)
        if best is None or bic < best[0]: best = (bic, covariance_type, k)
print(json.dumps({"seconds": time.perf_counter() - started, "bic": best[0], "type": best[1], "k": best[2], "version": sklearn.__version__}))
`;

const folder = mkdtempSync(join(tmpdir(), "mixtura-sweep-"));
try {
  const file = join(folder, "X.bin");
  writeFileSync(file, new Uint8Array(X.data.buffer, X.data.byteOffset, X.data.byteLength));
  const python = process.env["MIXTURA_PYTHON"] ?? "python3";
  const args = ["-c", PEER, file, ...[rows, d, most, nInit, TOL, SEED].map(String)];
  const { stdout, status } = spawnSync(python, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const peer =
    status === 0
      ? (JSON.parse(stdout) as { absent?: true; seconds: number; bic: number; type: string; k: number; version: string })
      : undefined;
  if (peer === undefined || peer.absent) console.log(`scikit-learn: absent from ${python}`);
  else {
    console.log(`scikit-learn ${peer.version}: ${peer.seconds.toFixed(2)} s; best BIC ${peer.bic.toFixed(1)}, ${peer.type}, K = ${peer.k}`);
    console.log(
      `ratio of time: ${(peer.seconds / ourSeconds).toFixed(1)}; best BIC, ours − theirs: ${(ours.winner.bic - peer.bic).toFixed(2)}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
