import { readFileSync } from "node:fs";
import { join } from "node:path";
import { threadCounts } from "../machine.ts";
import { startJsonLines } from "./json-lines.ts";
import type { AbsentPeer, Found } from "./peer.ts";
import { sortPeers } from "./peer.ts";
import { python, pythonEnvironment } from "./sklearn.ts";

/** PyOD in a Python process of its own, which lives until it is closed. */
export interface PyOD {
  readonly name: string;
  readonly description: string;
  /** A whole fit: its seconds, and the scores of its rows; the higher, the more outlying. */
  detect(request: DetectRequest): Promise<{ readonly seconds: number; readonly scores: Float64Array }>;
  close(): void;
}

/** Which detector, and the rows: doubles row after row, in this machine's byte order. */
export interface DetectRequest {
  readonly detector: "ECOD" | "MCD";
  readonly path: string;
  readonly rows: number;
  readonly columns: number;
}

const SCRIPT = join(import.meta.dirname, "pyod_peer.py");

/** What PyOD is called in ratios, which are to the faster of its thread counts. */
export const PYOD = "PyOD";

/**
 * PyOD with every number of threads to compare.
 *
 * @param folder for the scores; the caller removes it
 */
export async function findAllPyOD(folder: string): Promise<{ peers: PyOD[]; absent: AbsentPeer[] }> {
  return sortPeers(await Promise.all(threadCounts.map((threads) => findPyOD(folder, threads))));
}

/** Looks for PyOD; the threads are those of its BLAS, and the processes of the detectors that take a number of them. */
export async function findPyOD(folder: string, threads: number, interpreter = python): Promise<Found<PyOD>> {
  const name = `${PYOD} ${threads}T`;
  try {
    const { program, greeting } = await startJsonLines(interpreter, [SCRIPT, String(threads)], pythonEnvironment(threads));
    const file = join(folder, `scores-${threads}.f64`);
    const peer: PyOD = {
      name,
      description: `${name}: PyOD ${String(greeting["pyod"])}, NumPy ${String(greeting["numpy"])}, scikit-learn ${String(greeting["sklearn"])}`,
      async detect(request) {
        const { seconds } = await program.ask({ ...request, scores: file });
        const { buffer, byteOffset } = Uint8Array.from(readFileSync(file));
        return { seconds: Number(seconds), scores: new Float64Array(buffer, byteOffset, request.rows) };
      },
      close: () => program.close(),
    };
    return { present: true, peer };
  } catch (error) {
    return { present: false, absent: { name, reason: error instanceof Error ? error.message : String(error) } };
  }
}
