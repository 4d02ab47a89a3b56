import { invalidOption } from "./invalid-option.ts";

/** Beyond them the work, which nothing can cancel, takes seconds. */
const MOST_POINTS = 10_000;

/** Nodes in (−1, 1) and weights with sum 2. */
export interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The Gauss–Legendre rule of n points: Newton's method on the Legendre polynomial, from Tricomi's approximate roots.
 *
 * @param n number of points, a whole number from 1 to 10,000; polynomials of degree 2n − 1 are integrated exactly
 * @throws MixturaError `invalid-option`
 * @remarks O(n²).
 * @see Davis & Rabinowitz, Methods of Numerical Integration (1984), §2.7
 * @example
 * ```ts run
 * const { nodes, weights } = gaussLegendre(3);
 * nodes[2]! // ≈ Math.sqrt(0.6)
 * weights[1]! // ≈ 8 / 9
 * ```
 */
export function gaussLegendre(n: number): Rule {
  if (!Number.isInteger(n) || n < 1 || n > MOST_POINTS)
    throw invalidOption("n", `gaussLegendre: n must be a whole number from 1 to ${MOST_POINTS}.`, n);
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < (n + 1) >> 1; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 8; step++) {
      let [before, value] = [0, 1];
      for (let j = 1; j <= n; j++) [before, value] = [value, ((2 * j - 1) * x * value - (j - 1) * before) / j];
      slope = (n * (x * value - before)) / (x * x - 1);
      const change = value / slope;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    if (2 * i + 1 === n) x = 0;
    nodes[i] = -x;
    nodes[n - 1 - i] = x;
    weights[i] = weights[n - 1 - i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** What {@link integrate} is satisfied with. */
export interface Accuracy {
  readonly absolute: number;
  readonly relative: number;
}

/** Most panels that one integral is cut into. */
const MOST_PANELS = 1000;
const coarse = /* @__PURE__ */ gaussLegendre(10);
const fine = /* @__PURE__ */ gaussLegendre(21);

interface Panel {
  readonly a: number;
  readonly b: number;
  readonly value: number;
  readonly error: number;
}

/**
 * ∫ f from a to b: panels of 21 Gauss–Legendre points, the one whose 10 points differ most from it cut in two until the differences sum to
 * little. For smooth functions the true error is far below that sum.
 *
 * @param f smooth between `a` and `b`, both finite
 * @param panels how many panels of equal width there are at first; or the points between them, in ascending order. A kink or a jump next to the end of
 *   a panel may hide from all its points, so where such places are known, panels are to end on both sides of each
 * @throws MixturaError `invalid-option`
 * @returns the integral, and the sum of the differences, NaN where `f` is; one above the requested tolerance means that a thousand panels were too few
 * @example
 * ```ts run
 * integrate((x) => Math.exp(-x), 0, 2, { absolute: 0, relative: 1e-12 })
 *   .value // ≈ 0.8646647167633873
 * ```
 */
export function integrate(
  f: (x: number) => number,
  a: number,
  b: number,
  accuracy: Accuracy,
  panels: number | readonly number[] = 8,
): { value: number; error: number } {
  const problem = problemOf(f, a, b, accuracy, panels);
  if (problem !== undefined) throw invalidOption(problem[0], `integrate: ${problem[0]} must be ${problem[1]}.`, problem[2]);
  const { absolute, relative } = accuracy;
  const list: Panel[] = [];
  if (typeof panels === "number") {
    for (let i = 0; i < panels; i++) list.push(panelOf(f, a + ((b - a) * i) / panels, a + ((b - a) * (i + 1)) / panels));
  } else {
    const ends = [a, ...panels, b];
    for (let i = 1; i < ends.length; i++) list.push(panelOf(f, ends[i - 1]!, ends[i]!));
  }
  for (;;) {
    let value = 0;
    let error = 0;
    let worst = 0;
    for (const [index, panel] of list.entries()) {
      value += panel.value;
      error += panel.error;
      if (panel.error > list[worst]!.error) worst = index;
    }
    const { a: left, b: right } = list[worst]!;
    const middle = left / 2 + right / 2;
    if (error <= Math.max(absolute, relative * Math.abs(value)) || list.length >= MOST_PANELS || !(middle > left && middle < right))
      return { value, error };
    list[worst] = panelOf(f, left, middle);
    list.push(panelOf(f, middle, right));
  }
}

/** The first argument that nothing can be integrated by: its name, what it must be, and what it is. */
function problemOf(
  f: unknown,
  a: number,
  b: number,
  accuracy: Accuracy,
  panels: number | readonly number[],
): readonly [string, string, unknown] | undefined {
  const isFinite = (value: unknown): boolean => Number.isFinite(value);
  if (typeof f !== "function") return ["f", "a function", f];
  if (!isFinite(a) || !isFinite(b) || !isFinite(b - a)) return ["b", "a finite number at a finite distance from a", b];
  if (typeof accuracy?.absolute !== "number" || typeof accuracy.relative !== "number")
    return ["accuracy", "{ absolute: a number, relative: a number }", accuracy];
  const isSound = Array.isArray(panels)
    ? panels.every(isFinite)
    : Number.isInteger(panels) && Number(panels) >= 1 && Number(panels) <= MOST_PANELS;
  return isSound ? undefined : ["panels", `a whole number from 1 to ${MOST_PANELS}, or finite numbers`, panels];
}

function panelOf(f: (x: number) => number, a: number, b: number): Panel {
  const half = 0.5 * (b - a);
  const middle = a / 2 + b / 2;
  const sum = ({ nodes, weights }: Rule): number => {
    let total = 0;
    for (let i = 0; i < nodes.length; i++) total += weights[i]! * f(middle + half * nodes[i]!);
    return half * total;
  };
  const value = sum(fine);
  return { a, b, value, error: Math.abs(value - sum(coarse)) };
}
