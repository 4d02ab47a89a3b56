import type { AnyEstimatorPlugin, Estimator } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import { movedTo } from "@mixtura/core/internal";
import type { CSVOptions, Table } from "@mixtura/io";
import { formatOfName } from "@mixtura/io";
import { looksAmongTraining } from "@mixtura/outliers/internal";
import { Command } from "commander";
import { loadBackend } from "../backends.ts";
import { CommandError } from "../command-error.ts";
import { defaultDetector, mayChoose } from "../detect/default-detector.ts";
import { DEFAULT_DETECTOR, detectorOf, hasPlugin, namedPlugin } from "../detect/estimator.ts";
import { checkSaved, fitAndJudge, fitDetector, judgesAlone, savedDetector, ruleKept } from "../detect/fit.ts";
import type { DetectFlags } from "../detect/flags.ts";
import { addDetectFlags } from "../detect/flags.ts";
import type { Detection } from "../detect/detection.ts";
import { writeResults } from "../detect/results.ts";
import { streamedRows, tableRows } from "../detect/rows.ts";
import { ruleGiven } from "../detect/rule-flags.ts";
import type { FeatureTable } from "../files/left-out.ts";
import { readModel } from "../files/model.ts";
import type { TableChoice } from "../files/table.ts";
import { namingRows } from "../files/row-ids.ts";
import { forgiving } from "../files/not-judged.ts";
import { readFeatures, readModelRows } from "../files/table.ts";
import { prepareOutputs } from "../files/write.ts";
import { dataFlags } from "../flags/data-flags.ts";
import { asksForHelp, flagValues } from "../flags/unparsed.ts";
import type { PluginSource } from "../plugins/source.ts";
import { pluginSource } from "../plugins/source.ts";
import type { Terminal } from "../terminal.ts";

const data = dataFlags([], { fits: true });

const EXAMPLES = `
Examples:
  mixtura detect data.csv                                   fit and judge the same rows
  mixtura detect data.csv --drop id --chi-square 0.999 --output judged.csv --report report.html
  mixtura detect today.csv --train clean.csv --fpr 0.001 --save detector.json
  mixtura detect tomorrow.csv --model detector.json
  tail -f events.ndjson | mixtura detect --model detector.json --each --json --only-outliers
  mixtura detect data.csv --estimator MixtureDetector --help       the options of another detector
Exit code 3: anomalies were found; 0: none. 4: a row could not be judged, and is reported with the reason (--model, --train); 5: both.`;

/**
 * `mixtura detect`: which rows are anomalies, and why.
 *
 * @param args the command line, for the flags of the estimator that it names
 */
export async function detectCommand(terminal: Terminal, args: readonly string[]): Promise<Command> {
  const source = await pluginSource(flagValues(args, "--plugin"), terminal);
  const named = flagValues(args, "--estimator").at(-1);
  const plugins =
    named === undefined || asksForHelp(args) || hasPlugin(source.plugins, named) ? source.plugins : await source.having(named);
  const saved = flagValues(args, "--model").length > 0;
  const estimator = saved && named === undefined ? undefined : namedPlugin(plugins, named ?? DEFAULT_DETECTOR);
  const command = new Command("detect")
    .description(
      "Find anomalies in a table: fit a detector to the rows and judge them, or judge them with a detector that was fitted before. Says why each anomaly is one.",
    )
    .argument("[data]", "a CSV, NDJSON or JSON file, compressed or not, or an .xlsx workbook; standard input if it is - or absent")
    .allowExcessArguments(false);
  data.addTo(command);
  return addDetectFlags(command, plugins, estimator)
    .addHelpText("after", EXAMPLES)
    .action((path: string | undefined, flags: DetectFlags) => detect(path, flags, { source, estimator }, terminal));
}

interface Chosen {
  readonly source: PluginSource;
  readonly estimator: AnyEstimatorPlugin | undefined;
}

async function detect(path: string | undefined, flags: DetectFlags, { source, estimator }: Chosen, terminal: Terminal): Promise<void> {
  checkFlags(flags);
  await prepareOutputs({ "--output": flags.output, "--save": flags.save, "--report": flags.report }, [path, flags.model, flags.train]);
  const choice = judgedChoice(flags);
  const detection =
    flags.model === undefined
      ? await fitted(path, flags, choice, { source, estimator: estimator! }, terminal)
      : await byModel(path, flags, choice, source, terminal);
  const found = await writeResults(detection, flags, terminal);
  if (found > 0) terminal.found();
}

/** Flags that do not go together, beyond those that exclude each other one by one. */
function checkFlags({
  novelty,
  save,
  rounds,
  clean,
  outlierLabel,
  labelColumn,
  onlyOutliers,
  each,
  output,
  train,
  model,
  blockRows,
  report,
  explain,
}: DetectFlags): void {
  const refuse = (problem: string): never => {
    throw new CommandError("usage", problem);
  };
  if (novelty === true && save === undefined)
    refuse(
      "--novelty declares the rows clean, so there is nothing to find among them. Pass the clean rows with --train and the rows to judge as <data>, or save the detector with --save.",
    );
  const asked = Object.entries({ "--output": output, "--report": report, "--each": each, "--explain": explain }).find(
    ([, value]) => value !== undefined,
  );
  if (novelty === true && asked !== undefined)
    refuse(
      `--novelty declares the rows clean, so they are not judged, and ${asked[0]} has nothing to show. Leave it out; or pass the clean rows with --train and the rows to judge as <data>.`,
    );
  if (rounds !== undefined && clean !== true) refuse("--rounds is for --clean.");
  if (outlierLabel !== "1" && labelColumn === undefined) refuse("--outlier-label is for --label-column.");
  if (onlyOutliers === true && each !== true && output === undefined)
    refuse("--only-outliers needs rows to write: add --output or --each.");
  if (blockRows !== undefined && train === undefined && model === undefined)
    refuse("--block-rows needs rows that are read in sequence: add --model or --train.");
}

/** How the rows to judge are read: every column is handed on where rows are written, and known labels are no feature. */
function judgedChoice(flags: DetectFlags): TableChoice {
  const { labelColumn, each, output, constants } = flags;
  const { options, leavesOut = [], ...given } = data.given(flags);
  const written = each === true || output !== undefined;
  const drop = [...(options.drop ?? []), ...(labelColumn === undefined ? [] : [labelColumn])];
  const keep = written ? (options.keep ?? "all") : labelColumn === undefined ? undefined : [labelColumn];
  return namingRows({
    ...given,
    leavesOut: constants === "strict" ? leavesOut : [...leavesOut, "constant"],
    options: {
      ...options,
      ...(drop.length === 0 ? {} : { drop }),
      ...(keep === undefined
        ? {}
        : { keep: Array.isArray(keep) && labelColumn !== undefined ? [...new Set([...keep, labelColumn])] : keep }),
    },
  });
}

/** Fits first: on the rows that are judged, or on those of another file. */
async function fitted(
  path: string | undefined,
  flags: DetectFlags,
  choice: TableChoice,
  { source, estimator: named }: Chosen & { readonly estimator: AnyEstimatorPlugin },
  terminal: Terminal,
): Promise<Detection> {
  const rule = ruleGiven(flags);
  const { train, clean, rounds } = flags;
  const kind = Object.keys(rule ?? {})[0];
  const novelty = flags.novelty === true || (train !== undefined && clean !== true && !(kind !== undefined && looksAmongTraining(kind)));
  const backend = await loadBackend(flags.backend);
  const call = { flags, backend, rule, novelty, clean: clean === true ? (rounds === undefined ? {} : { rounds }) : undefined };
  detectorOf({ plugin: named, ...call }); // refuses what it has no use for, before anything is read
  const free = mayChoose(flags, named, rule);
  const detectorFor = async (table: Table): Promise<{ readonly plugin: AnyEstimatorPlugin; readonly estimator: Estimator }> => {
    const { plugin, options } = free
      ? await defaultDetector(table, { plugins: source.plugins, backend }, terminal)
      : { plugin: named, options: {} };
    return { plugin, estimator: detectorOf({ plugin, options, ...call }) };
  };
  if (train === undefined) {
    const table = await readFeatures(path, choice, terminal);
    const { plugin, estimator } = await detectorFor(table);
    const common = { path, choice, plugin, chosen: free, table, trained: table };
    if (flags.novelty === true) {
      const detector = await fitDetector(estimator, path, table, terminal);
      return { ...common, detector, rule: ruleKept(detector, estimator), rows: undefined };
    }
    const { detector, judgement } = await fitAndJudge(estimator, path, table, terminal);
    return { ...common, detector, rule: ruleKept(detector, estimator), rows: tableRows(table, judgement) };
  }
  const trained = await readTraining(train, choice, flags.labelColumn, terminal);
  const { plugin, estimator } = await detectorFor(trained);
  const detector = await fitDetector(estimator, train, trained, terminal);
  const known = { detector, rule: ruleKept(detector, estimator) };
  return { path, choice, plugin, chosen: free, ...known, trained, train, ...(await judgedRows(path, flags, choice, detector, terminal)) };
}

/** The training rows: the features alone. They may lack the column of known labels, and what rows are named by. */
async function readTraining(path: string, choice: TableChoice, labelColumn: string | undefined, terminal: Terminal): Promise<FeatureTable> {
  const { keep: _keep, ...options } = choice.options;
  const read = (drop: CSVOptions["drop"]): Promise<FeatureTable> =>
    readFeatures(path, { ...choice, options: { ...options, ...(drop === undefined ? {} : { drop }) } }, terminal);
  const named = [labelColumn, choice.id].filter((column) => column !== undefined);
  let drop: CSVOptions["drop"] = named.length === 0 ? options.drop : [...new Set([...(options.drop ?? []), ...named])];
  for (;;) {
    try {
      return await read(drop);
    } catch (error) {
      const lacking = isMixturaError(error, "invalid-option") ? error.detail.found : undefined;
      if (!named.some((column) => column === lacking) || drop?.some((column) => column === lacking) !== true) throw error;
      drop = drop.filter((column) => column !== lacking);
    }
  }
}

async function byModel(
  path: string | undefined,
  flags: DetectFlags,
  choice: TableChoice,
  source: PluginSource,
  terminal: Terminal,
): Promise<Detection> {
  const saved = await readModel(flags.model!, source, terminal);
  const rule = ruleGiven(flags);
  const backend = await loadBackend(flags.backend);
  const model = movedTo(saved.model, backend);
  checkSaved(saved, flags.model!, rule);
  const alone = judgesAlone(model, saved.capabilities, rule);
  if (alone) {
    const { detector } = await savedDetector({ ...saved, model }, rule, path, undefined, terminal);
    return {
      path,
      choice,
      detector,
      rule: detector.rule,
      model: flags.model!,
      saved: model,
      ...(await judgedRows(path, flags, choice, detector, terminal)),
    };
  }
  const table = await readModelRows(path, forgiving(choice, flags.strict), model, terminal);
  const { detector, judgement } = await savedDetector({ ...saved, model }, rule, path, table, terminal);
  return { path, choice, detector, rule: detector.rule, model: flags.model!, saved: model, table, rows: tableRows(table, judgement) };
}

/** Rows to judge by a detector that is there: as they come, or all at once where a report is drawn of them. */
async function judgedRows(
  path: string | undefined,
  flags: DetectFlags,
  choice: TableChoice,
  detector: Detection["detector"],
  terminal: Terminal,
): Promise<Pick<Detection, "rows" | "table">> {
  if (flags.report !== undefined) {
    const table = await readModelRows(path, forgiving(choice, flags.strict), detector, terminal);
    return { table, rows: tableRows(table) };
  }
  const asEvents = flags.each === true ? flags.json === true : flags.output === undefined || formatOfName(flags.output) === "ndjson";
  return {
    rows: await streamedRows(
      path,
      { choice: forgiving(choice, flags.strict), labelColumn: flags.labelColumn, asEvents },
      detector,
      terminal,
    ),
  };
}
