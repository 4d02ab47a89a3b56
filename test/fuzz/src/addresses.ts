import type { Subject, Vocabulary } from "@mixtura/playground/export";
import { readAddress } from "@mixtura/playground/export";
import type { AnyEstimatorPlugin, OptionRange } from "@mixtura/core";
import { criteria } from "@mixtura/model-selection";
import fc from "fast-check";
import { covarianceTypes, plugins } from "mixtura";

const vocabulary: Vocabulary = { estimators: plugins, covarianceTypes, criteria };

/** Pieces of text that end a literal, a comment, a word or a line somewhere, or that a terminal or a reader takes for something else. */
const SNIPPETS = [
  `"`,
  `'`,
  "`",
  "\\",
  "\n",
  "\r\n",
  "\u2028",
  "\u2029",
  "\u0085",
  "\u202e",
  "\u001b[201~",
  "\u0003",
  "\0",
  "\ud800",
  "\u{e0001}",
  "’",
  ",",
  " ",
  "#",
  "//",
  "*/",
  "${x}",
  "$(touch pwned)",
  "; touch pwned #",
  "&& touch pwned",
  "| touch pwned",
  "> pwned",
  "!!",
  "*",
  "~",
  "=ls",
  "-",
  "--",
  "--plugin=x.mjs",
  "--output",
  "'; touch pwned; '",
  `"); process.exit(1); ("`,
  "relative:1e-6}}).fit(X);process.exit(1);({a:{b",
  "contamination 0.1; touch pwned #",
  "\nimport os\nos.system('touch pwned')\n#",
  `""")\nprint(1)`,
  "__proto__",
  "constructor",
  "toString",
  "relative",
  "contamination",
];

/** A text that somebody chose to do harm with. */
const hostile = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...SNIPPETS) },
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.string({ maxLength: 6 }),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(""));

/** A name of a column, or of a file. */
const name = fc.oneof(hostile, fc.constantFrom("eruptions", "a b", "größe", "x,y", "7"));

/** A value that a range allows, where one can be written down. */
function allowed(range: OptionRange): fc.Arbitrary<unknown> {
  const { minimum = -1e6, maximum = 1e6, exclusiveMinimum, exclusiveMaximum } = range;
  switch (range.kind) {
    case "integer":
      return fc.oneof(
        fc.integer({ min: minimum, max: Math.min(maximum, minimum + 30) }),
        fc.constant(Math.min(maximum, Number.MAX_SAFE_INTEGER)),
      );
    case "number":
      return fc.oneof(
        fc.double({
          min: minimum,
          max: maximum,
          minExcluded: exclusiveMinimum === true,
          maxExcluded: exclusiveMaximum === true,
          noNaN: true,
        }),
        fc.constantFrom(...[1e-7, 0.3, 1, (minimum + maximum) / 2].filter((value) => value > minimum && value < maximum)),
      );
    case "boolean":
      return fc.boolean();
    case "text":
      return hostile;
    case "choice":
      return fc.constantFrom(...range.choices!);
    case "list":
      return fc.array(allowed(range.items!), { minLength: range.minimumItems ?? 0, maxLength: 3 });
    case "object":
      return fc.record(Object.fromEntries(Object.entries(range.fields!).map(([field, inner]) => [field, allowed(inner)])));
    case "either":
      return fc.oneof(...range.alternatives!.map(allowed));
    case "other":
      return json;
  }
}

const json: fc.Arbitrary<unknown> = fc.letrec((again) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(0, -0, 1, -1.5, 1e-7, 1e300, true, false),
    hostile,
    fc.array(again("value"), { maxLength: 3 }),
    fc.dictionary(hostile, again("value"), { maxKeys: 3 }),
  ),
})).value;

/** What an option is set to: what it allows, and anything else. */
function valueOf(plugin: AnyEstimatorPlugin, option: string): fc.Arbitrary<unknown> {
  const declared = Object.hasOwn(plugin.options, option) ? plugin.options[option] : undefined;
  return declared === undefined ? json : fc.oneof({ weight: 3, arbitrary: allowed(declared.range) }, json);
}

const optionsOf = (plugin: AnyEstimatorPlugin): fc.Arbitrary<readonly (readonly [string, unknown])[]> =>
  fc.uniqueArray(
    fc
      .oneof({ weight: 6, arbitrary: fc.constantFrom(...Object.keys(plugin.options)) }, hostile)
      .chain((option) => valueOf(plugin, option).map((value) => [option, value] as const)),
    { selector: ([option]) => option, maxLength: 4 },
  );

const model = fc
  .constantFrom(...plugins)
  .chain((plugin) =>
    optionsOf(plugin).map((options) => ({ type: plugin.type, options: Object.fromEntries(options) as Record<string, unknown> })),
  );

/** What follows `#` in an address, and the page's rows. */
interface Visit {
  readonly address: string;
  readonly seed: number | undefined;
  readonly names: readonly string[];
}

const visit: fc.Arbitrary<Visit> = fc
  .record({
    model,
    file: fc.option(name, { nil: undefined }),
    features: fc.option(fc.array(name, { maxLength: 3 }), { nil: undefined }),
    threshold: fc.constantFrom(undefined, "contamination:0.1", "contamination:1e-7", "none", "model"),
    more: fc.array(fc.tuple(hostile, hostile), { maxLength: 1 }),
    raw: fc.oneof({ weight: 9, arbitrary: fc.constant("") }, hostile),
    seed: fc.constantFrom(undefined, 7, 4294967295),
    names: fc.uniqueArray(name, { maxLength: 3 }),
  })
  .map(({ model: { type, options }, file, features, threshold, more, raw, seed, names }) => {
    const parts = new URLSearchParams({ model: type });
    for (const [option, value] of Object.entries(options)) parts.append(`o.${option}`, JSON.stringify(value));
    if (file !== undefined) parts.append("data", `file:${file}`);
    if (features !== undefined) parts.append("features", features.join(","));
    if (threshold !== undefined) parts.append("threshold", threshold);
    for (const [key, value] of more) parts.append(key, value);
    return { address: `#${parts.toString()}${raw}`, seed, names };
  });

/** What code is written about: the state that an address leads to. */
export const visited: fc.Arbitrary<Subject> = visit.map(({ address, seed, names }) => ({
  state: readAddress(address, vocabulary).state,
  seed,
  names,
}));

/** The same with a model that no address let through. */
export const forced: fc.Arbitrary<Subject> = fc.tuple(visited, model).map(([subject, forcedModel]) => ({
  ...subject,
  state: { ...subject.state, model: forcedModel },
}));
