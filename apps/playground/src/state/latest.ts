/**
 * Lets only the newest call count: while one is under way, the last of those that come in runs next and the others never do.
 */
export function latest<A extends readonly unknown[]>(work: (...given: A) => Promise<void>): (...given: A) => void {
  let running = false;
  let waiting: A | undefined;
  const run = async (given: A): Promise<void> => {
    running = true;
    try {
      await work(...given);
    } finally {
      running = false;
      const next = waiting;
      waiting = undefined;
      if (next !== undefined) void run(next);
    }
  };
  return (...given) => {
    if (running) waiting = given;
    else void run(given);
  };
}
