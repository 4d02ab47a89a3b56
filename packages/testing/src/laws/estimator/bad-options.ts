import type { OptionRange } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { EstimatorLaw, EstimatorUnderTest, Options } from "./subject.ts";
import { createTally, errorOf, requireCode } from "./tally.ts";

const declared: EstimatorLaw = {
  id: "bad-options/declared",
  needs: ["whole-contract"],
  claim: "rejects, on construction, every value outside an option's declared range or of another type",
  async check(trial) {
    const tally = createTally("the declaration of an option is what its check, its error and its documentation come from");
    for (const [option, { range }] of Object.entries(trial.plugin.options)) {
      for (const value of valuesOutside(range)) {
        await tally.check(`${option}: ${show(value)}`, () => {
          const error = creationError(trial, { [option]: value });
          requireCode(error, "invalid-option");
          if (isMixturaError(error, "invalid-option") && error.detail.option !== option)
            throw new Error(`names the option "${error.detail.option}"`);
        });
      }
    }
    return tally.figure();
  },
};

const sound: EstimatorLaw = {
  id: "bad-options/sound",
  needs: ["whole-contract"],
  claim: "takes its own options, every default that it declares, and undefined for an absent option",
  async check(trial) {
    const tally = createTally("a default is a value like any other");
    for (const [option, declaration] of Object.entries(trial.plugin.options)) {
      for (const value of [declaration.default, undefined]) {
        await tally.check(`${option}: ${show(value)}`, () => {
          const options = trial.plugin.create({ [option]: value }).options as Options;
          if (JSON.stringify(options[option]) !== JSON.stringify(declaration.default)) throw new Error(`became ${show(options[option])}`);
        });
      }
    }
    await tally.check("its own options again", () => {
      const { options } = trial.create();
      const again = trial.plugin.create(options);
      if (JSON.stringify(again.options) !== JSON.stringify(options)) throw new Error("became other options");
      if (!Object.isFrozen(options)) throw new Error("are not frozen");
    });
    return tally.figure();
  },
};

const unknown: EstimatorLaw = {
  id: "bad-options/unknown",
  needs: ["whole-contract"],
  claim: "rejects options that it does not have, with the nearest name, and options that are not an object",
  async check(trial) {
    const tally = createTally("a misspelt option that is ignored gives a wrong result in silence");
    for (const name of ["nonsense", "fit", "__proto__x", ...Object.keys(trial.plugin.options).map((option) => option.replace(/.$/, "_"))]) {
      await tally.check(name, () => requireCode(creationError(trial, { [name]: 1 }), "unknown-option"));
    }
    for (const given of [null, 3, "text", true, [], [3]]) {
      await tally.check(show(given), () =>
        requireCode(
          thrownBy(() => trial.plugin.create(given)),
          "invalid-option",
          "unknown-option",
        ),
      );
    }
    return tally.figure();
  },
};

const refused: EstimatorLaw = {
  id: "bad-options/against-data",
  needs: ["whole-contract", "refused-options"],
  claim: "rejects options that do not fit the data, before any work",
  async check(trial) {
    const tally = createTally("bad input is rejected with an error code");
    for (const { options, code } of trial.refused) {
      await tally.check(
        Object.entries(options)
          .map(([name, value]) => `${name} = ${show(value)}`)
          .join(", "),
        async () => {
          let events = 0;
          requireCode(await errorOf(() => trial.fit(trial.data, options, { onProgress: () => events++ })), code);
          if (events > 0) throw new Error(`${events} progress events came before the refusal`);
        },
      );
    }
    return tally.figure();
  },
};

const backend: EstimatorLaw = {
  id: "bad-options/backend",
  needs: ["whole-contract", "backend"],
  claim: "rejects what is not a backend, on construction",
  async check(trial) {
    const tally = createTally("a bad backend must not surface half way through a fit");
    for (const given of [null, 3, "wasm", {}, { ...trial.backend, contractVersion: 0 }]) {
      await tally.check(show(given), () =>
        requireCode(
          thrownBy(() => trial.plugin.create({ backend: given })),
          "invalid-option",
        ),
      );
    }
    return tally.figure();
  },
};

/** Candidates for being wrong, of every type. */
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  3,
  "nonsense",
  "",
  "3",
  Number.NaN,
  Infinity,
  -Infinity,
  3n,
  [],
  [3],
  {},
  Symbol("option"),
  () => 3,
];

/** Values that a range leaves out, made from the range itself. */
function valuesOutside(range: OptionRange): unknown[] {
  return [...ODD_VALUES, ...boundaryValues(range)].filter((value) => !mayAccept(range, value));
}

/** Numbers just beyond the bounds of a range and of the alternatives in it. */
function boundaryValues(range: OptionRange): unknown[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, alternatives = [], fields = {} } = range;
  const below = minimum === undefined ? [] : exclusiveMinimum ? [minimum, minimum - 1] : [minimum - 1, minimum - 1e-9];
  const above = maximum === undefined ? [] : exclusiveMaximum ? [maximum, maximum + 1] : [maximum + 1];
  const fraction = range.kind === "integer" ? [(minimum ?? 0) + 0.5] : [];
  const objects = Object.entries(fields).flatMap(([name, field]) => [
    ...valuesOutside(field).map((value) => ({ [name]: value })),
    { [name]: 1, more: 1 },
  ]);
  return [...below, ...above, ...fraction, ...objects, ...alternatives.flatMap(boundaryValues)];
}

/** Whether a range may allow a value. Where a range says nothing about objects, any object may be allowed. */
function mayAccept(range: OptionRange, value: unknown): boolean {
  switch (range.kind) {
    case "either":
      return range.alternatives!.some((alternative) => mayAccept(alternative, value));
    case "integer":
    case "number":
      return (
        typeof value === "number" &&
        Number.isFinite(value) &&
        (range.kind === "number" || Number.isInteger(value)) &&
        withinBounds(range, value)
      );
    case "boolean":
      return typeof value === "boolean";
    case "text":
      return typeof value === "string";
    case "choice":
      return typeof value === "string" && range.choices!.includes(value);
    case "list":
      return Array.isArray(value) && value.length >= (range.minimumItems ?? 0) && value.every((item) => mayAccept(range.items!, item));
    case "object":
      return isObjectOf(range.fields ?? {}, value);
    case "other":
      return (typeof value === "object" && value !== null) || typeof value === "function";
  }
}

function withinBounds(
  { minimum = -Infinity, maximum = Infinity, exclusiveMinimum, exclusiveMaximum }: OptionRange,
  value: number,
): boolean {
  return (exclusiveMinimum ? value > minimum : value >= minimum) && (exclusiveMaximum ? value < maximum : value <= maximum);
}

function isObjectOf(fields: Readonly<Record<string, OptionRange>>, value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const names = Object.keys(fields);
  return (
    Object.keys(value).every((name) => names.includes(name)) && names.every((name) => mayAccept(fields[name]!, (value as Options)[name]))
  );
}

function creationError(trial: EstimatorUnderTest, options: Options): unknown {
  return thrownBy(() => trial.create(options));
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Laws of bad options. */
export const badOptionLaws: readonly EstimatorLaw[] = [declared, sound, unknown, refused, backend];
