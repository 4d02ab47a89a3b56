/** What a statement of an example gave. */
export interface CellLine {
  readonly line: number;
  readonly source: string;
  readonly shown: string;
  readonly failed: boolean;
}

/** Milliseconds after which an example is given up. */
const PATIENCE = 60_000;

/** Runs an example in a worker of its own, with all our exports in scope. */
export async function runCell(code: string): Promise<CellLine[]> {
  // The address of a bundle that the build of the site makes.
  const [{ moduleOf }, { default: scope }] = await Promise.all([import("./cell-module.ts"), import("../../content/scope.ts?worker&url")]);
  let module: string;
  try {
    module = moduleOf(code, new URL(scope, location.href).href);
  } catch (error) {
    return [{ line: 0, source: "", shown: error instanceof Error ? error.message : String(error), failed: true }];
  }
  const url = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  try {
    return await new Promise((settle) => {
      const timer = setTimeout(() => settle([{ line: 0, source: "", shown: "given up after a minute", failed: true }]), PATIENCE);
      worker.addEventListener("message", ({ data }: MessageEvent<CellLine[]>) => {
        clearTimeout(timer);
        settle(data);
      });
      worker.addEventListener("error", ({ message }) =>
        settle([{ line: 0, source: "", shown: message || "the example could not be started", failed: true }]),
      );
    });
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}
