import { createWasmBackend } from "../src/index.ts";
import { describeBackend } from "@mixtura/testing";
import { describe, expect, it } from "vitest";

const suite = { describe, it, expect };

describeBackend({ name: "wasm", create: () => createWasmBackend() }, suite);
describeBackend({ name: "wasm, one thread", create: () => createWasmBackend({ threads: 1 }) }, suite);
describeBackend({ name: "wasm, deterministic", create: () => createWasmBackend({ deterministic: true }) }, suite);
