/** Squared distances of the rows `start` to `end` to a point, four features at a time for all rows. */
export function squaredDistances(
  data: Float64Array,
  start: number,
  end: number,
  point: Float64Array,
  scales: Float64Array,
  out: Float64Array,
): void {
  const d = point.length;
  const rows = end - start;
  for (let i = 0; i < rows; i++) out[i] = 0;
  let j = 0;
  for (; j + 3 < d; j += 4) {
    const [p0, p1, p2, p3] = [point[j]!, point[j + 1]!, point[j + 2]!, point[j + 3]!];
    const [s0, s1, s2, s3] = [scales[j]!, scales[j + 1]!, scales[j + 2]!, scales[j + 3]!];
    for (let i = 0, at = start * d + j; i < rows; i++, at += d) {
      const a = (data[at]! - p0) * s0;
      const b = (data[at + 1]! - p1) * s1;
      const c = (data[at + 2]! - p2) * s2;
      const e = (data[at + 3]! - p3) * s3;
      out[i]! += a * a + b * b + (c * c + e * e);
    }
  }
  for (; j + 1 < d; j += 2) {
    const [p0, p1] = [point[j]!, point[j + 1]!];
    const [s0, s1] = [scales[j]!, scales[j + 1]!];
    for (let i = 0, at = start * d + j; i < rows; i++, at += d) {
      const a = (data[at]! - p0) * s0;
      const b = (data[at + 1]! - p1) * s1;
      out[i]! += a * a + b * b;
    }
  }
  for (; j < d; j++) {
    const p = point[j]!;
    const s = scales[j]!;
    for (let i = 0, at = start * d + j; i < rows; i++, at += d) {
      const a = (data[at]! - p) * s;
      out[i]! += a * a;
    }
  }
}
