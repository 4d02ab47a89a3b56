import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { readError } from "../table/errors.ts";
import { decompressed } from "./compressed.ts";
import type { LoadLibrary } from "./library.ts";
import type { Packing } from "./packing.ts";
import type { SheetChoice } from "./workbook.ts";

/** How packed bytes are unpacked. */
export interface Unpacking {
  /** What errors call the source. */
  readonly name: string;
  /** How a sheet becomes CSV; absent where another format is read. */
  readonly sheet: SheetChoice | undefined;
  readonly load: LoadLibrary | undefined;
}

/** @throws MixturaError `invalid-shape` (by rejection) where text follows bytes */
function bytesOnly(pieces: AsyncIterator<unknown> | Iterator<unknown>, name: string): AsyncIterator<Uint8Array> {
  return {
    async next() {
      const step = await pieces.next();
      if (step.done === true) return { done: true, value: undefined };
      if (step.value instanceof Uint8Array) return { done: false, value: step.value };
      throw new MixturaError("invalid-shape", `${name}: packed bytes are followed by ${show(step.value)}. Pass bytes throughout.`, {
        expected: "bytes",
        found: show(step.value),
      });
    },
    async return() {
      await pieces.return?.();
      return { done: true, value: undefined };
    },
  };
}

/** The text that packed bytes hold, piece by piece. */
export async function* unpacked(
  source: AsyncIterator<unknown> | Iterator<unknown>,
  packing: Packing,
  { name, sheet, load }: Unpacking,
): AsyncGenerator<Uint8Array | string, void> {
  const pieces = bytesOnly(source, name);
  if (packing !== "workbook") return yield* decompressed(pieces, packing, name, load);
  if (sheet === undefined) throw readError(name, "this looks like an Excel workbook, which is a table of cells. Read it as csv.");
  const { sheetAsCSV } = await import("./workbook.ts");
  yield await sheetAsCSV(await wholeOf(pieces), sheet, name, load);
}

async function wholeOf(pieces: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const held: Uint8Array[] = [];
  for (let step = await pieces.next(); step.done !== true; step = await pieces.next()) held.push(step.value.slice());
  const whole = new Uint8Array(held.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of held) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The first bytes of the text that compressed bytes hold, by which its format is recognised; a workbook's are those of a table. */
export async function startOfText(start: Uint8Array, packing: Packing, load?: LoadLibrary): Promise<Uint8Array> {
  if (packing === "workbook") return new Uint8Array(0);
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of decompressed([start].values() as unknown as AsyncIterator<Uint8Array>, packing, "", load))
      pieces.push(piece.slice());
  } catch {
    // They end too soon, or are damaged, of which the reading itself will speak.
  }
  return wholeOf(pieces.values() as unknown as AsyncIterator<Uint8Array>);
}
