import type { RowChunk, RowSet } from "@mixtura/backend/rows";

/** A row set all of which is resident. */
export type ResidentRows<H> = RowSet<H> & { readonly resident: RowChunk<H> };

/** The sample of a row set as a row set of its own; the same one where all rows are resident. */
export async function sampleRows<H>(rows: RowSet<H>): Promise<ResidentRows<H>> {
  const { backend, origin, sample } = rows;
  if (rows.resident !== undefined) return { ...rows, resident: rows.resident, release() {} };
  const handle = await backend.upload(sample.host, { origin });
  const resident = { handle, host: sample.host, start: 0, rows: sample.host.rows, rowWeights: sample.rowWeights };
  return {
    ...rows,
    resident,
    async *chunks() {
      yield resident;
    },
    release: () => backend.release(handle),
  };
}
