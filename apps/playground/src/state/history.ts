/** States to go back and forth through. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
}

/** Steps that can be taken back. */
const DEPTH = 200;

export function started<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/**
 * Moves on to a new state.
 *
 * @param joined whether this change and the one before are one, as the steps of a slider are
 */
export function changed<T>(history: History<T>, present: T, joined: boolean): History<T> {
  if (joined) return { ...history, present, future: [] };
  return { past: [...history.past.slice(1 - DEPTH), history.present], present, future: [] };
}

export function undone<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future] };
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future };
}
