/** The exit codes; `found` is for commands that look for something and find it. */
export const EXIT = { ok: 0, error: 1, usage: 2, found: 3, interrupted: 130, terminated: 143 } as const;
