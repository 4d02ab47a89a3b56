// Clocks of work, which another program on the machine cannot advance: tests of speed read them in place of the wall's.

/** Milliseconds of processor time that this thread has had; where the platform counts whole processes only, those of the process. */
export function processorTime(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}
