import type { Backend } from "@mixtura/backend";
import type { Data, FitContext } from "@mixtura/core";
import { MixturaError, toMatrix } from "@mixtura/core";
import { checkSampleWeight } from "@mixtura/core/authoring";
import { isInMemory, isUploadedMatrix } from "@mixtura/core/internal";
import type { WeightedRows } from "./folds.ts";
import type { Criterion } from "./options.ts";
import type { Circumstances } from "./selection-json.ts";
import { fingerprint } from "./selection-json.ts";

/** The data of a selection, ready for all its fits. */
export interface OpenData {
  readonly X: Data;
  /** The rows, where they are in memory. */
  readonly host: WeightedRows | undefined;
  readonly fingerprint: Circumstances["data"];
  release(): Promise<void>;
}

/**
 * Checks data that is in memory and, where a backend is given, uploads it once; what already lies on a backend, and what comes in blocks, is
 * used as it is.
 */
export async function openData(
  X: Data,
  backend: Backend | undefined,
  { sampleWeight, numericStrings }: Pick<FitContext, "sampleWeight" | "numericStrings">,
  criterion: Criterion,
  caller: string,
): Promise<OpenData> {
  const release = async (): Promise<void> => undefined;
  if (!isInMemory(X)) {
    if (criterion === "cv") {
      throw new MixturaError(
        "not-supported",
        `${caller}: the criterion "cv" needs rows in memory, to split them into folds. Use another criterion, or read the rows into memory.`,
        {
          feature: "criterion cv of blocks",
        },
      );
    }
    const known = { columns: X.columns, ...("rows" in X && X.rows !== undefined ? { rows: X.rows } : {}) };
    return { X, host: undefined, fingerprint: known, release };
  }
  const rows = toMatrix(X, { caller, numericStrings });
  const host = { X: rows, sampleWeight: checkSampleWeight(sampleWeight, rows.rows, caller) };
  const facts = { host, fingerprint: fingerprint(rows, host.sampleWeight) };
  const resident = isUploadedMatrix(X) && (backend === undefined || ("backend" in X && X.backend === backend));
  if (resident || backend === undefined) return { X: resident ? X : rows, ...facts, release };
  const uploaded = await backend.matrix(rows);
  return { X: uploaded, ...facts, release: () => Promise.resolve(uploaded[Symbol.asyncDispose]()) };
}
