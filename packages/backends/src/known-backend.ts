import type { BackendCandidate } from "@mixtura/backend/trial";
import type { TensorFlow, TfjsEngine, TfjsPackage } from "@mixtura/backend-tfjs";

/** Where a program runs. */
export type Platform = "node" | "browser";

/** What a program provides that a backend may run on. */
export interface BackendHost {
  /** The namespace of TensorFlow.js with an engine, as the program finds it. Undefined, or absent: the package is loaded by its name. */
  readonly tensorFlow?: (from: TfjsPackage, engine: TfjsEngine) => Promise<TensorFlow | undefined>;
}

/** A backend that can be requested by name. */
export interface KnownBackend extends Omit<BackendCandidate, "load"> {
  /** For a list that people choose from: "WebAssembly, threads". */
  readonly title: string;
  /** What there is to know before choosing it, in a few words. */
  readonly about: string;
  /** Our package that contains it. */
  readonly package: `@mixtura/${string}`;
  /** Libraries of which any one must be installed next to that package. */
  readonly needs: readonly string[];
  readonly runsIn: readonly Platform[];
  /** Where it runs more exactly, for a table. */
  readonly where: string;
  /** Why it cannot be here what `about` says; nothing where it seems that it can. */
  readonly missing: () => string | undefined | Promise<string | undefined>;
  /** Loads it; rejects where it is not installed or does not start. */
  readonly load: (host?: BackendHost) => ReturnType<BackendCandidate["load"]>;
}
