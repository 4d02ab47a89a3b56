import { smallScatter } from "./generated/small";
import { Job, SCATTER_DIAG, SCATTER_FULL, SCATTER_NONE, SCATTER_POOLED, SMALL } from "./job";
import { pooledScatter } from "./pooled";
import { addTiles32, gather32, weigh32 } from "./single";
import { addTiles } from "./tiles";
import { addScalar, addTo, lanes, madd } from "./vector";

/** A component whose live rows are fewer than this fraction of the step, in quarters, has them gathered first. */
const GATHER_QUARTERS: u32 = 3;

/** Adds the moments of `rows` rows (a multiple of 8; responsibilities of 0 beyond the data) to the span's sums. */
export function addMoments(job: Job, x: usize, rows: u32): void {
  const scatter = job.scatter;
  const d = job.features;
  if (d <= SMALL && (scatter == SCATTER_FULL || scatter == SCATTER_POOLED)) {
    const matrix: usize = scatter == SCATTER_FULL ? <usize>(d * d) << 3 : 0;
    for (let k: u32 = 0; k < job.count; k++) {
      const row = <usize>(k * d) << 3;
      smallScatter(d, x, job.centres + row, job.terms + <usize>k * job.termStride, rows,
        job.span + (<usize>k << 3), job.span + job.s1 + row, job.span + job.S2 + <usize>k * matrix);
    }
  } else if (scatter == SCATTER_FULL) {
    for (let k: u32 = 0; k < job.count; k++) fullScatter(job, k, x, rows);
  } else {
    for (let k: u32 = 0; k < job.count; k++) {
      addScalar(job.span + (<usize>k << 3), sumOf(job.terms + <usize>k * job.termStride, rows));
      if (scatter == SCATTER_NONE || scatter == SCATTER_POOLED) firstMoments(job, k, x, rows);
      else diagonalMoments(job, k, x, rows);
    }
    if (scatter != SCATTER_POOLED) return;
    for (let row: u32 = 0; row < rows; row += job.tile) pooledScatter(job, x + (<usize>row << 3), min(job.tile, rows - row), <usize>row << 3);
  }
}

function sumOf(address: usize, rows: u32): f64 {
  let a = f64x2.splat(0), b = a;
  for (const end = address + (<usize>rows << 3); address < end; address += 32) {
    a = f64x2.add(a, v128.load(address));
    b = f64x2.add(b, v128.load(address, 16));
  }
  return lanes(f64x2.add(a, b));
}

/**
 * Full scatter of component k. Where its live rows in the whole step are few they are gathered into one tile; else tile by tile, gathered
 * where they are fewer than the tile's rows by a quarter. Which of these depends on the responsibilities alone.
 */
function fullScatter(job: Job, k: u32, x: usize, rows: u32): void {
  const responsibilities = job.terms + <usize>k * job.termStride;
  const live = listLive(responsibilities, rows, job.live);
  if (live == 0) return;
  addScalar(job.span + (<usize>k << 3), sumOf(responsibilities, rows));
  if (live <= job.tile && live * 4 < rows * GATHER_QUARTERS) {
    tileScatter(job, k, x, responsibilities, rows, live);
    return;
  }
  for (let row: u32 = 0; row < rows; row += job.tile) {
    const at = <usize>row << 3;
    const count = min(job.tile, rows - row);
    const here = listLive(responsibilities + at, count, job.live);
    if (here > 0) tileScatter(job, k, x + at, responsibilities + at, count, here);
  }
}

/** The scatter of `rows` rows, of which `live` have a responsibility above 0 and are listed in `live`: gathered if they are few, else in place. */
function tileScatter(job: Job, k: u32, x: usize, responsibilities: usize, rows: u32, live: u32): void {
  const d = job.padded;
  const centre = job.centres + (<usize>(k * d) << 3);
  const s1 = job.span + job.s1 + (<usize>(k * d) << 3);
  const S2 = job.span + job.S2 + (<usize>k * d * d << 3);
  const few = live * 4 < rows * GATHER_QUARTERS;
  if (job.single) {
    const used = few ? gather32(job, x, responsibilities, live, centre, s1) : weigh32(job, x, responsibilities, rows, centre, s1);
    addTiles32(job.weighted, job.differences, <usize>job.tile << 2, d, used, S2);
  } else {
    const used = few ? gather(job, x, responsibilities, live, centre, s1) : weigh(job, x, responsibilities, rows, centre, s1);
    addTiles(job.weighted, job.differences, <usize>job.tile << 3, d, used, S2);
  }
}

/** Lists rows with a responsibility above 0; returns how many. */
function listLive(responsibilities: usize, rows: u32, list: usize): u32 {
  let count: u32 = 0;
  for (let p: u32 = 0; p < rows; p += 2) {
    const zero = i64x2.bitmask(f64x2.eq(v128.load(responsibilities + (<usize>p << 3)), f64x2.splat(0)));
    store<u32>(list + (<usize>count << 2), p);
    count += ~zero & 1;
    store<u32>(list + (<usize>count << 2), p + 1);
    count += ~(zero >> 1) & 1;
  }
  return count;
}

function weigh(job: Job, x: usize, responsibilities: usize, rows: u32, centre: usize, s1: usize): u32 {
  const ds = <usize>job.tile << 3;
  const length = <usize>rows << 3;
  let differences = job.differences, weighted = job.weighted;
  for (let j: u32 = 0; j < job.padded; j++) {
    const c = v128.load64_splat(centre);
    let a = f64x2.splat(0), b = a;
    for (let p: usize = 0; p < length; p += 32) {
      const u = f64x2.sub(v128.load(x + p), c), v = f64x2.sub(v128.load(x + p, 16), c);
      const wu = f64x2.mul(v128.load(responsibilities + p), u), wv = f64x2.mul(v128.load(responsibilities + p, 16), v);
      v128.store(differences + p, u);
      v128.store(differences + p, v, 16);
      v128.store(weighted + p, wu);
      v128.store(weighted + p, wv, 16);
      a = f64x2.add(a, wu);
      b = f64x2.add(b, wv);
    }
    addScalar(s1, lanes(f64x2.add(a, b)));
    x += job.pitch;
    differences += ds;
    weighted += ds;
    centre += 8;
    s1 += 8;
  }
  return rows;
}

/** As {@link weigh}, for the listed rows alone, filled up with zeros to a multiple of 4. Returns that multiple. */
function gather(job: Job, x: usize, responsibilities: usize, live: u32, centre: usize, s1: usize): u32 {
  const ds = <usize>job.tile << 3;
  const padded = (live + 3) & ~3;
  const list = job.live;
  let differences = job.differences, weighted = job.weighted;
  for (let j: u32 = 0; j < job.padded; j++) {
    const c = load<f64>(centre);
    let sum: f64 = 0;
    for (let q: u32 = 0; q < live; q++) {
      const p = <usize>load<u32>(list + (<usize>q << 2)) << 3;
      const u = load<f64>(x + p) - c;
      const w = load<f64>(responsibilities + p) * u;
      store<f64>(differences + (<usize>q << 3), u);
      store<f64>(weighted + (<usize>q << 3), w);
      sum += w;
    }
    for (let q = live; q < padded; q++) {
      store<f64>(differences + (<usize>q << 3), 0);
      store<f64>(weighted + (<usize>q << 3), 0);
    }
    addScalar(s1, sum);
    x += job.pitch;
    differences += ds;
    weighted += ds;
    centre += 8;
    s1 += 8;
  }
  return padded;
}

/** First moments of component k, four features at a time where there are four. */
function firstMoments(job: Job, k: u32, x: usize, rows: u32): void {
  const d = job.features;
  const xs = <usize>job.pitch;
  const length = <usize>rows << 3;
  const responsibilities = job.terms + <usize>k * job.termStride;
  let centre = job.centres + (<usize>(k * job.padded) << 3);
  let s1 = job.span + job.s1 + (<usize>(k * job.padded) << 3);
  let j: u32 = 0;
  for (; j + 4 <= d; j += 4, centre += 32, s1 += 32, x += xs << 2) {
    const c0 = v128.load64_splat(centre), c1 = v128.load64_splat(centre, 8);
    const c2 = v128.load64_splat(centre, 16), c3 = v128.load64_splat(centre, 24);
    let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0;
    for (let p: usize = 0; p < length; p += 16) {
      const r = v128.load(responsibilities + p);
      let at = x + p;
      a0 = madd(r, f64x2.sub(v128.load(at), c0), a0);
      at += xs;
      a1 = madd(r, f64x2.sub(v128.load(at), c1), a1);
      at += xs;
      a2 = madd(r, f64x2.sub(v128.load(at), c2), a2);
      at += xs;
      a3 = madd(r, f64x2.sub(v128.load(at), c3), a3);
    }
    addScalar(s1, lanes(a0));
    addScalar(s1 + 8, lanes(a1));
    addScalar(s1 + 16, lanes(a2));
    addScalar(s1 + 24, lanes(a3));
  }
  for (; j < d; j++, centre += 8, s1 += 8, x += xs) {
    const c = v128.load64_splat(centre);
    let a = f64x2.splat(0);
    for (let p: usize = 0; p < length; p += 16) a = madd(v128.load(responsibilities + p), f64x2.sub(v128.load(x + p), c), a);
    addScalar(s1, lanes(a));
  }
}

/** First moments and variances (or their sum) of component k, two features at a time where there are two. */
function diagonalMoments(job: Job, k: u32, x: usize, rows: u32): void {
  const d = job.features;
  const xs = <usize>job.pitch;
  const length = <usize>rows << 3;
  const responsibilities = job.terms + <usize>k * job.termStride;
  const diagonal = job.scatter == SCATTER_DIAG;
  let centre = job.centres + (<usize>(k * job.padded) << 3);
  let s1 = job.span + job.s1 + (<usize>(k * job.padded) << 3);
  let S2 = job.span + job.S2 + (diagonal ? <usize>(k * d) << 3 : <usize>k << 3);
  const next: usize = diagonal ? 8 : 0;
  let j: u32 = 0;
  for (; j + 2 <= d; j += 2, centre += 16, x += xs << 1) {
    const c0 = v128.load64_splat(centre), c1 = v128.load64_splat(centre, 8);
    let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, e0 = a0, e1 = a0, g0 = a0, g1 = a0;
    for (let p: usize = 0; p < length; p += 32) {
      const at = x + p;
      const r0 = v128.load(responsibilities + p), r1 = v128.load(responsibilities + p, 16);
      let t = f64x2.sub(v128.load(at), c0);
      let w = f64x2.mul(r0, t);
      a0 = f64x2.add(a0, w);
      b0 = madd(w, t, b0);
      t = f64x2.sub(v128.load(at, 16), c0);
      w = f64x2.mul(r1, t);
      a1 = f64x2.add(a1, w);
      b1 = madd(w, t, b1);
      t = f64x2.sub(v128.load(at + xs), c1);
      w = f64x2.mul(r0, t);
      e0 = f64x2.add(e0, w);
      g0 = madd(w, t, g0);
      t = f64x2.sub(v128.load(at + xs, 16), c1);
      w = f64x2.mul(r1, t);
      e1 = f64x2.add(e1, w);
      g1 = madd(w, t, g1);
    }
    addScalar(s1, lanes(f64x2.add(a0, a1)));
    addScalar(s1 + 8, lanes(f64x2.add(e0, e1)));
    s1 += 16;
    addScalar(S2, lanes(f64x2.add(b0, b1)));
    S2 += next;
    addScalar(S2, lanes(f64x2.add(g0, g1)));
    S2 += next;
  }
  if (j == d) return;
  const c = v128.load64_splat(centre);
  let a = f64x2.splat(0), b = a;
  for (let p: usize = 0; p < length; p += 16) {
    const t = f64x2.sub(v128.load(x + p), c);
    const w = f64x2.mul(v128.load(responsibilities + p), t);
    a = f64x2.add(a, w);
    b = madd(w, t, b);
  }
  addScalar(s1, lanes(a));
  addScalar(S2, lanes(b));
}

/**
 * Masses and first moments of rows that belong to one group each: the groups are in `live`, the weights in `perRow`. Two features at a time,
 * since their sums are stored side by side.
 */
export function addGroups(job: Job, x: usize, rows: u32): void {
  const pairs = <usize>(job.features & ~1) << 3;
  const odd = (job.features & 1) == 1;
  const xs = <usize>job.pitch;
  const size = <usize>job.padded << 3;
  for (let p: u32 = 0; p < rows; p++) {
    const w = load<f64>(job.perRow + (<usize>p << 3));
    if (w == 0) continue;
    const group = <usize>load<u32>(job.live + (<usize>p << 2));
    addScalar(job.span + (group << 3), w);
    const centre = job.centres + group * size;
    const s1 = job.span + job.s1 + group * size;
    const weight = f64x2.splat(w);
    let at = x + (<usize>p << 3);
    let j: usize = 0;
    for (; j < pairs; j += 16, at += xs << 1) {
      const row = v128.load64_lane(at + xs, v128.load64_zero(at), 1);
      addTo(s1 + j, f64x2.mul(weight, f64x2.sub(row, v128.load(centre + j))));
    }
    if (odd) addScalar(s1 + j, w * (load<f64>(at) - load<f64>(centre + j)));
  }
}
