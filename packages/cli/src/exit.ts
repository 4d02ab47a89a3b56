/** The exit codes; those from 3 on are results: something was found, some rows could not be judged, or both. */
export const EXIT = { ok: 0, error: 1, usage: 2, found: 3, notJudged: 4, foundAndNotJudged: 5 } as const;

/** Signals that ask the program to end, with the exit codes that shells expect of it. */
export const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export type EndSignal = keyof typeof SIGNALS;
