/** The exit codes; `found` is for commands that look for something and find it. */
export const EXIT = { ok: 0, error: 1, usage: 2, found: 3 } as const;

/** Signals that ask the program to end, with the exit codes that shells expect of it. */
export const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export type EndSignal = keyof typeof SIGNALS;
