export type { BackendName } from "./list.ts";
export { backendsOn, knownBackends } from "./list.ts";
