import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { generate, SCATTERED } from "../data/generate.ts";
import type { GeneratedData, Reading } from "../state/state.ts";
import { Refusal } from "./answer.ts";
import type { Source } from "./protocol.ts";

/** A feature that is not fitted unless it is chosen, and why: "which counts the rows". */
export interface LeftOut {
  readonly name: string;
  readonly clause: string;
}

/** Rows as they came, before edits and before features were chosen. */
export interface SourceTable {
  readonly name: string;
  readonly X: Matrix;
  readonly names: readonly string[];
  readonly groups: { readonly names: readonly string[]; readonly codes: Int16Array } | undefined;
  readonly notices: readonly string[];
  /** Features that measure nothing, which are fitted where somebody chooses them. */
  readonly leftOut?: readonly LeftOut[];
  /** How a file of delimited text was read. */
  readonly csv?: Required<Reading>;
  /** Whether it is CSV with a header and decimal points of which no row was left out; absent: it is. */
  readonly isPlain?: boolean;
}

/** Fetches, reads or draws rows. */
export async function openTable(source: Source, signal: AbortSignal): Promise<SourceTable> {
  switch (source.kind) {
    case "url": {
      const response = await fetch(source.url, { signal });
      if (!response.ok) throw new Error(`The data set could not be fetched (status ${response.status}).`);
      return read(await response.arrayBuffer(), source.name, signal);
    }
    case "file":
      return read(await bytesOf(source.file), source.file.name, signal, source.reading);
    case "generated":
      return generatedTable(source);
    case "blank":
      return { name: "your own rows", X: matrix(new Float64Array(0), 0, 2), names: ["x", "y"], groups: undefined, notices: [] };
  }
}

/** Reads a file; what drawn rows need is loaded without its readers. */
async function read(bytes: ArrayBuffer, name: string, signal: AbortSignal, reading?: Reading): Promise<SourceTable> {
  const { readTable } = await import("./read-table.ts");
  return readTable(bytes, name, signal, reading);
}

/** Browsers let go of a file that is changed or moved after it was chosen. */
async function bytesOf(file: File): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (error) {
    throw new Refusal(`${file.name} was changed or moved since it was chosen here, so it cannot be read. Choose it again.`, "read-error", {
      cause: error,
    });
  }
}

function generatedTable(recipe: GeneratedData): SourceTable {
  const { data, columns, groups } = generate(recipe);
  const count = groups.reduce((most, group) => Math.max(most, group), 0) + 1;
  const names = Array.from({ length: columns }, (_, j) => `x${j + 1}`);
  return {
    name: recipe.generator,
    X: matrix(data, groups.length, columns, names),
    names,
    groups: {
      names: Array.from({ length: count }, (_, k) => `group ${k}`),
      codes: groups.map((group) => (group === SCATTERED ? -1 : group)),
    },
    notices: [],
  };
}
