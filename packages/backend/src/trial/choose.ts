import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { Backend } from "../contract.ts";
import { referenceBackend } from "../reference/backend.ts";
import type { BackendCandidate, BackendTrial } from "./try-backend.ts";
import { tryBackend } from "./try-backend.ts";

/** Options of a choice. */
export interface BackendChoiceOptions {
  /**
   * Names, the most wanted first; the first that is there and right is taken. A name is the only way to a float32 backend. Absent: the float64
   * candidates in their order.
   */
  readonly prefer?: readonly string[];
  /** Ends the choice. */
  readonly signal?: AbortSignal;
}

/** A backend, and why it is this one. */
export interface ChosenBackend {
  readonly backend: Backend;
  readonly name: string;
  readonly precision: Backend["precision"];
  /** What was tried on the way, in order, the chosen one last. */
  readonly trials: readonly BackendTrial[];
  /** The choice in sentences. */
  readonly explanation: string;
}

/**
 * The first backend that is there and agrees with the reference. Where none is, the reference itself, in float64: no choice ends in single precision
 * unless it was asked for by name.
 *
 * @param candidates the fastest float64 one first
 * @throws (by rejection) MixturaError `invalid-option` for a name that no candidate has, `aborted`
 * @example
 * ```ts run
 * const candidates = [
 *   {
 *     name: "abacus",
 *     precision: "float64",
 *     load: () => Promise.reject(new Error("it is not installed")),
 *   },
 *   {
 *     name: "plain",
 *     precision: "float64",
 *     load: async () => referenceBackend,
 *   },
 * ] as const;
 * const { name, explanation } = await chooseBackend(candidates);
 * name // => "plain"
 * const [abacus, plain] = explanation.split(/(?<=\.) /);
 * abacus // => "abacus: not there (it is not installed)."
 * plain!.split(";")[0]
 * // => "plain: chosen, the first that is there and right"
 * ```
 */
export async function chooseBackend(candidates: readonly BackendCandidate[], options?: BackendChoiceOptions): Promise<ChosenBackend> {
  const { prefer, signal } = options ?? {};
  if (!Array.isArray(candidates) || !candidates.every((candidate) => typeof candidate === "object" && candidate !== null))
    throw notCandidates(candidates);
  if (prefer !== undefined && !Array.isArray(prefer)) throw notAList(prefer);
  const wanted = prefer?.map((name) => find(candidates, name)) ?? candidates.filter(({ precision }) => precision === "float64");
  const trials: BackendTrial[] = [];
  for (const candidate of wanted) {
    const trial = await tryBackend(candidate, signal === undefined ? {} : { signal });
    trials.push(trial);
    if (trial.state !== "sound") continue;
    return { backend: trial.backend!, name: trial.name, precision: trial.precision, trials, explanation: trials.map(sentence).join(" ") };
  }
  const last = "reference: chosen, since nothing else is there; it computes in float64.";
  return {
    backend: referenceBackend,
    name: "reference",
    precision: "float64",
    trials,
    explanation: [...trials.map(sentence), last].join(" "),
  };
}

function notCandidates(found: unknown): MixturaError {
  const message = `chooseBackend: "candidates" must be a list of { name, precision, load }, found ${show(found)}.`;
  return new MixturaError("invalid-option", message, { option: "candidates", found });
}

function notAList(found: unknown): MixturaError {
  const message = `selectBackend: "prefer" must be a list of names, found ${show(found)}.`;
  return new MixturaError("invalid-option", message, { option: "prefer", found });
}

function find(candidates: readonly BackendCandidate[], name: string): BackendCandidate {
  const found = candidates.find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  const known = candidates.map((candidate) => candidate.name).join(", ");
  throw new MixturaError("invalid-option", `selectBackend: "prefer" names ${show(name)}, which is not known. Known are ${known}.`, {
    option: "prefer",
    found: name,
  });
}

function sentence({ name, state, precision, reason }: BackendTrial): string {
  if (state === "sound") {
    const single = precision === "float32" ? ", since it was asked for by name; fits estimate its error and report it" : "";
    return `${name}: chosen, the first that is there and right; it computes in ${precision}${single}.`;
  }
  return `${name}: ${state === "absent" ? "not there" : "not right"} (${reason!.replace(/\.$/, "")}).`;
}
