import type { Diagnostic } from "@mixtura/core";
import { LARGEST_ERROR } from "./error.ts";

/** Why passes were made in float64 on the host. */
export type Refusal = "error" | "grid" | "collapse" | "range" | "size" | "device" | "not-finite" | "asked";

/** What became of the passes over one data set. */
export interface Notes {
  /** A pass in single precision, with the error that was found on the sample. */
  single(error: number): void;
  /** A pass that was made in float64 instead; `reason` is the device's own words. */
  exact(refusal: Refusal, found: number | string): void;
  diagnostics(): readonly Diagnostic[];
}

const WHY: Readonly<Record<Refusal, (found: number | string) => string>> = {
  error: (found) =>
    `single precision was off by ${show(found)} on a sample of the rows, and ${LARGEST_ERROR} is the most that is put up with`,
  grid: (found) => `a component is so narrow that rows are rounded to ${show(found)} of its standard deviation`,
  collapse: (found) => `a component shrank to ${show(found)} of itself in some direction at once, of which single precision knows nothing`,
  range: () => "some rows are too far away for the range of single precision",
  size: (found) => `the device takes less than was asked for (${found})`,
  device: (found) => `the device failed (${found})`,
  "not-finite": () => "a sum left the range of single precision",
  asked: () => "more digits were asked for than single precision has: by a small tol, or by mixed precision",
};

/** Starts notes about the passes on a device. */
export function takeNotes(device: string): Notes {
  let passes = 0;
  let worst = 0;
  const refused = new Map<Refusal, { passes: number; found: number | string }>();
  return {
    single(error) {
      passes++;
      worst = Math.max(worst, error);
    },
    exact(refusal, found) {
      const before = refused.get(refusal) ?? { passes: 0, found };
      const worse = typeof found === "number" ? (refusal === "collapse" ? Math.min : Math.max)(found, Number(before.found)) : before.found;
      refused.set(refusal, { passes: before.passes + 1, found: worse });
    },
    diagnostics() {
      const fell = [...refused].map(([refusal, { passes: count, found }]): Diagnostic => ({
        code: "backend-fell-back",
        severity: refusal === "asked" ? "info" : "warning",
        message:
          `${count} ${count === 1 ? "pass" : "passes"} over the rows ran in float64 on the plain kernels instead of "${device}", since ` +
          `${WHY[refusal](found)}. A float64 backend such as wasm is faster there.`,
        detail: { backend: device, passes: count, reason: refusal },
      }));
      if (passes === 0) return fell;
      const message =
        `${passes} ${passes === 1 ? "pass" : "passes"} over the rows ran in single precision on "${device}". The largest error found on a sample of ` +
        `the rows was ${show(worst)}; from ${LARGEST_ERROR} on a pass is made in float64 instead.`;
      return [
        { code: "single-precision", severity: "info", message, detail: { backend: device, passes, error: worst, limit: LARGEST_ERROR } },
        ...fell,
      ];
    },
  };
}

function show(found: number | string): string {
  return typeof found === "number" ? found.toPrecision(2) : found;
}
