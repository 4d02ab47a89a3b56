export { toyBackend } from "./backend.ts";
export type { Handle, Memory } from "./memory.ts";
export { createMemory } from "./memory.ts";
