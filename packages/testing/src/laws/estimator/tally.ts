import { isMixturaError } from "@mixtura/core";
import type { LawFigure } from "../../law.ts";

/** Counts the cases of a law that holds or does not hold, and keeps the first that does not. */
export interface Tally {
  /** Runs one case; what it throws is a failure of the case, not of the check. */
  check(name: string, work: () => unknown): Promise<void>;
  figure(): LawFigure;
}

/** A tally that tolerates no failure, for the reason given. */
export function createTally(reason: string): Tally {
  let cases = 0;
  const failures: string[] = [];
  return {
    async check(name, work) {
      cases++;
      try {
        await work();
      } catch (error) {
        failures.push(`${name}: ${describeOutcome(error)}`);
      }
    },
    figure: () => ({
      worst: failures.length,
      tolerance: 0,
      unit: `of ${cases} cases`,
      where: failures.slice(0, 5).join("; ") || "none",
      reason,
    }),
  };
}

/** An outcome in words: the code of our errors, the name of others, or that there was none. */
export function describeOutcome(outcome: unknown): string {
  if (isMixturaError(outcome)) return `the error "${outcome.code}" (${outcome.message})`;
  if (outcome instanceof Error) return outcome.name === "Error" ? outcome.message : `${outcome.name}: ${outcome.message}`;
  return "no error";
}

/** What a call ended with: its error, or `undefined` where it succeeded. A call that throws before it returns a promise has failed the contract. */
export async function errorOf(call: () => Promise<unknown>): Promise<unknown> {
  let pending: Promise<unknown>;
  try {
    pending = call();
  } catch (error) {
    throw new Error(`threw ${describeOutcome(error)} instead of rejecting`, { cause: error });
  }
  return pending.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Throws unless an outcome is our error with one of the codes. */
export function requireCode(outcome: unknown, ...codes: readonly string[]): void {
  if (isMixturaError(outcome) && codes.includes(outcome.code)) return;
  throw new Error(`gave ${describeOutcome(outcome)} instead of the error "${codes.join('" or "')}"`);
}

/** Throws unless two texts are the same; shows where they part. */
export function requireSameText(found: string, right: string, where: string): void {
  if (found === right) return;
  let at = 0;
  while (found[at] === right[at]) at++;
  const from = Math.max(0, at - 40);
  throw new Error(`${where} is not the same to the bit: …${found.slice(from, at + 40)}… instead of …${right.slice(from, at + 40)}…`);
}
