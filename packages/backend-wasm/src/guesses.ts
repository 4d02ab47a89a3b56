import type { GaussianComponents } from "@mixtura/backend";
import type { PackedRows } from "./matrix.ts";
import { kernelOf, ownTriangles } from "./parameters.ts";

/** Below this fraction of live pairs components are guessed. Chosen, not tuned: at 0.2 and less the sparse path pays, near 1 it cannot. */
const SPARSE = 0.6;
/** At 8 features the sparse path was slower than the dense one, at 16 faster: a direction costs d multiplications, a whole term d²/2. */
const LEAST_FEATURES = 12;
/** Rows per component from which the directions between components, made on the host, are a small part of a pass. */
const ROWS_PER_COMPONENT = 128;

/** What passes over the same rows pass on to the next. It changes how long they take, never their results. */
export interface Guesses {
  /** Address of each row's most probable component, as u32; 0 while not known. */
  address: number;
  /** How many components they were made for. */
  count: number;
  /** Fraction of live pairs that the last pass found. */
  live: number;
  /** Whether a pass is using them: another one at the same time does without. */
  busy: boolean;
}

/** No guesses yet. */
export function noGuesses(): Guesses {
  return { address: 0, count: 0, live: 1, busy: false };
}

/** Whether a soft pass with these components may use or make guesses. */
function mayGuess({ guesses }: PackedRows, rows: number, components: GaussianComponents): boolean {
  const { count, features } = components;
  if (kernelOf(components) !== ownTriangles || features < LEAST_FEATURES || count === 1) return false;
  return !guesses.busy && rows >= ROWS_PER_COMPONENT * count;
}

/**
 * Runs a pass with the guesses that it may have, and keeps what it found for the next.
 *
 * @param pass gets the address of the guesses and whether they are known already
 */
export async function withGuesses<T extends { readonly livePairs: number }>(
  packed: PackedRows,
  rows: number,
  components: GaussianComponents,
  pass: (guesses: { readonly address: number; readonly known: boolean } | undefined) => Promise<T>,
): Promise<T> {
  if (!mayGuess(packed, rows, components)) return pass(undefined);
  const { guesses, arena } = packed;
  const { count } = components;
  const sparse = guesses.live < SPARSE && guesses.count === count;
  if (!sparse && guesses.address > 0) {
    arena.give(guesses.address);
    guesses.address = 0;
  }
  const known = sparse && guesses.address > 0;
  if (sparse && !known) guesses.address = arena.take((rows + 8) * 4);
  guesses.busy = true;
  try {
    const found = await pass(sparse ? { address: guesses.address, known } : undefined);
    guesses.live = found.livePairs / (rows * count);
    guesses.count = count;
    return found;
  } catch (error) {
    guesses.live = 1; // half-made guesses are not to be used
    throw error;
  } finally {
    guesses.busy = false;
  }
}
