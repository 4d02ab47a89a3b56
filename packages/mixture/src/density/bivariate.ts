import { gaussLegendre, integrate, normalCdf, normalInterval, normalPdf } from "@mixtura/distributions";
import { FARTHEST, panelsOf, reachOf } from "./reach.ts";

/** Above this, the absolute error of four upper tails is no more than a relative one of 1e-7. */
const SURE = 1e-7;

/** How exactly an integral of positive terms is taken, and the panels that it begins with. */
interface Care {
  readonly relative: number;
  readonly panels: number;
}

const EXACTLY: Care = { relative: 1e-13, panels: 24 };
const ROUGHLY: Care = { relative: 1e-8, panels: 6 };

/** A rectangle in standardised coordinates, ±Infinity allowed. */
export interface Rectangle {
  readonly lower: readonly [number, number];
  readonly upper: readonly [number, number];
}

/** Below this, four upper tails cancel so far that the rectangle is integrated once more for its own sake. */
const SMALL = 1e-3;

/**
 * Probability of a rectangle under two standard normal variables of correlation ρ. Absolute error below 1e-14, relative below 1e-11 as far as
 * ρ is known: rectangles in the tails keep their digits.
 */
export function bivariateRectangle({ lower: [a, c], upper: [b, d] }: Rectangle, correlation: number): number {
  if (!(b > a && d > c)) return 0;
  const value = fromUpperTails(a, b, c, d, correlation);
  return value > SMALL ? value : smallRectangle(a, b, c, d, correlation);
}

/** The same with a relative error below 1e-7, which takes a fraction of the time: for integrands far out. */
export function smallIntegrand({ lower: [a, c], upper: [b, d] }: Rectangle, correlation: number): number {
  if (!(b > a && d > c)) return 0;
  const value = fromUpperTails(a, b, c, d, correlation);
  return value > SURE ? value : smallRectangle(a, b, c, d, correlation, ROUGHLY);
}

/** The same with the absolute error alone, for integrands: always one formula, and never long. */
export function roughRectangle({ lower: [a, c], upper: [b, d] }: Rectangle, correlation: number): number {
  return b > a && d > c ? fromUpperTails(a, b, c, d, correlation) : 0;
}

function fromUpperTails(a: number, b: number, c: number, d: number, correlation: number): number {
  // Sides are turned so that most of them lie in the upper tail, where the formula is exact.
  if (a < -b) return fromUpperTails(-b, -a, c, d, -correlation);
  if (c < -d) return fromUpperTails(a, b, -d, -c, -correlation);
  const tail = (h: number, k: number): number => upperTail(h, k, correlation);
  return Math.min(1, Math.max(0, tail(a, c) - tail(b, c) - tail(a, d) + tail(b, d)));
}

/** The same as ∫ φ(x) P(c < Y < d | x) dx: all terms are positive, so the digits stay however small the sum. */
function smallRectangle(a: number, b: number, c: number, d: number, correlation: number, care = EXACTLY): number {
  const spread = Math.sqrt((1 - correlation) * (1 + correlation));
  if (!(spread > 0)) return degenerate(a, b, c, d, correlation);
  const demands = [{ slope: correlation, spread, lower: c, upper: d, edges: [c, d].filter(Number.isFinite) }];
  const reach = reachOf({ from: Math.max(a, -FARTHEST), to: Math.min(b, FARTHEST) }, demands);
  if (!(reach.to > reach.from)) return 0;
  const inside = (x: number): number =>
    normalPdf(x) * normalInterval((c - correlation * x) / spread, (d - correlation * x) / spread, (d - c) / spread);
  return integrate(inside, reach.from, reach.to, { absolute: 0, relative: care.relative }, panelsOf(reach, demands, care.panels)).value;
}

/** Both variables are one, but for the sign. */
function degenerate(a: number, b: number, c: number, d: number, correlation: number): number {
  return correlation > 0 ? normalInterval(Math.max(a, c), Math.min(b, d)) : normalInterval(Math.max(a, -d), Math.min(b, -c));
}

const rules = /* @__PURE__ */ [6, 12, 20].map(gaussLegendre);

/**
 * P(X > h, Y > k) for standard normal variables of correlation r: absolute error about 1e-15.
 *
 * The derivative with respect to the correlation is integrated from 0; beyond 0.925 from ±1 instead, where its singular part is known.
 *
 * @see Drezner & Wesolowsky, On the computation of the bivariate normal integral, J. Stat. Comput. Simul. 35 (1990)
 * @see Genz, Numerical computation of rectangular bivariate and trivariate normal and t probabilities, Stat. Comput. 14 (2004)
 */
function upperTail(h: number, k: number, r: number): number {
  if (h === Infinity || k === Infinity) return 0;
  if (h === -Infinity) return normalCdf(-k);
  if (k === -Infinity) return normalCdf(-h);
  if (r === 0) return normalCdf(-h) * normalCdf(-k);
  const size = Math.abs(r);
  const { nodes, weights } = rules[size < 0.3 ? 0 : size < 0.75 ? 1 : 2]!;
  const value = size < 0.925 ? fromIndependence(h, k, r, nodes, weights) : fromEquality(h, k, r, nodes, weights);
  return Math.min(1, Math.max(0, value));
}

function fromIndependence(h: number, k: number, r: number, nodes: Float64Array, weights: Float64Array): number {
  const half = Math.asin(r) / 2;
  const squares = (h * h + k * k) / 2;
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) {
    const sine = Math.sin(half * (1 + nodes[i]!));
    sum += weights[i]! * Math.exp((sine * h * k - squares) / (1 - sine * sine));
  }
  return (sum * half) / (2 * Math.PI) + normalCdf(-h) * normalCdf(-k);
}

function fromEquality(h: number, given: number, r: number, nodes: Float64Array, weights: Float64Array): number {
  const k = r < 0 ? -given : given;
  const product = h * k;
  let sum = 0;
  const rest = (1 - r) * (1 + r);
  if (rest > 0) {
    const root = Math.sqrt(rest);
    const gap = (h - k) ** 2;
    const c = (4 - product) / 8;
    const d = (12 - product) / 80;
    const exponent = -(gap / rest + product) / 2;
    if (exponent > -100) sum = root * Math.exp(exponent) * (1 - (c * (gap - rest) * (1 - d * gap)) / 3 + c * d * rest * rest);
    if (product > -100) {
      const distance = Math.abs(h - k);
      const tail = Math.sqrt(2 * Math.PI) * normalCdf(-distance / root);
      sum -= Math.exp(-product / 2) * tail * distance * (1 - (c * gap * (1 - d * gap)) / 3);
    }
    let integral = 0;
    for (let i = 0; i < nodes.length; i++) {
      const square = ((root / 2) * (1 + nodes[i]!)) ** 2;
      const power = -(gap / square + product) / 2;
      if (!(power > -100)) continue;
      const expansion = 1 + c * square * (1 + 5 * d * square);
      const cosine = Math.sqrt(1 - square);
      const exact = Math.exp((-(product / 2) * square) / (1 + cosine) ** 2) / cosine;
      integral += weights[i]! * Math.exp(power) * (expansion - exact);
    }
    sum = ((root / 2) * integral - sum) / (2 * Math.PI);
  }
  if (r > 0) return sum + normalCdf(-Math.max(h, k));
  if (h >= k) return -sum;
  return (h < 0 ? normalCdf(k) - normalCdf(h) : normalCdf(-h) - normalCdf(-k)) - sum;
}
