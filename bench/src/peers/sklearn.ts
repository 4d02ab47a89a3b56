import { join } from "node:path";
import type { JsonLines } from "./json-lines.ts";
import { startJsonLines } from "./json-lines.ts";
import type { Found } from "./peer.ts";

/** A fit of scikit-learn's GaussianMixture from an explicit start. */
export interface SklearnFit {
  readonly covarianceType: string;
  readonly regCovar: number;
  readonly iterations: number;
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  /** Nested as scikit-learn nests it for the type. */
  readonly precisions: unknown;
  /** Whether the score is wanted; it is worked out after the clock has stopped. */
  readonly scored: boolean;
}

/** scikit-learn in a Python process of its own, which lives until it is closed. */
export interface Sklearn {
  readonly name: string;
  readonly threads: number;
  /** Versions, the BLAS at work, its kernel and its threads. */
  readonly description: string;
  /** Reads the data of the fits to come: doubles row after row, in this machine's byte order. */
  load(path: string, rows: number, columns: number): Promise<void>;
  fit(request: SklearnFit): Promise<{ seconds: number; score?: number }>;
  close(): void;
}

const SCRIPT = join(import.meta.dirname, "sklearn_peer.py");

/**
 * Looks for scikit-learn.
 *
 * @param threads of its BLAS and of OpenMP; they are fixed when the process starts
 * @param python the interpreter; the environment variable MIXTURA_PYTHON names one, else `python3`
 */
export async function findSklearn(threads: number, python = process.env["MIXTURA_PYTHON"] ?? "python3"): Promise<Found<Sklearn>> {
  const name = `scikit-learn ${threads}T`;
  try {
    const { program, greeting } = await startJsonLines(python, [SCRIPT], environment(threads));
    return { present: true, peer: sklearn(name, threads, program, greeting as unknown as Greeting) };
  } catch (error) {
    return { present: false, absent: { name, reason: error instanceof Error ? error.message : String(error) } };
  }
}

function environment(threads: number): NodeJS.ProcessEnv {
  // The peer chooses its kernel and its blocking by itself, whatever this environment was set up for.
  const { OPENBLAS_CORETYPE: _coreType, OPENBLAS_L2_SIZE: _cacheSize, ...rest } = process.env;
  const names = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"];
  return { ...rest, ...Object.fromEntries(names.map((variable) => [variable, String(threads)])) };
}

function sklearn(name: string, threads: number, program: JsonLines, greeting: Greeting): Sklearn {
  return {
    name,
    threads,
    description: `${name}: scikit-learn ${greeting.sklearn}, NumPy ${greeting.numpy}, ${blas(greeting.libraries)}`,
    async load(path, rows, columns) {
      await program.ask({ command: "load", path, rows, columns });
    },
    async fit(request) {
      const { seconds, score } = await program.ask({ command: "fit", ...request });
      if (typeof seconds !== "number") throw new Error(`${name} answered without a time.`);
      return typeof score === "number" ? { seconds, score } : { seconds };
    },
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
