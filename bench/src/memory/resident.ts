import { readFileSync, writeFileSync } from "node:fs";

/**
 * By how much the resident memory of this process rises above where it stands, at its highest, while `work` runs.
 *
 * Rubbish is collected before, if the process was started with `--expose-gc`. On Linux the peak is that of the work alone; elsewhere it is that
 * of the process since its start.
 */
export async function residentGrowth(work: () => Promise<unknown>): Promise<{ seconds: number; bytes: number }> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const fresh = restartPeak();
  const begin = performance.now();
  await work();
  const seconds = (performance.now() - begin) / 1e3;
  const peak = fresh ? peakFromStatus() : process.resourceUsage().maxRSS * 1024;
  return { seconds, bytes: Math.max(0, peak - before) };
}

function restartPeak(): boolean {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
    return true;
  } catch {
    return false;
  }
}

function peakFromStatus(): number {
  const kibibytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return Number(kibibytes) * 1024;
}
