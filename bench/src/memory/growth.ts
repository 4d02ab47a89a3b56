import { join } from "node:path";
import type { EmTask } from "../em/contenders.ts";
import { REG_COVAR } from "../em/contenders.ts";
import { threadCounts } from "../machine.ts";
import { reference, wasmName } from "../ours.ts";
import { startJsonLines } from "../peers/json-lines.ts";
import { findSklearn, sklearnName } from "../peers/sklearn.ts";
import type { ProbeRequest } from "./probe.ts";

/** How far the resident memory of a fit rose above the loaded data, and the seconds of the whole fit. */
export interface Growth {
  readonly bytes: number;
  readonly seconds: number;
}

/** Measures a contender by the name it has in tables, in a process of its own. */
type Measure = (path: string, task: Pick<EmTask, "shape" | "start">, iterations: number) => Promise<Growth>;

/** Those whose memory can be measured, by name. */
const MEASURES: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ...threadCounts.map((threads): [string, Measure] => [wasmName(threads), ofOurs(threads)]),
  [reference.name, ofOurs(0)],
  ...threadCounts.map((threads): [string, Measure] => [sklearnName(threads), ofSklearn(threads)]),
]);

/** The growth of one contender; undefined for those of which it is not measured. */
export async function growthOf(
  name: string,
  path: string,
  task: Pick<EmTask, "shape" | "start">,
  iterations: number,
): Promise<Growth | undefined> {
  return MEASURES.get(name)?.(path, task, iterations);
}

function ofOurs(threads: number): Measure {
  return async (path, { shape, start }, iterations) => {
    const script = join(import.meta.dirname, "probe.ts");
    const { program } = await startJsonLines(process.execPath, ["--expose-gc", script], process.env);
    try {
      return (await program.ask({ shape, start, threads, path, iterations } satisfies ProbeRequest)) as unknown as Growth;
    } finally {
      program.close();
    }
  };
}

function ofSklearn(threads: number): Measure {
  return async (path, { shape, start }, iterations) => {
    const found = await findSklearn(threads);
    if (!found.present) throw new Error(found.absent.reason);
    const { peer } = found;
    try {
      await peer.load(path, shape.rows, shape.features);
      return await peer.growth({ ...start, covarianceType: shape.covarianceType, regCovar: REG_COVAR, iterations });
    } finally {
      peer.close();
    }
  };
}
