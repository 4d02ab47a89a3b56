// A fresh process: from before the import to the first result of a small fit, the mean log-likelihood of its rows.
// Arguments: file of rows, rows, features, components, and "wasm" for that backend (else the one that a fit chooses by itself).
import { readFileSync } from "node:fs";
import type { WasmModule } from "../ours.ts";

const [path = "", rows = "", features = "", components = "", choice] = process.argv.slice(2);
const bytes = readFileSync(path);
const data = new Float64Array(bytes.buffer, bytes.byteOffset, Number(rows) * Number(features));
const X = { data, rows: Number(rows), columns: Number(features) };
const wasm = "@mixtura/backend-wasm";

const begin = performance.now();
const { GaussianMixture } = await import("@mixtura/mixture");
const backend = choice === "wasm" ? ((await import(wasm)) as WasmModule).createWasmBackend({ threads: 1 }) : undefined;
const estimator = new GaussianMixture({ nComponents: Number(components), randomState: 1, ...(backend && { backend }) });
const score = await (await estimator.fit(X)).score(X);
const seconds = (performance.now() - begin) / 1e3;

await backend?.close();
console.log(JSON.stringify({ seconds, score }));
