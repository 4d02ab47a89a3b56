// Run by other-node.test.ts on another Node than its own: the laws of the contract, and the bits of the plain binary.
import { createWasmBackend } from "@mixtura/backend-wasm";
import { runBackendLaws } from "@mixtura/testing";
import { goldenBits } from "./golden-bits.mjs";

const settings = { plain: { deterministic: true }, "what the engine takes": {} };
/** @type {Record<string, import("./other-node.test.ts").LawReport>} */
const laws = {};
for (const [name, options] of Object.entries(settings)) {
  const backend = createWasmBackend(options);
  const results = await runBackendLaws({ name, create: () => backend });
  laws[name] = {
    engine: (await backend.engine()).name,
    held: results.filter(({ passed }) => passed).length,
    broken: results.flatMap(({ id, passed, problem }) => (passed ? [] : [`${id}: ${problem}`])),
  };
}
process.stdout.write(
  JSON.stringify({ version: process.version, laws, bits: await goldenBits(createWasmBackend({ deterministic: true })) }),
);
