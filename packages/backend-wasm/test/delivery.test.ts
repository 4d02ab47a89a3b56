import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { afterAll, describe, expect, it } from "vitest";
import { createWasmBackend } from "../src/backend.ts";
import type { WasmModule } from "../src/webassembly.ts";
import { webAssembly } from "../src/webassembly.ts";
import { draw } from "./data.ts";
import { EVERY_CALL } from "./every-call.ts";
import golden from "./golden.json" with { type: "json" };

const run = promisify(execFile);
const root = join(import.meta.dirname, "..");
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder outside the workspace, where nothing can be found but what is put there. */
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mixtura-wasm-"));
  folders.push(folder);
  return folder;
}

const PROGRAM = `
  import { createWasmBackend } from "@mixtura/backend-wasm";
  import { goldenBits } from ${JSON.stringify(join(import.meta.dirname, "golden-bits.mjs"))};
  const backend = createWasmBackend({ deterministic: true, threads: 2 });
  // Long enough for workers to be started, which need no file of their own either.
  let bits;
  for (let round = 0; round < 4; round++) bits = await goldenBits(backend);
  process.stdout.write(JSON.stringify({ engine: (await backend.engine()).name, bits }));
`;

/** The program and all that it imports, bundled into a folder. */
async function bundleInto(folder: string, settings: { format: "esm" | "cjs"; codeSplitting: boolean; minify: boolean }): Promise<void> {
  const program = join(root, "program.js");
  const bundle = await rolldown({
    input: program,
    platform: "node",
    // A package does not find itself in its own node_modules.
    resolve: { alias: { "@mixtura/backend-wasm": join(root, "dist", "index.js") } },
    plugins: [
      {
        name: "program",
        resolveId: (id: string) => (id === program ? id : null),
        // CommonJS has no top-level await.
        load: (id: string) => (id === program ? PROGRAM.replace(/const backend[^]*$/, (body) => `(async () => { ${body} })();`) : null),
      },
    ],
  });
  await bundle.write({ dir: folder, entryFileNames: settings.format === "esm" ? "program.mjs" : "program.cjs", ...settings });
  await bundle.close();
}

describe("a bundled program runs where there is nothing else", () => {
  it.each([
    { format: "esm", codeSplitting: true, minify: true },
    { format: "esm", codeSplitting: false, minify: true },
    { format: "cjs", codeSplitting: false, minify: false },
  ] as const)("as $format, split into chunks: $codeSplitting", async (settings) => {
    const folder = emptyFolder();
    await bundleInto(folder, settings);
    const files = readdirSync(folder);
    expect(files.length > 1).toBe(settings.codeSplitting);

    const { stdout } = await run(process.execPath, [`program.${settings.format === "esm" ? "mjs" : "cjs"}`], {
      cwd: folder,
      timeout: 300_000,
    });

    expect(JSON.parse(stdout)).toEqual({ engine: "plain", bits: golden });
  });
});

describe("a module that was compiled elsewhere", () => {
  const compiled = (file: string): Promise<WasmModule> => webAssembly()!.compile(readFileSync(join(root, "dist", file)));

  it("serves where bytes may not be compiled", async () => {
    const module = await compiled("plain.wasm");
    const problem = draw({ rows: 3000, features: 8, count: 3 });
    const usual = createWasmBackend({ threads: 1, deterministic: true });
    const expected = await EVERY_CALL["expectation, full scatter, soft"]!(usual.kernels, await usual.upload(problem.data), problem);
    const real = webAssembly()! as unknown as Record<string, unknown>;
    const { compile, validate } = real;
    real["compile"] = real["validate"] = () => {
      throw new Error("compiling bytes is forbidden here");
    };
    try {
      const backend = createWasmBackend({ module, threads: 1 });

      expect(await backend.engine()).toEqual({ name: "plain", threads: 1 });
      const handle = await backend.upload(problem.data);
      expect(await EVERY_CALL["expectation, full scatter, soft"]!(backend.kernels, handle, problem)).toEqual(expected);
    } finally {
      Object.assign(real, { compile, validate });
    }
  });

  it("is recognised as the one with fused multiply-add", async () => {
    const bytes = readFileSync(join(root, "dist", "relaxed.wasm"));
    if (!webAssembly()!.validate(bytes)) return;
    expect((await createWasmBackend({ module: await compiled("relaxed.wasm"), threads: 1 }).engine()).name).toBe("relaxed");
  });
});

it("the published package works when it is installed by itself", async () => {
  const folder = emptyFolder();
  const packed = emptyFolder();
  const pack = (name: string) => run("pnpm", ["pack", "--pack-destination", packed], { cwd: join(root, "..", name) });
  await Promise.all(["core", "backend", "backend-wasm"].map(pack));
  const modules = join(folder, "node_modules", "@mixtura");
  for (const tarball of readdirSync(packed)) {
    // Spelled out rather than installed: nothing of these is in a registry yet.
    const name = /^mixtura-(.*)-\d+\.\d+\.\d+\.tgz$/.exec(tarball)![1]!;
    const at = join(modules, name);
    mkdirSync(at, { recursive: true });
    await run("tar", ["-xzf", join(packed, tarball), "-C", at, "--strip-components=1"]);
  }
  copyFileSync(join(import.meta.dirname, "golden-bits.mjs"), join(folder, "golden-bits.mjs"));
  writeFileSync(
    join(folder, "program.mjs"),
    `${PROGRAM.replace(/from "[^"]*golden-bits.mjs"/, 'from "./golden-bits.mjs"')}
     import { fileURLToPath } from "node:url";
     import { existsSync } from "node:fs";
     for (const name of ["plain", "relaxed"])
       if (!existsSync(fileURLToPath(import.meta.resolve("@mixtura/backend-wasm/" + name + ".wasm")))) throw new Error(name);`,
  );

  const { stdout } = await run(process.execPath, ["program.mjs"], { cwd: folder, timeout: 300_000 });

  expect(JSON.parse(stdout)).toEqual({ engine: "plain", bits: golden });
});
