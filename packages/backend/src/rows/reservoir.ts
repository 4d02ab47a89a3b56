import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Random } from "@mixtura/core/authoring";

/** Rows kept to choose starting points from when the data comes in blocks. */
const SAMPLE_ROWS = 65536;

/** Keeps a uniform sample of the rows that pass by (Vitter's algorithm R), in their order where all of them fit. */
export function createReservoir(columns: number, random: Random) {
  let data = new Float64Array(0);
  let weights = new Float64Array(0);
  let weighted = false;
  let seen = 0;
  return {
    add(host: Matrix, rowWeights: Float64Array | undefined): void {
      const room = Math.min(SAMPLE_ROWS, seen + host.rows);
      if (room > weights.length) {
        data = grown(data, room * columns);
        weights = grown(weights, room);
      }
      weighted ||= rowWeights !== undefined;
      for (let i = 0; i < host.rows; i++) {
        if (rowWeights?.[i] === 0) continue;
        const at = seen < SAMPLE_ROWS ? seen : random.integer(seen + 1);
        seen++;
        if (at >= SAMPLE_ROWS) continue;
        data.set(host.data.subarray(i * columns, (i + 1) * columns), at * columns);
        weights[at] = rowWeights?.[i] ?? 1;
      }
    },
    finish(): { host: Matrix; weights: Float64Array | undefined } {
      const kept = Math.min(seen, SAMPLE_ROWS); // room was made for rows of weight 0, too
      return {
        host: matrix(data.subarray(0, kept * columns), kept, columns),
        weights: weighted ? weights.subarray(0, kept) : undefined,
      };
    },
  };
}

function grown(array: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(length);
  longer.set(array);
  return longer;
}
