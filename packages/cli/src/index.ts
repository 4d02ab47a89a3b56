export type { Host } from "./terminal.ts";
export { run } from "./run.ts";
