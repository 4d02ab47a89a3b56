import { csvOptionDeclarations } from "@mixtura/io/internal";
import { givenOptions } from "../flags/declared.ts";
import { spellId } from "../files/row-ids.ts";
import { flagName } from "../flags/names.ts";
import { spellFlags } from "../flags/spell.ts";
import { shellPath } from "../report/shell-path.ts";
import { ownDeclarations } from "./estimator.ts";
import { spellKeeping } from "../files/left-out.ts";
import type { DetectionResult } from "./summary.ts";
import { ruleDeclarations } from "./rule-flags.ts";

/** The command lines that repeat a detection, and that use its detector. */
export function detectRecipes({ detection, flags }: DetectionResult): { readonly caption: string; readonly text: string }[] {
  const { path, model } = detection;
  const data = path === undefined || path === "-" ? "data.csv" : shellPath(path);
  const typed = [...detectorFlags(detection, flags), ...readingFlags(detection, flags)];
  const call = (...outputs: readonly string[]): string => ["mixtura detect", data, ...typed, ...outputs].join(" ");
  const saved = flags.save ?? "detector.json";
  return [
    { caption: "The same page again", text: call(`--report ${shellPath(flags.report!)}`) },
    ...(model === undefined && flags.save === undefined ? [{ caption: "To keep the detector", text: call(`--save ${saved}`) }] : []),
    ...(model === undefined
      ? [{ caption: "To judge other rows by it", text: `mixtura detect new.csv --model ${shellPath(saved)} --output judged.csv` }]
      : []),
  ];
}

/** The flags that say what the detector is, with the seed that was in force. */
function detectorFlags({ detector, plugin }: DetectionResult["detection"], flags: DetectionResult["flags"]): string[] {
  const { model, estimator, train, novelty, clean, rounds, labelColumn, outlierLabel } = flags;
  const own = plugin === undefined ? {} : ownDeclarations(plugin);
  const { seed: drawn } = detector.trace;
  const seed = own["randomState"] === undefined || drawn === undefined ? {} : { randomState: drawn };
  const path = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`${flagName(name)} ${shellPath(value)}`];
  return [
    ...path("model", model),
    ...path("estimator", estimator),
    ...path("train", train),
    ...(novelty === true ? ["--novelty"] : []),
    ...(clean === true ? ["--clean"] : []),
    ...(rounds === undefined ? [] : [`--rounds ${rounds}`]),
    ...spellFlags(ruleDeclarations, givenOptions(ruleDeclarations, flags)),
    ...spellFlags(own, { ...givenOptions(own, flags), ...seed }),
    ...path("labelColumn", labelColumn),
    ...(outlierLabel === "1" ? [] : path("outlierLabel", outlierLabel)),
    ...flags.plugin.flatMap((name) => path("plugin", name)),
  ];
}

/** The flags that say how the data is read. */
function readingFlags({ choice }: DetectionResult["detection"], { labelColumn, constants }: DetectionResult["flags"]): string[] {
  const { format, options } = choice;
  const { keep: _keep, drop, ...reading } = options;
  const dropped = drop?.filter((column) => column !== labelColumn && column !== choice.id) ?? [];
  return [
    ...spellFlags(csvOptionDeclarations, { ...reading, ...(dropped.length === 0 ? {} : { drop: dropped }) }),
    ...(format === undefined ? [] : [`--format ${format}`]),
    ...spellId(choice.id),
    ...spellKeeping(choice),
    ...(constants === "strict" ? ["--constants strict"] : []),
  ];
}
