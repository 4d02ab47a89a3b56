/** How much of the event loop some work took. */
export interface WorkWatch {
  /** The most milliseconds of processor time that this thread spent between two turns of the event loop. */
  readonly longestStall: () => number;
  /**
   * Milliseconds that have passed for the work: of processor time on this thread, or turns of a timer of one millisecond where these are more,
   * as while other threads work. Neither is more than a clock on the wall shows, and a machine that is busy with other programs adds to neither.
   */
  readonly passed: () => number;
}

/** Runs `work` while a timer turns, and calls `onTurn` at each turn. */
export async function watchWork<Result>(work: (watch: WorkWatch) => Promise<Result>, onTurn?: (watch: WorkWatch) => void): Promise<Result> {
  const total = startProcessorTime();
  let sinceTurn = startProcessorTime();
  let longest = 0;
  let turns = 0;
  let running = true;
  const note = (): void => {
    longest = Math.max(longest, sinceTurn());
    sinceTurn = startProcessorTime();
  };
  const watch: WorkWatch = { longestStall: () => longest, passed: () => Math.max(total(), turns) };
  const turn = (): void => {
    if (!running) return;
    note();
    turns++;
    onTurn?.(watch);
    setTimeout(turn, 1);
  };
  setTimeout(turn, 1);
  try {
    return await work(watch);
  } finally {
    running = false;
    note();
  }
}

interface ProcessorTimes {
  readonly user: number;
  readonly system: number;
}

/**
 * Milliseconds of processor time of this thread since the call. Where the platform only counts those of the whole process, or none, never more
 * than the clock on the wall shows.
 */
export function startProcessorTime(): () => number {
  const { process } = globalThis as { process?: { threadCpuUsage?(): ProcessorTimes; cpuUsage?(): ProcessorTimes } };
  const read = (): number => {
    const times = process?.threadCpuUsage?.() ?? process?.cpuUsage?.();
    return times === undefined ? Infinity : (times.user + times.system) / 1000;
  };
  const [start, startOnWall] = [read(), performance.now()];
  return () => {
    const onWall = performance.now() - startOnWall;
    return start === Infinity ? onWall : Math.min(read() - start, onWall);
  };
}
