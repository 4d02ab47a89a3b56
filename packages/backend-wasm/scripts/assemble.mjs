// Compiles assembly/ twice, with and without fused multiply-add, and writes both as base64 text that any bundler takes.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { rolldown } from "rolldown";
import { smallKernels } from "./small-kernels.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
mkdirSync("assembly/generated", { recursive: true });
mkdirSync("src/generated", { recursive: true });
mkdirSync("dist", { recursive: true });
writeFileSync("assembly/generated/small.ts", smallKernels());

for (const [name, features] of [
  ["plain", "simd,threads"],
  ["relaxed", "simd,threads,relaxed-simd"],
]) {
  const { error } = await asc.main(
    [
      "assembly/index.ts",
      "-O3",
      "--converge",
      "--noAssert",
      "--runtime",
      "stub",
      "--enable",
      features,
      "--importMemory",
      "--sharedMemory",
      "--maximumMemory",
      "65536",
      "--outFile",
      `dist/${name}.wasm`,
    ],
    { stderr: process.stderr },
  );
  if (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  const bytes = readFileSync(`dist/${name}.wasm`);
  writeFileSync(
    `src/generated/${name}.ts`,
    `/** dist/${name}.wasm, ${bytes.length} bytes. */\nexport const base64 =\n  "${bytes.toString("base64")}";\n`,
  );
  process.stdout.write(`${name}.wasm: ${bytes.length} bytes\n`);
}

// The worker's program as one text: it can be started with no file beside it, in Node, in browsers and from any bundle.
const bundle = await rolldown({ input: "src/threads/worker.ts", platform: "neutral", treeshake: true });
const { output } = await bundle.generate({ format: "iife", minify: true });
writeFileSync(
  "src/generated/worker.ts",
  `/** The program of src/threads/worker.ts. */\nexport const source =\n  ${JSON.stringify(output[0].code.trim())};\n`,
);
