import type { BadRow, BadRows } from "@mixtura/io";
import { counted } from "@mixtura/wording/internal";
import { Option } from "commander";
import type { Terminal } from "../terminal.ts";
import { inFlags } from "../flags/in-flags.ts";
import { idsAmong } from "./row-ids.ts";
import type { TableChoice } from "./table.ts";

/** Rows that are named with their reasons; of more, the number is shown. */
const MOST_NAMED = 10;

/** `--strict`. */
export function strictOption(): Option {
  return new Option(
    "--strict",
    "Stop with an error at the first row that cannot be read, or where there are no rows. Otherwise such rows are reported, the others judged, and the exit code is 4.",
  ).helpGroup("Data:");
}

/** How rows are read that a model is there for: unless `--strict` says otherwise, one bad row is no reason to leave the others. */
export function forgiving(choice: TableChoice, strict: boolean | undefined): TableChoice {
  return strict === true ? choice : { ...choice, options: { ...choice.options, badRows: "report", noRows: "allow" } };
}

/** A row that could not be read, with what it is named by where its identifier could be. */
export interface NamedBadRow extends BadRow {
  readonly id?: string;
  readonly idColumn?: string;
}

/** Rows that could not be read, as they are met. */
export class NotJudged {
  count = 0;
  /** The first of them. */
  readonly first: NamedBadRow[] = [];
  readonly #source: string;
  readonly #terminal: Pick<Terminal, "note" | "leftRows">;
  readonly #isLive: boolean;

  /** @param isLive whether each is named as it is met; not, where a summary names them */
  constructor(source: string, terminal: Pick<Terminal, "note" | "leftRows">, isLive = true) {
    this.#source = source;
    this.#terminal = terminal;
    this.#isLive = isLive;
  }

  /** @param id the column that rows are named by, where one was given */
  add(bad: BadRows | undefined, id: string | undefined): void {
    if (bad === undefined) return;
    const ids = idsAmong(bad.kept, id, false);
    for (const [index, found] of bad.rows.entries()) {
      if (++this.count > MOST_NAMED) continue;
      const own = ids?.cells[index];
      const row = own === undefined || own === "" ? found : { ...found, id: own, idColumn: ids!.column };
      this.first.push(row);
      if (this.#isLive) this.#terminal.note(`warning: ${this.#source}: ${badRowText(row)}; not judged.`);
    }
  }

  /**
   * Says how many there were besides those that were named, and where no row was good what may help.
   *
   * @param judged rows that could be read
   */
  finish(judged: number): void {
    if (this.#isLive) for (const line of this.closing(judged)) this.#terminal.note(`warning: ${this.#source}: ${line}`);
    if (this.count > 0) this.#terminal.leftRows();
  }

  /** The same as sentences. */
  closing(judged: number): string[] {
    const [first] = this.first;
    if (first === undefined) return [];
    const more = this.count - this.first.length;
    return [
      ...(more === 0 ? [] : [`${counted(more, "more row")} could not be read; not judged.`]),
      ...(judged > 0 ? [] : [inFlags(`No row could be read.${first.advice === "" ? "" : ` ${first.advice}`}`)]),
    ];
  }
}

/** A row and what is wrong with it: `row 4 (line 5), column "b" is not a number (found "x")`. */
export function badRowText({ row, line, reason, id, idColumn }: NamedBadRow): string {
  const inside = [...(line === undefined ? [] : [`line ${line}`]), ...(id === undefined ? [] : [`${idColumn} ${id}`])];
  const place = `row ${row + 1}${inside.length === 0 ? "" : ` (${inside.join(", ")})`}`;
  return `${place}${/^(column|field) /.test(reason) ? "," : ""} ${reason}`;
}

/** What stands in the place of a reason where there is no verdict. */
export function notJudgedReason({ reason }: BadRow): string {
  return `not judged: ${reason}`;
}
