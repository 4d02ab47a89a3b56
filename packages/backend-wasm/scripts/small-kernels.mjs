// Writes the unrolled kernels of 1 … 6 features: everything of a component in registers, rows two by two, one block of 256 rows at a time.
// Run by scripts/assemble.mjs; the output is not committed.

/** Bytes between two features in a block. */
const FEATURE = 256 * 8;
const SMALL = 6;

const range = (n) => Array.from({ length: n }, (_, i) => i);
const lower = (d) => range(d).flatMap((i) => range(i + 1).map((j) => [i, j]));

/** Log-terms of one component, and their running maximum over components. */
function terms(d) {
  const lines = [
    `export function terms${d}(x: usize, means: usize, factor: usize, offset: f64, out: usize, best: usize, rows: u32): void {`,
    ...range(d).map((i) => `  const m${i} = v128.load64_splat(means, ${8 * i});`),
    ...lower(d).map(([i, j], at) => `  const w${i}${j} = v128.load64_splat(factor, ${8 * at});`),
    "  const c = f64x2.splat(offset), half = f64x2.splat(-0.5), end = x + (<usize>rows << 3);",
    "  for (; x < end; x += 16, out += 16, best += 16) {",
    ...range(d).map((i) => `    const x${i} = f64x2.sub(v128.load(x, ${FEATURE * i}), m${i});`),
  ];
  for (const i of range(d)) {
    let y = `f64x2.mul(w${i}0, x0)`;
    for (let j = 1; j <= i; j++) y = `madd(w${i}${j}, x${j}, ${y})`;
    lines.push(`    const y${i} = ${y};`);
  }
  let square = "f64x2.mul(y0, y0)";
  for (let i = 1; i < d; i++) square = `madd(y${i}, y${i}, ${square})`;
  lines.push(
    `    const term = madd(${square}, half, c);`,
    "    v128.store(out, term);",
    "    v128.store(best, f64x2.pmax(v128.load(best), term));",
    "  }",
    "}",
  );
  return lines.join("\n");
}

/** Mass, first moments and full scatter of one component. The scatter's rows are d numbers long; its lower triangle is filled. */
function scatter(d) {
  return [
    `export function scatter${d}(x: usize, centre: usize, responsibilities: usize, rows: u32, s0: usize, s1: usize, S2: usize): void {`,
    ...range(d).map((i) => `  const c${i} = v128.load64_splat(centre, ${8 * i});`),
    "  let mass = f64x2.splat(0);",
    ...range(d).map((i) => `  let a${i} = f64x2.splat(0);`),
    ...lower(d).map(([i, j]) => `  let b${i}${j} = f64x2.splat(0);`),
    "  const end = x + (<usize>rows << 3);",
    "  for (; x < end; x += 16, responsibilities += 16) {",
    "    const r = v128.load(responsibilities);",
    "    mass = f64x2.add(mass, r);",
    ...range(d).map((i) => `    const x${i} = f64x2.sub(v128.load(x, ${FEATURE * i}), c${i});`),
    ...range(d).flatMap((i) => [
      `    const y${i} = f64x2.mul(r, x${i});`,
      `    a${i} = f64x2.add(a${i}, y${i});`,
      ...range(i + 1).map((j) => `    b${i}${j} = madd(y${i}, x${j}, b${i}${j});`),
    ]),
    "  }",
    "  addScalar(s0, lanes(mass));",
    ...range(d).map((i) => `  addScalar(s1 + ${8 * i}, lanes(a${i}));`),
    ...lower(d).map(([i, j]) => `  addScalar(S2 + ${8 * (i * d + j)}, lanes(b${i}${j}));`),
    "}",
  ].join("\n");
}

function dispatch(name, parameters, call) {
  const cases = range(SMALL).map((i) => `  ${i === SMALL - 1 ? "else" : `${i > 0 ? "else " : ""}if (d == ${i + 1})`} ${call(i + 1)};`);
  return [`export function ${name}(d: u32, ${parameters}): void {`, ...cases, "}"].join("\n");
}

/** The whole AssemblyScript module. */
export function smallKernels() {
  return [
    'import { addScalar, lanes, madd } from "../vector";',
    ...range(SMALL).map((i) => terms(i + 1)),
    ...range(SMALL).map((i) => scatter(i + 1)),
    dispatch(
      "smallTerms",
      "x: usize, means: usize, factor: usize, offset: f64, out: usize, best: usize, rows: u32",
      (d) => `terms${d}(x, means, factor, offset, out, best, rows)`,
    ),
    dispatch(
      "smallScatter",
      "x: usize, centre: usize, responsibilities: usize, rows: u32, s0: usize, s1: usize, S2: usize",
      (d) => `scatter${d}(x, centre, responsibilities, rows, s0, s1, S2)`,
    ),
    "",
  ].join("\n\n");
}
