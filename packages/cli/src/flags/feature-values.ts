import type { FittedModel } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { nearest } from "@mixtura/core/internal";
import { InvalidArgumentError } from "commander";
import { splitList } from "./value.ts";

/** Values of some features, by the names that were typed. */
export type TypedValues = Readonly<Record<string, number>>;

/**
 * `length=1.5,depth=-inf` as values by feature, added to those of flags before it. A name with a comma stands in double quotes, together with
 * its value: `"a,b=3"`.
 */
export function parseFeatureValues(text: string, before: TypedValues | undefined): TypedValues {
  const values: Record<string, number> = { ...before };
  for (const part of splitList(text)) {
    const [, name, number] = /^(.+)=([^=]*)$/s.exec(part) ?? [];
    const value = number === undefined ? undefined : numberOf(number.trim());
    if (name === undefined || value === undefined)
      throw new InvalidArgumentError("Expected values by feature, such as length=1.5,depth=-2 (inf and -inf are allowed).");
    if (Object.hasOwn(values, name.trim())) throw new InvalidArgumentError(`"${name.trim()}" is given twice.`);
    values[name.trim()] = value;
  }
  return values;
}

/** The names of a model's features, as the other commands show them. */
export function shownNames({ featureNames, featureCount }: FittedModel): readonly string[] {
  return featureNames ?? Array.from({ length: featureCount }, (_, column) => `x${column + 1}`);
}

/**
 * The library's words about features without names, which it tells by their places from 0, in the words of the commands: "feature 0" is x1.
 * Said of a model whose features have names they would be names themselves, so these stay.
 */
export function inShownNames(text: string, { featureNames }: Pick<FittedModel, "featureNames">): string {
  if (featureNames !== undefined) return text;
  return text.replaceAll(/\b(?:[Tt]he )?[Ff]eature (\d+)\b/g, (_, place: string) => `x${Number(place) + 1}`);
}

/**
 * Typed values as the library wants them: features without names of their own, shown as x1, x2, …, are given by their index.
 *
 * @throws MixturaError `feature-mismatch`
 */
export function byFeature(model: FittedModel, typed: TypedValues): Record<string, number> {
  const names = shownNames(model);
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => {
      const index = names.indexOf(name);
      if (index === -1) {
        const near = model.featureNames === undefined ? undefined : nearest(name, names);
        const hint = near === undefined ? `It has ${names.join(", ")}.` : `Did you mean ${show(near)}?`;
        throw new MixturaError("feature-mismatch", `The model has no feature ${show(name)}. ${hint}`, { expected: names, found: [name] });
      }
      return [model.featureNames === undefined ? String(index) : name, value];
    }),
  );
}

function numberOf(text: string): number | undefined {
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite !== null) return infinite[1] === "-" ? -Infinity : Infinity;
  const value = text === "" ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
