import type { DeclarationsOf } from "@mixtura/core";
import { checkOptions, createPace, createRandom, drawSeed } from "@mixtura/core/authoring";
import { drawer } from "./draws.ts";
import { randomStateDeclaration, signalDeclaration } from "./options.ts";
import type { Parameters } from "./parameters.ts";

/** How many rows an estimate is made from, and from which seed. */
export interface SamplingOptions {
  /** Rows drawn. The error falls with the square root. Default 100,000. */
  readonly draws?: number;
  /** Seed, an integer in [0, 2³²); drawn when absent. Of no effect where the answer is exact. */
  readonly randomState?: number;
  readonly signal?: AbortSignal;
}

/** An estimate and its standard error, which is 0 where the value is exact up to rounding. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

const declarations = {
  draws: {
    range: { kind: "integer", minimum: 2, maximum: 1e8 },
    default: 100_000,
    unit: "rows",
    description: "Rows drawn; the error falls with the square root.",
  },
  randomState: randomStateDeclaration,
  signal: signalDeclaration,
} satisfies DeclarationsOf<SamplingOptions>;

/** Options after checking. */
export type CheckedSampling = Required<Pick<SamplingOptions, "draws">> & SamplingOptions;

/** @throws MixturaError `invalid-option`, `unknown-option`, `aborted` */
export function checkSampling(options: SamplingOptions | undefined, caller: string): CheckedSampling {
  const checked = checkOptions(caller, declarations, options);
  createPace(checked.signal).check();
  return checked;
}

/** Rows between two looks at the clock. */
const STRIDE = 512;

/** A number for each of many rows drawn from a mixture. */
export async function sampled(
  parameters: Parameters,
  { draws, randomState, signal }: CheckedSampling,
  value: (row: Float64Array) => number,
): Promise<Float64Array> {
  const pace = createPace(signal);
  const draw = drawer(parameters, createRandom(randomState ?? drawSeed()));
  const row = new Float64Array(parameters.features);
  const values = new Float64Array(draws);
  for (let start = 0; start < draws; start += STRIDE) {
    for (let i = start; i < Math.min(start + STRIDE, draws); i++) {
      draw(row);
      values[i] = value(row);
    }
    if (pace.due()) await pace.turn();
  }
  return values;
}

/** The mean of independent values and its standard error; both are infinite where a value is. */
export function meanOf(values: Float64Array): Estimate {
  let mean = 0;
  let squares = 0;
  for (const [index, value] of values.entries()) {
    if (Math.abs(value) === Infinity) return { value, standardError: Infinity };
    const change = value - mean;
    mean += change / (index + 1);
    squares += change * (value - mean);
  }
  return { value: mean, standardError: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/** The one component that has all the weight, if there is one. */
export function onlyComponent({ weights }: Pick<Parameters, "weights">): number | undefined {
  const positive = Array.from(weights.keys()).filter((k) => weights[k]! > 0);
  return positive.length === 1 ? positive[0] : undefined;
}
