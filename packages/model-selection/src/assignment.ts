/**
 * The assignment of rows to columns of least total cost (Hungarian algorithm with shortest augmenting paths).
 *
 * @param cost rows×columns, row after row; finite
 * @returns the column of each row; −1 for rows that are left over where there are more rows than columns
 * @remarks O(min² · max) time for a table of min × max.
 * @see Kuhn, The Hungarian method for the assignment problem (1955); Jonker & Volgenant, A shortest augmenting path algorithm (1987)
 */
export function assign(cost: Float64Array, rows: number, columns: number): Int32Array {
  if (rows > columns) {
    const turned = Float64Array.from(cost, (_, at) => cost[(at % rows) * columns + Math.floor(at / rows)]!);
    const rowOf = new Int32Array(rows).fill(-1);
    assign(turned, columns, rows).forEach((row, column) => (rowOf[row] = column));
    return rowOf;
  }
  // Potentials u, v keep cost − u − v ≥ 0; index 0 stands for "none", so rows and columns count from 1.
  const u = new Float64Array(rows + 1);
  const v = new Float64Array(columns + 1);
  const rowAt = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    const least = new Float64Array(columns + 1).fill(Infinity);
    const from = new Int32Array(columns + 1);
    const visited = new Uint8Array(columns + 1);
    let column = 0;
    rowAt[0] = row;
    do {
      visited[column] = 1;
      const current = rowAt[column]!;
      let step = Infinity;
      let next = 0;
      for (let j = 1; j <= columns; j++) {
        if (visited[j] === 1) continue;
        const reduced = cost[(current - 1) * columns + j - 1]! - u[current]! - v[j]!;
        if (reduced < least[j]!) {
          least[j] = reduced;
          from[j] = column;
        }
        if (least[j]! < step) {
          step = least[j]!;
          next = j;
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (visited[j] === 1) {
          u[rowAt[j]!]! += step;
          v[j]! -= step;
        } else least[j]! -= step;
      }
      column = next;
    } while (rowAt[column] !== 0);
    for (; column !== 0; column = from[column]!) rowAt[column] = rowAt[from[column]!]!;
  }
  const columnOf = new Int32Array(rows).fill(-1);
  for (let j = 1; j <= columns; j++) if (rowAt[j] !== 0) columnOf[rowAt[j]! - 1] = j - 1;
  return columnOf;
}
