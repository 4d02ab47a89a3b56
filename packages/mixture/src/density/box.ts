import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { FeatureValues } from "./features.ts";
import { featureIndex, nameOf } from "./features.ts";
import type { Parameters } from "./parameters.ts";

/** One bound per feature in the model's order, or by name; features that are not named are unbounded. ±Infinity is allowed. */
export type Bounds = ArrayLike<number> | FeatureValues;

/** An axis-parallel box; a side that is left out is unbounded. */
export interface Box {
  readonly lower?: Bounds;
  readonly upper?: Bounds;
}

/** A box with a bound for every feature. */
export interface ReadBox {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Checks a box against the features of a model.
 *
 * @throws MixturaError `invalid-option` for NaN, lower above upper, or no box at all; `invalid-shape`; `feature-mismatch`
 */
export function readBox(parameters: Parameters, box: Box, caller: string): ReadBox {
  if (typeof box !== "object" || box === null)
    throw new MixturaError("invalid-option", `${caller}: the box must be { lower, upper }, found ${show(box)}.`, {
      option: "box",
      found: box,
    });
  const stray = Object.keys(box).find((name) => name !== "lower" && name !== "upper");
  if (stray !== undefined)
    throw new MixturaError("unknown-option", `${caller}: a box has lower and upper, but no "${stray}".`, {
      option: stray,
      known: ["lower", "upper"],
    });
  if (box.lower === undefined && box.upper === undefined)
    throw new MixturaError("invalid-option", `${caller}: the box is empty: give lower, upper or both.`, { option: "box", found: box });
  const lower = readBounds(parameters, box.lower, "lower", -Infinity, caller);
  const upper = readBounds(parameters, box.upper, "upper", Infinity, caller);
  const crossed = lower.findIndex((bound, j) => bound > upper[j]!);
  if (crossed !== -1)
    throw new MixturaError(
      "invalid-option",
      `${caller}: "lower" of ${nameOf(parameters, crossed)} is ${lower[crossed]}, above "upper", ${upper[crossed]}.`,
      { option: "lower", found: lower[crossed] },
    );
  return { lower, upper };
}

/** One number per feature from either form; `missing` stands for features that a record does not name. */
function readBounds(parameters: Parameters, given: Bounds | undefined, option: string, missing: number, caller: string): Float64Array {
  const { features } = parameters;
  const bounds = new Float64Array(features).fill(missing);
  if (given === undefined) return bounds;
  if (typeof given !== "object" || given === null) throw notNumbers(given, option, caller);
  if (Array.isArray(given) || ArrayBuffer.isView(given)) {
    const list = given as ArrayLike<number>;
    if (list.length !== features)
      throw new MixturaError(
        "invalid-shape",
        `${caller}: "${option}" must hold ${features} numbers, one per feature, found ${list.length}.`,
        {
          expected: `${features} numbers`,
          found: `${list.length}`,
        },
      );
    for (let j = 0; j < features; j++) bounds[j] = boundOf(list[j], option, nameOf(parameters, j), caller);
    return bounds;
  }
  for (const [name, value] of Object.entries(given as FeatureValues))
    bounds[featureIndex(parameters, name, caller)] = boundOf(value, option, name, caller);
  return bounds;
}

function boundOf(value: unknown, option: string, name: string, caller: string): number {
  if (typeof value === "number" && !Number.isNaN(value)) return value;
  throw new MixturaError(
    "invalid-option",
    `${caller}: "${option}" of ${name} must be a number (±Infinity is allowed), found ${show(value)}.`,
    {
      option,
      found: value,
    },
  );
}

function notNumbers(found: unknown, option: string, caller: string): MixturaError {
  return new MixturaError(
    "invalid-option",
    `${caller}: "${option}" must be a list of numbers or a record by feature, found ${show(found)}.`,
    {
      option,
      found,
    },
  );
}
