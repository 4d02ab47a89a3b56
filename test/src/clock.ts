// The clock of work, which another program on the machine cannot advance: tests of speed read it in place of the wall's.
// By path: it belongs to the laws about speed, which tests of packages below them want as well.
import { startProcessorTime } from "../../packages/testing/src/work-watch.ts";

export { startProcessorTime };

/** Milliseconds of work by which the machine is tried. */
const TRIAL = 50;

/**
 * What a group of tests about the wall's clock is called, and whether it must be skipped because the machine has other work: a test that runs
 * on half a processor says nothing about time.
 */
export function onIdleMachine(title: string): { readonly title: string; readonly busy: boolean } {
  const [spent, started] = [startProcessorTime(), performance.now()];
  while (spent() < TRIAL);
  const slowdown = (performance.now() - started) / TRIAL;
  const busy = slowdown > 1.5;
  return {
    title: busy ? `${title} (skipped: other programs have this machine, work takes ${slowdown.toFixed(1)} times as long)` : title,
    busy,
  };
}
