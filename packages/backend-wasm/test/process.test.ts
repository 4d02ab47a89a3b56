import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);

/** Runs a program beside the tests, which sees the package as it was built. The bound is for a program that never ends by itself. */
async function program(code: string): Promise<string> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: join(import.meta.dirname, ".."),
    timeout: 300_000,
  });
  return stdout.trim();
}

/** Uploads rows and makes passes until at least one was worked on by workers. */
const USE_WORKERS = `
  import { createWasmBackend } from "@mixtura/backend-wasm";
  const backend = createWasmBackend({ threads: 2 });
  const rows = 50_000;
  const handle = await backend.upload({ data: Float64Array.from({ length: rows * 4 }, (_, i) => Math.sin(i)), rows, columns: 4 });
  const { control } = handle.packed.arena;
  const before = control[0];
  for (let pass = 0; control[0] === before && pass < 500; pass++)
    await backend.kernels.moments(handle, {
      labels: Int32Array.from({ length: rows }, (_, i) => i % 8),
      centres: new Float64Array(32),
      scatter: "full",
    });
  process.stdout.write(control[0] > before ? "shared" : "alone");
`;

it.skipIf(availableParallelism() === 1)("a program that used workers and never calls close() ends by itself", async () => {
  expect(await program(USE_WORKERS)).toBe("shared");
});

it.skipIf(availableParallelism() === 1)("a program that calls process.exit() while workers run ends at once", async () => {
  expect(await program(`${USE_WORKERS}; process.exit(0);`)).toBe("shared");
});

it("importing compiles nothing, starts nothing and takes no memory", async () => {
  const code = `
    const used = [];
    for (const name of ["compile", "validate", "instantiate", "Memory", "Module", "Instance"])
      Object.defineProperty(WebAssembly, name, { get: () => used.push(name) });
    process.getBuiltinModule = (name) => used.push(name);
    const { createWasmBackend } = await import("@mixtura/backend-wasm");
    createWasmBackend();
    process.stdout.write(JSON.stringify(used));
  `;
  expect(await program(code)).toBe("[]");
});
