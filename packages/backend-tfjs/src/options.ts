import type { DeclarationsOf } from "@mixtura/core";
import type { TfjsEngine } from "./engines.ts";
import { ENGINES } from "./engines.ts";

/** How the TensorFlow.js backend is set up. */
export interface TfjsBackendOptions {
  /** Which engine computes. Default: the one that TensorFlow.js has active, or makes active when it is asked. */
  engine?: TfjsEngine;
  /** Ends the wait for an engine to start. */
  signal?: AbortSignal;
}

/** The options of tfjsBackend, declared once. */
export const tfjsBackendOptions = {
  engine: {
    range: { kind: "choice", choices: Object.keys(ENGINES) as TfjsEngine[] },
    description: "Which engine of TensorFlow.js computes; absent, the one that is active.",
  },
  signal: {
    range: { kind: "other", words: "an AbortSignal", accepts: (value) => typeof (value as AbortSignal | null)?.aborted === "boolean" },
    description: "Ends the wait for an engine to start.",
    flag: false,
  },
} satisfies DeclarationsOf<TfjsBackendOptions>;
