import type { AnyEstimatorPlugin } from "@mixtura/core";
import { cleanFitOptions, explanationMethods } from "@mixtura/outliers/internal";
import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { BackendName } from "../backends.ts";
import type { DialectFlags } from "../files/dialect.ts";
import { addDialectFlags } from "../files/dialect.ts";
import { strictOption } from "../files/not-judged.ts";
import { backendOption } from "../flags/backend-option.ts";
import { declaredFlags } from "../flags/declared.ts";
import { pluginOption } from "../flags/plugin-option.ts";
import { DEFAULT_DETECTOR, detectorTypes, ownDeclarations } from "./estimator.ts";
import { ruleFlags } from "./rule-flags.ts";

/** What becomes of constant columns. */
const CONSTANTS = ["leave-out", "strict"] as const;

/** The flags of `mixtura detect` besides those of its data, its threshold and its estimator. */
export interface DetectFlags extends DialectFlags, Readonly<Record<string, unknown>> {
  readonly model?: string;
  readonly estimator?: string;
  readonly train?: string;
  readonly novelty?: boolean;
  readonly clean?: boolean;
  readonly rounds?: number;
  readonly explain?: (typeof explanationMethods)[number];
  readonly labelColumn?: string;
  readonly outlierLabel: string;
  readonly strict?: boolean;
  readonly constants: (typeof CONSTANTS)[number];
  readonly top: number;
  readonly each?: boolean;
  readonly onlyOutliers?: boolean;
  readonly output?: string;
  readonly save?: string;
  readonly report?: string;
  readonly json?: boolean;
  readonly plugin: readonly string[];
  readonly backend: BackendName;
}

/** Adds them, those of the estimator last: its options may not take the name of another flag. */
export function addDetectFlags(
  command: Command,
  plugins: readonly AnyEstimatorPlugin[],
  estimator: AnyEstimatorPlugin | undefined,
): Command {
  const option = (group: string, flags: string, description: string): Option => new Option(flags, description).helpGroup(group);
  const detector = (flags: string, description: string): Option => option("Detector:", flags, description);
  const result = (flags: string, description: string): Option => option("Result:", flags, description);
  command
    .addOption(
      detector(
        "--estimator <name>",
        `What is fitted: ${detectorTypes(plugins).join(", ")}, or a detector of a plugin (default: ${DEFAULT_DETECTOR}, or MixtureDetector where the rows fall into groups).`,
      ),
    )
    .addOption(
      detector(
        "--model <file>",
        "A detector, as --save writes it, or a density such as `mixtura fit --output` writes. Nothing is fitted, and rows are judged as they come.",
      ).conflicts(["estimator", "train", "novelty", "clean", "save"]),
    )
    .addOption(
      detector(
        "--train <file>",
        "Fit on the rows of this file and judge those of <data>. They count as clean, unless --apart, --contamination or --gap says otherwise.",
      ),
    )
    .addOption(detector("--novelty", "The rows of <data> are clean: only fit a detector, to save with --save.").conflicts("train"))
    .addOption(
      detector(
        "--clean",
        `Fit, remove the most extreme rows, fit again, until nothing changes. They are removed by the threshold (default: --contamination ${Object.values(cleanFitOptions.rule.default ?? {})[0]!}).`,
      ),
    )
    .addOption(
      detector("--rounds <integer>", `The most refits of --clean; 1 fits twice (default: ${cleanFitOptions.rounds.default}).`).argParser(
        count,
      ),
    )
    .addOption(pluginOption().helpGroup("Detector:"));
  for (const flag of ruleFlags()) command.addOption(flag);
  command
    .addOption(
      option(
        "Data:",
        "--label-column <name>",
        "A column of known labels: which rows are anomalies. It is not used as a feature; the scores are compared with it.",
      ),
    )
    .addOption(option("Data:", "--outlier-label <text>", "The label of an anomaly in --label-column.").default("1"))
    .addOption(strictOption())
    .addOption(
      option(
        "Data:",
        "--constants <name>",
        "What becomes of columns that are constant where the detector is fitted: leave-out, or strict, so that any other value is an anomaly.",
      )
        .choices([...CONSTANTS])
        .default(CONSTANTS[0]),
    )
    .addOption(result("--top <integer>", "The most anomalies to list.").default(10).argParser(count))
    .addOption(
      result(
        "--explain [method]",
        `Explain each row by the contributions of its features: ${explanationMethods.join(" or ")} (default: ${explanationMethods[0]!}). Written rows get columns for it.`,
      )
        .choices([...explanationMethods])
        .preset(explanationMethods[0]!),
    )
    .addOption(result("-o, --output <file>", "Write the rows with score, outlier and reason: CSV, or NDJSON or JSON by the file's name."));
  addDialectFlags(command, "Result:")
    .addOption(result("--each", "Write the judged rows to standard output instead of a summary.").conflicts("output"))
    .addOption(result("--only-outliers", "Write only the rows that are anomalies."))
    .addOption(result("--json", "Print the summary as JSON; with --each, one JSON object per row (NDJSON)."))
    .addOption(result("--save <file>", "Save the detector, as JSON. Its folder is created."))
    .addOption(result("--report <file>", "Write an HTML report as well. Its folder is created."))
    .addOption(backendOption().helpGroup("Detector:"));
  if (estimator === undefined) return command;
  const taken = new Set(command.options.map(({ long }) => long));
  for (const flag of declaredFlags(ownDeclarations(estimator), `Options of ${estimator.type}:`))
    if (!taken.has(flag.long)) command.addOption(flag);
  return command;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("Expected an integer ≥ 1.");
  return value;
}
