export type { BackendHost, KnownBackend, Platform } from "./known-backend.ts";
export type { BackendName } from "./list.ts";
export { backendsOn, knownBackends } from "./list.ts";
