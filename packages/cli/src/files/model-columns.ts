import type { FittedModel } from "@mixtura/core";
import type { TableChoice } from "./table.ts";

/** Reads the columns that a model knows by name, unless others are asked for. */
export function modelColumns(choice: TableChoice, { featureNames }: FittedModel): TableChoice {
  const { options } = choice;
  if (featureNames === undefined || options.columns !== undefined) return choice;
  return { ...choice, options: { ...options, columns: featureNames } };
}
