import type { SVGPicture } from "./svg-picture.ts";
import { pictureOf } from "./svg-picture.ts";

/** What a statement of an example gave. */
interface CellLine {
  readonly line: number;
  readonly source: string;
  readonly shown: string;
  readonly failed: boolean;
  /** What it gave as it is, where that is a text or a list of texts. */
  readonly texts: readonly string[];
}

/** The same as a page shows it: as pictures where all of it can be drawn. */
export interface ShownLine extends CellLine {
  readonly pictures: readonly SVGPicture[];
}

/** Milliseconds after which an example is given up. */
const PATIENCE = 60_000;

/** Runs an example in a worker of its own, where it can import our packages. */
export async function runCell(code: string): Promise<ShownLine[]> {
  const lines = await linesOf(code);
  return Promise.all(
    lines.map(async (line) => {
      const pictures = (await Promise.all(line.texts.map(pictureOf))).filter((picture) => picture !== undefined);
      return { ...line, pictures: pictures.length === line.texts.length ? pictures : [] };
    }),
  );
}

async function linesOf(code: string): Promise<CellLine[]> {
  // The address of a bundle that the build of the site makes.
  const [{ moduleOf }, { default: scope }] = await Promise.all([import("./cell-module.ts"), import("../../content/scope.ts?worker&url")]);
  let module: string;
  try {
    module = moduleOf(code, new URL(scope, location.href).href);
  } catch (error) {
    return [failure(error instanceof Error ? error.message : String(error))];
  }
  const url = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  try {
    return await new Promise((settle) => {
      const timer = setTimeout(() => settle([failure("given up after a minute")]), PATIENCE);
      worker.addEventListener("message", ({ data }: MessageEvent<CellLine[]>) => {
        clearTimeout(timer);
        settle(data);
      });
      worker.addEventListener("error", ({ message }) => settle([failure(message || "the example could not be started")]));
    });
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}

function failure(shown: string): CellLine {
  return { line: 0, source: "", shown, failed: true, texts: [] };
}
