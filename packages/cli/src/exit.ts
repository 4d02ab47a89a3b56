/** The exit codes: 3 is kept for commands that look for something and find it. */
export const EXIT = { ok: 0, error: 1, usage: 2, interrupted: 130, terminated: 143 } as const;
