import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Found } from "./peer.ts";

/** A package of others that fits mixtures. */
export interface NpmPeer {
  readonly name: string;
  readonly description: string;
  /** Fits by at least two iterations. */
  fit(request: NpmFit): Promise<NpmResult>;
}

/** Rows, where to start and how far to go. */
export interface NpmFit {
  readonly points: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly covariances: readonly (readonly (readonly number[])[])[];
  readonly iterations: number;
}

/** Seconds per iteration, and where the fit ended if it could be started from where the others start. */
export interface NpmResult {
  readonly seconds: number;
  readonly end?: Pick<NpmFit, "weights" | "means" | "covariances">;
}

/** The folder in which packages of others were installed; they are no dependencies of this workspace. */
const FOLDER_VARIABLE = "MIXTURA_NPM_PEERS";

/** Looks for the packages in the folder that the environment variable MIXTURA_NPM_PEERS names. */
export async function findNpmPeers(folder = process.env[FOLDER_VARIABLE]): Promise<Found<NpmPeer>[]> {
  return Promise.all(Object.entries(PEERS).map(([name, adapt]) => findOne(name, adapt, folder)));
}

type Fit = NpmPeer["fit"];

async function findOne(name: string, adapt: (module: never) => Fit, folder: string | undefined): Promise<Found<NpmPeer>> {
  if (folder === undefined) return { present: false, absent: { name, reason: `${FOLDER_VARIABLE} names no folder` } };
  try {
    const file = createRequire(join(folder, "package.json")).resolve(name);
    const module = (await import(pathToFileURL(file).href)) as { default: never };
    const { version } = JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")) as { version: string };
    return { present: true, peer: { name, description: `${name}: ${version}`, fit: adapt(module.default) } };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    return { present: false, absent: { name, reason } };
  }
}

interface RealTimeMixture {
  weights: number[];
  means: number[][];
  covariances: number[][][];
  addPoint(point: readonly number[]): void;
  runEM(iterations: number): void;
}

type RealTimeModule = { default: new (options: object) => RealTimeMixture } | (new (options: object) => RealTimeMixture);

const PEERS: Readonly<Record<string, (module: never) => Fit>> = {
  "gaussian-mixture-model": (module: RealTimeModule): Fit => {
    const Mixture = "default" in module ? module.default : module;
    return async ({ points, weights, means, covariances, iterations }) => {
      const mixture = new Mixture({ weights, means, covariances, bufferSize: points.length });
      for (const point of points) mixture.addPoint(point);
      mixture.runEM(1);
      const begin = performance.now();
      mixture.runEM(iterations - 1);
      return { seconds: (performance.now() - begin) / 1e3 / (iterations - 1), end: mixture };
    };
  },
  "expectation-maximization":
    (em: (points: NpmFit["points"], components: number, tolerance: number) => unknown): Fit =>
    async ({ points, means }) => {
      // It draws its own start and takes no number of iterations; any change counts as none, so it stops after one.
      const begin = performance.now();
      em(points, means.length, Infinity);
      return { seconds: (performance.now() - begin) / 1e3 };
    },
};
