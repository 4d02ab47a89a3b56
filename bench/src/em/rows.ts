import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EmTask } from "./contenders.ts";
import type { GridCase } from "./grid.ts";
import { normalMixture } from "./normal-mixture.ts";
import { explicitStart } from "./start.ts";

/** The seed of all data. */
export const SEED = 20261122;

/** Draws the rows of a case, writes them to a file for other programs (doubles row after row, in this machine's byte order), and says where to start. */
export function prepareTask({ shape, separation }: GridCase, folder: string): { readonly task: EmTask; readonly path: string } {
  const { X, truth } = normalMixture(SEED, shape, separation);
  const path = join(folder, "rows.f64");
  writeFileSync(path, X.data);
  return { task: { shape, X, truth, start: explicitStart(truth, shape.covarianceType, SEED) }, path };
}
