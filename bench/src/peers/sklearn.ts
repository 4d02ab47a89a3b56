import { join } from "node:path";
import { threadCounts } from "../machine.ts";
import type { JsonLines } from "./json-lines.ts";
import { startJsonLines } from "./json-lines.ts";
import type { AbsentPeer, Found } from "./peer.ts";
import { sortPeers } from "./peer.ts";

/** A fit of scikit-learn's GaussianMixture from an explicit start. */
export interface SklearnFit {
  readonly covarianceType: string;
  readonly regCovar: number;
  readonly iterations: number;
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  /** Nested as scikit-learn nests it for the type. */
  readonly precisions: unknown;
}

/** A fit of scikit-learn's BayesianGaussianMixture from a partition of the rows. */
export interface SklearnPosterior {
  readonly covarianceType: string;
  readonly components: number;
  readonly regCovar: number;
  readonly iterations: number;
  /** On the change of the bound per row. */
  readonly tol: number;
  readonly labels: readonly number[];
}

/** scikit-learn in a Python process of its own, which lives until it is closed. */
export interface Sklearn {
  readonly name: string;
  /** Versions, the BLAS at work, its kernel and its threads. */
  readonly description: string;
  /** Reads the data of the work to come: doubles row after row, in this machine's byte order. */
  load(path: string, rows: number, columns: number): Promise<void>;
  /** Fits and keeps the model. Seconds per iteration between the ends of the first and the last; scores after 0, 1, 2 … iterations. */
  fit(request: SklearnFit): Promise<{ readonly seconds: number; readonly scores: readonly number[] }>;
  /** How far the memory of a fit rises above the loaded data, and the seconds of the whole fit. */
  growth(request: SklearnFit): Promise<{ readonly seconds: number; readonly bytes: number }>;
  /** `score_samples` of all rows under the kept model; their mean. */
  score(times: number): Promise<Scored>;
  /** `score_samples` of the first row alone. */
  point(times: number): Promise<Scored>;
  /** A whole fit of KMeans; the score is −inertia per row. */
  kMeans(centres: readonly (readonly number[])[], iterations: number): Promise<Scored & { readonly iterations: number }>;
  /** A whole fit of MinCovDet; the score is the log-determinant of the covariance of the rows chosen. */
  minCovDet(): Promise<Scored>;
  /** Seconds per iteration between the ends of the first and the last, and of the whole fit; the score is the bound per row. */
  posterior(request: SklearnPosterior): Promise<Scored & { readonly whole: number; readonly iterations: number }>;
  close(): void;
}

/** Seconds per call, and what the calls led to. */
export interface Scored {
  readonly seconds: number;
  readonly score: number;
}

const SCRIPT = join(import.meta.dirname, "sklearn_peer.py");

/** The interpreter: the environment variable MIXTURA_PYTHON names one, else `python3`. */
export const python: string = process.env["MIXTURA_PYTHON"] ?? "python3";

/** What scikit-learn is called in ratios, which are to the faster of its thread counts. */
export const SKLEARN = "scikit-learn";

/** What a process is called in tables. */
export function sklearnName(threads: number): string {
  return `${SKLEARN} ${threads}T`;
}

/** scikit-learn with every number of threads to compare. */
export async function findAllSklearn(): Promise<{ peers: Sklearn[]; absent: AbsentPeer[] }> {
  return sortPeers(await Promise.all(threadCounts.map((threads) => findSklearn(threads))));
}

/**
 * Looks for scikit-learn.
 *
 * @param threads of its BLAS and of OpenMP; they are fixed when the process starts
 */
export async function findSklearn(threads: number, interpreter = python): Promise<Found<Sklearn>> {
  const name = sklearnName(threads);
  try {
    const { program, greeting } = await startJsonLines(interpreter, [SCRIPT], pythonEnvironment(threads));
    return { present: true, peer: sklearn(name, program, greeting as unknown as Greeting) };
  } catch (error) {
    return { present: false, absent: { name, reason: error instanceof Error ? error.message : String(error) } };
  }
}

/** The environment of a Python process whose libraries use this many threads. */
export function pythonEnvironment(threads: number): NodeJS.ProcessEnv {
  // The peer chooses its kernel and its blocking by itself, regardless of the environment.
  const { OPENBLAS_CORETYPE: _coreType, OPENBLAS_L2_SIZE: _cacheSize, ...rest } = process.env;
  const names = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"];
  return { ...rest, ...Object.fromEntries(names.map((variable) => [variable, String(threads)])) };
}

function sklearn(name: string, program: JsonLines, greeting: Greeting): Sklearn {
  const ask = async <Answer>(command: string, request: object): Promise<Answer> => (await program.ask({ command, ...request })) as Answer;
  return {
    name,
    description: `${name}: scikit-learn ${greeting.sklearn}, NumPy ${greeting.numpy}, ${blas(greeting.libraries)}`,
    load: (path, rows, columns) => ask("load", { path, rows, columns }),
    fit: (request) => ask("fit", request),
    growth: (request) => ask("growth", request),
    score: (times) => ask("score", { times }),
    point: (times) => ask("point", { times }),
    kMeans: (centres, iterations) => ask("kMeans", { centres, iterations }),
    minCovDet: () => ask("minCovDet", {}),
    posterior: (request) => ask("posterior", request),
    close: () => program.close(),
  };
}

/** The first line of sklearn_peer.py. */
interface Greeting {
  readonly sklearn: string;
  readonly numpy: string;
  readonly libraries: readonly Library[];
}

interface Library {
  readonly user_api: string;
  readonly internal_api: string;
  readonly version: string | null;
  readonly architecture: string | null;
  readonly num_threads: number;
}

/** The BLAS libraries in words; each only once, though NumPy and SciPy bring one each. */
function blas(libraries: readonly Library[]): string {
  const found = libraries.filter(({ user_api }) => user_api === "blas");
  if (found.length === 0) return "BLAS unknown (threadpoolctl is not installed)";
  const words = found.map(({ internal_api, version, architecture, num_threads }) =>
    [
      internal_api,
      version,
      architecture === null ? undefined : `${architecture} kernel`,
      `${num_threads} ${num_threads === 1 ? "thread" : "threads"}`,
    ]
      .filter((part) => part !== undefined && part !== null)
      .join(" "),
  );
  return [...new Set(words)].join(" and ");
}
