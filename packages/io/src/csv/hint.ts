import { isMixturaError, MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { plural } from "@mixtura/wording/internal";
import { columnName } from "../table/layout.ts";
import type { Problem } from "../table/late.ts";
import { namedColumns } from "../table/remarks.ts";
import { problemsOf } from "../table/settle.ts";
import { openText } from "../table/source.ts";
import type { Table } from "../table/whole.ts";
import { readWhole } from "../table/whole.ts";
import type { OpenCSV } from "./open.ts";
import { openCSV, sampleOf } from "./open.ts";
import type { CheckedCSVOptions } from "./options.ts";
import { textChoice } from "./options.ts";
import { BLANKS } from "./scanner.ts";

/** Lines before a table that are looked for. */
const MOST_SKIPPED = 20;

/** Texts that a hint names. */
const MOST_TEXTS = 8;

const LF = 10;

/** Something that may help. */
interface Remedy {
  readonly options: Partial<CheckedCSVOptions>;
  readonly sentence: string;
}

/**
 * An error of reading with what helps: options with which the first rows and those that could not be read are read. What does not work is not advised.
 *
 * @param table where its head was read
 * @returns the error with the advice, or as it was
 */
export async function withHint(error: unknown, table: OpenCSV | undefined, options: CheckedCSVOptions): Promise<unknown> {
  if (!isMixturaError(error, "read-error") && !isMixturaError(error, "not-finite")) return error;
  const sample = table?.sample ?? sampleOf(error);
  if (sample === undefined || sample.length === 0) return error;
  const problems = problemsOf(error);
  const current = problems === undefined ? [table?.record.raw?.()] : problems.map(({ raw }) => raw);
  // Where the first rows are all there are, the others are among them.
  const text = table?.whole === true ? sample : joined([sample, ...current.flatMap((raw) => raw ?? [])]);
  const { sheet: _, ...asked } = options;
  const delimiter = table?.text.isSheet === true ? table.delimiter : options.delimiter;
  const works = async ({ options: changes }: Remedy, features: number): Promise<boolean> => {
    const read = await tried(text, { ...asked, delimiter, ...changes });
    if (read === undefined || read.X.columns < features || read.dropped.count === read.rows) return false;
    const lines = text.reduce((count, byte) => count + (byte === LF ? 1 : 0), 1);
    return changes.skipRows === undefined ? 2 * (read.rows + 1) >= lines : read.rows >= 3 && read.X.columns > 1 && 2 * read.rows >= lines;
  };
  const features = table?.layout.features.length ?? 1;
  for (const remedy of rereadings(error, options)) if (await works(remedy, features)) return withAdvice(error, [remedy]);
  const leaving: Remedy[] = [];
  for (const remedy of table === undefined ? [] : omissions(error, table, problems ?? [], options))
    if (await works(remedy, 1)) leaving.push(remedy);
  return leaving.length === 0 ? error : withAdvice(error, leaving);
}

/** Other ways to read the same text. */
function rereadings(error: MixturaError, { delimiter, decimal, thousands, header, comment }: CheckedCSVOptions): Remedy[] {
  const remedies: Remedy[] = [];
  const row = (error.detail as { readonly row?: number }).row ?? 0;
  if (thousands === "auto")
    for (const sign of [",", "."])
      remedies.push({ options: { thousands: sign }, sentence: `If ${show(sign)} groups thousands, pass thousands: ${show(sign)}.` });
  if (decimal !== "," && delimiter !== ",")
    remedies.push({ options: { decimal: "," }, sentence: 'If commas mark decimals here, pass decimal: ",".' });
  if (row === 0 && header !== true)
    remedies.push({ options: { header: true }, sentence: "If the first row holds names, pass header: true." });
  if (row === 0 && header !== false)
    remedies.push({ options: { header: false }, sentence: "If its only row is data, pass header: false." });
  if (error.code === "not-finite" && row > 0) return remedies;
  for (const other of [",", ";", "\t", "|", BLANKS])
    if (other !== delimiter && other !== decimal)
      remedies.push({
        options: { delimiter: other },
        sentence: `If rows are several fields, pass delimiter: ${show(other === "\t" ? "tab" : other)}.`,
      });
  for (let lines = 1; lines <= MOST_SKIPPED; lines++)
    remedies.push({ options: { skipRows: lines }, sentence: `If the table begins on line ${lines + 1}, pass skipRows: ${lines}.` });
  if (comment !== "") remedies.push({ options: { comment: "" }, sentence: 'If such lines are no comments, pass comment: "".' });
  return remedies;
}

/** Ways to read on without what cannot be read. */
function omissions(error: MixturaError, { layout }: OpenCSV, problems: readonly Problem[], options: CheckedCSVOptions): Remedy[] {
  if (error.code !== "not-finite") return [];
  const { found, column } = error.detail as { readonly found?: unknown; readonly column?: number };
  const own = column === undefined ? [] : [layout.features[column]!];
  const texts = [
    ...new Set(
      problems.length > 0 ? problems.flatMap(({ kind, text }) => (kind === "text" ? [text!.trim()] : [])) : [String(found).trim()],
    ),
  ];
  const columns = [...new Set(problems.length > 0 ? problems.flatMap((problem) => problem.column ?? []) : own)];
  const names = columns.map((at) => columnName(layout, at));
  const drop = options.missing === "drop" ? "" : ' and missing: "drop"';
  const remedies: Remedy[] = [];
  if (options.missing !== "drop")
    remedies.push({ options: { missing: "drop" }, sentence: 'Pass missing: "drop" to leave such rows out, or fill in the value.' });
  if (texts.length > 0 && texts.length <= MOST_TEXTS && texts.every((text) => text !== ""))
    remedies.push({
      options: { na: [...(options.na ?? []), ...texts], missing: "drop" },
      sentence: `If ${texts.length === 1 ? "it stands" : "these stand"} for a missing value, pass na: [${texts.map(show).join(", ")}]${drop}.`,
    });
  if (names.length > 0 && options.columns === undefined)
    remedies.push({
      options: { drop: [...(options.drop ?? []), ...names] },
      sentence: `To do without ${layout.header === undefined ? `${plural(names.length, "column")} ${names.join(", ")}` : namedColumns(names)}, pass drop: [${names.map(show).join(", ")}].`,
    });
  return remedies;
}

/** A text read with these options, where they read it. */
async function tried(text: Uint8Array, options: CheckedCSVOptions): Promise<Table | undefined> {
  try {
    const table = await openCSV(
      openText(() => text, { ...textChoice(options), encoding: "utf-8" }, {}),
      options,
    );
    return await readWhole(table, options, undefined);
  } catch {
    return undefined;
  }
}

function withAdvice(error: MixturaError, remedies: readonly Remedy[]): MixturaError {
  const { code, message, detail, cause } = error;
  const advice = remedies.map(({ sentence }) => sentence).join(" ");
  return new MixturaError(code, `${message} ${advice}`, detail, cause === undefined ? undefined : { cause });
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
