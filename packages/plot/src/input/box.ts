import { MixturaError } from "@mixtura/core";
import { option } from "./components.ts";

/** An axis-parallel box, and what is known of it. */
export interface PlotBox {
  /** One number per feature, or by name; what is left out is unbounded. ±Infinity is allowed. */
  readonly lower?: ArrayLike<number> | Readonly<Record<string, number>> | undefined;
  /** The same from above. */
  readonly upper?: ArrayLike<number> | Readonly<Record<string, number>> | undefined;
  /** Shown in the legend where it is given; it is not computed here. */
  readonly probability?: number | undefined;
}

/** A box with a bound for every feature. */
export interface ReadPlotBox {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly probability: number | undefined;
}

/**
 * Reads a box.
 *
 * @throws MixturaError `invalid-option`, `invalid-shape`
 */
export function readPlotBox(given: PlotBox | undefined, names: readonly string[], caller: string): ReadPlotBox | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== "object" || given === null) throw option(caller, "box", "{ lower, upper }", given);
  const { probability } = given;
  const lower = readSide(given.lower, "box.lower", -Infinity, names, caller);
  const upper = readSide(given.upper, "box.upper", Infinity, names, caller);
  const crossed = lower.findIndex((bound, j) => bound > upper[j]!);
  if (crossed !== -1) throw option(caller, "box.lower", `at most box.upper in ${names[crossed]!}, ${upper[crossed]!}`, lower[crossed]);
  if (probability !== undefined && !(probability >= 0 && probability <= 1))
    throw option(caller, "box.probability", "a number from 0 to 1", probability);
  return { lower, upper, probability };
}

function readSide(given: PlotBox["lower"], name: string, missing: number, names: readonly string[], caller: string): number[] {
  const bounds = names.map(() => missing);
  if (given === undefined) return bounds;
  if (typeof given !== "object" || given === null) throw option(caller, name, "numbers, one per feature or by name", given);
  const isList = Array.isArray(given) || ArrayBuffer.isView(given);
  const entries = isList
    ? Array.from(given as ArrayLike<number>, (value, j) => [j, value] as const)
    : Object.entries(given as Readonly<Record<string, number>>).map(([feature, value]) => [names.indexOf(feature), value] as const);
  if (isList && entries.length !== names.length) {
    throw new MixturaError(
      "invalid-shape",
      `${caller}: "${name}" must hold ${names.length} numbers, one per feature, found ${entries.length}.`,
      {
        expected: `${names.length} numbers`,
        found: `${entries.length}`,
      },
    );
  }
  for (const [j, value] of entries) {
    if (j === -1) throw option(caller, name, `numbers for ${names.join(", ")}`, Object.keys(given));
    if (typeof value !== "number" || Number.isNaN(value)) throw option(caller, `${name} of ${names[j]!}`, "a number", value);
    bounds[j] = value;
  }
  return bounds;
}
