// A process of its own in which one fit shows how much memory it takes. It speaks lines of JSON: see growth.ts.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { EmTask } from "../em/contenders.ts";
import { estimatorOf } from "../em/contenders.ts";
import { openWasm, reference } from "../ours.ts";
import { residentGrowth } from "./resident.ts";

/** What the process is asked, once. */
export interface ProbeRequest extends Pick<EmTask, "shape" | "start"> {
  /** Threads of the WebAssembly backend; 0 asks for the reference backend. */
  readonly threads: number;
  readonly path: string;
  readonly iterations: number;
}

async function answer({ shape, start, threads, path, iterations }: ProbeRequest): Promise<object> {
  const bytes = readFileSync(path);
  const data = new Float64Array(bytes.buffer, bytes.byteOffset, shape.rows * shape.features);
  // What a backend compiles and starts, it does in the fit, and that is counted.
  const ours = threads === 0 ? reference : { backend: await openWasm(threads) };
  const estimator = estimatorOf({ shape, start }, ours, iterations);
  const growth = await residentGrowth(() => estimator.fit({ data, rows: shape.rows, columns: shape.features }));
  if ("close" in ours.backend) await ours.backend.close();
  return growth;
}

console.log(JSON.stringify({ pid: process.pid }));
for await (const line of createInterface({ input: process.stdin })) {
  const words = await answer(JSON.parse(line) as ProbeRequest).catch((error: unknown) => ({ error: String(error) }));
  console.log(JSON.stringify(words));
}
