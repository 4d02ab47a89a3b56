import type { MatrixLike } from "@mixtura/core";
import { checkSampleWeight, inStrides, rowRange, toMatrix } from "@mixtura/core";
import { precise, residentOn } from "./precise.ts";
import type { OpenOptions, RowSet } from "./rows.ts";
import { createSurveyor } from "./survey.ts";

/** Rows in memory: one resident chunk. */
export async function openMatrix<H>(X: MatrixLike, { backendFor, sampleWeight, pace, caller }: OpenOptions<H>): Promise<RowSet<H>> {
  const host = toMatrix(X, { caller });
  const rowWeights = checkSampleWeight(sampleWeight, host.rows, caller);
  const surveyor = createSurveyor(host.columns);
  await inStrides(host.rows, pace, (start, end) => surveyor.add(rowRange(host, start, end), rowWeights?.subarray(start, end)));
  const survey = surveyor.finish();
  const backend = await precise(await backendFor(host.rows, host.columns), X, ({ spreadOfRows }) => spreadOfRows(host));
  const uploaded = residentOn(X, backend);
  const origin = uploaded?.origin ?? survey.means;
  const handle = uploaded?.handle ?? (await backend.upload(host, { origin }));
  const resident = { handle, host, start: 0, rows: host.rows, rowWeights };
  return {
    backend,
    features: host.columns,
    featureNames: host.featureNames,
    survey,
    origin,
    resident,
    async *chunks() {
      yield resident;
    },
    sample: { host, rowWeights },
    release: () => {
      if (uploaded === undefined) backend.release(handle);
    },
  };
}
