import { referenceBackend } from "@mixtura/backend";
import { afterEach, expect, it, vi } from "vitest";
import { createWasmBackend } from "../src/backend.ts";
import { draw } from "./data.ts";
import { EVERY_CALL } from "./every-call.ts";

const real = (globalThis as unknown as { WebAssembly: object }).WebAssembly;

afterEach(() => {
  vi.unstubAllGlobals();
});

/** An engine's WebAssembly with some of its functions replaced. */
function altered(replaced: object): object {
  return Object.assign(Object.create(real) as object, replaced);
}

const ENGINES: Readonly<Record<string, [engine: object | undefined, reason: RegExp]>> = {
  "has no WebAssembly": [undefined, /^this JavaScript engine has no WebAssembly$/],
  "has no SIMD": [altered({ validate: () => false }), /^this JavaScript engine has no WebAssembly SIMD$/],
  "may not compile, as a page's content security policy can say": [
    altered({ compile: () => Promise.reject(new Error("Wasm code generation disallowed by embedder")) }),
    /^Wasm code generation disallowed by embedder$/,
  ],
  "has no memory left": [
    altered({
      Memory: class {
        constructor() {
          throw new RangeError("could not allocate memory");
        }
      },
    }),
    /^could not allocate memory$/,
  ],
};

it.each(Object.entries(ENGINES))("the reference kernels serve where the engine %s", async (_, [engine, reason]) => {
  vi.stubGlobal("WebAssembly", engine);
  const backend = createWasmBackend();
  const problem = draw({ rows: 300, features: 3, count: 2 });
  const handle = await backend.upload(problem.data);

  expect(await backend.engine()).toEqual({ name: "reference", threads: 1, reason: expect.stringMatching(reason) as string });
  for (const call of Object.values(EVERY_CALL)) {
    expect(await call(backend.kernels, handle, problem)).toEqual(await call(referenceBackend.kernels, problem.data, problem));
  }
  expect(await backend.download(handle)).toEqual(problem.data);
  backend.release(handle);
  await backend.close();
});

it("without relaxed SIMD the plain binary serves", async () => {
  const relaxed = (await import("../src/generated/relaxed.ts")).base64;
  const { validate } = real as { validate: (bytes: Uint8Array) => boolean };
  vi.stubGlobal(
    "WebAssembly",
    altered({ validate: (bytes: Uint8Array) => Buffer.from(bytes).toString("base64") !== relaxed && validate(bytes) }),
  );

  expect((await createWasmBackend({ threads: 1 }).engine()).name).toBe("plain");
});

it("deterministic pins the plain binary", async () => {
  expect((await createWasmBackend({ threads: 1, deterministic: true }).engine()).name).toBe("plain");
});

it("it keeps the name of the backend: what serves is engine()'s to say", () => {
  expect(createWasmBackend().name).toBe("wasm");
});
