import { addTo, madd, pairSum } from "./vector";

/**
 * Adds Σₚ a_ip b_jp over `rows` rows (a multiple of 4; 2 suffices) to the lower triangle of the d×d matrix `S` (d a multiple of 4; entries
 * above the diagonal that lie in a tile are filled too). a and b are stored feature by feature, `stride` bytes apart. Tiles of 4 × 2 entries
 * keep eight sums in registers.
 */
export function addTiles(a: usize, b: usize, stride: usize, d: u32, rows: u32, S: usize): void {
  const length = <usize>rows << 3;
  const line = <usize>d << 3;
  const s2 = stride << 1, s3 = s2 + stride;
  for (let i: u32 = 0; i < d; i += 4) {
    const ai = a + <usize>i * stride;
    let to = S + <usize>i * line;
    let bj = b;
    for (let j: u32 = 0; j < i + 4; j += 2, to += 16, bj += s2) {
      let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
      let y = bj;
      const end = ai + length;
      for (let w = ai; w < end; w += 16, y += 16) {
        const y0 = v128.load(y);
        const y1 = v128.load(y + stride);
        let r = v128.load(w);
        a0 = madd(r, y0, a0);
        a1 = madd(r, y1, a1);
        r = v128.load(w + stride);
        b0 = madd(r, y0, b0);
        b1 = madd(r, y1, b1);
        r = v128.load(w + s2);
        c0 = madd(r, y0, c0);
        c1 = madd(r, y1, c1);
        r = v128.load(w + s3);
        d0 = madd(r, y0, d0);
        d1 = madd(r, y1, d1);
      }
      let at = to;
      addTo(at, pairSum(a0, a1));
      at += line;
      addTo(at, pairSum(b0, b1));
      at += line;
      addTo(at, pairSum(c0, c1));
      at += line;
      addTo(at, pairSum(d0, d1));
    }
  }
}
