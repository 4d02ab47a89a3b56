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

/**
 * Leaves a state that turned out to be none: it is no step, neither back nor forth.
 *
 * @param instead what to go on with, unless the state before will do
 * @param willDo whether it does
 */
export function retracted<T>(history: History<T>, instead: T, willDo: (before: T) => boolean): History<T> {
  const previous = history.past.at(-1);
  return previous !== undefined && willDo(previous)
    ? { ...history, past: history.past.slice(0, -1), present: previous }
    : { ...history, present: instead };
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
