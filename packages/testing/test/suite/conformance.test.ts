import { defineBackend, referenceBackend } from "@mixtura/backend";
import { describe, expect, it } from "vitest";
import { describeBackend } from "../../src/index.ts";
import { countedDevice } from "@mixtura/fixtures/counted-device";

describeBackend({ name: "reference", create: () => referenceBackend }, { describe, expect, it });

// Every kernel derived, every handle counted: what the derived kernels make they must free, and what they freed they must not use.
for (const precision of ["float64", "float32"] as const) {
  const device = countedDevice(precision);
  describeBackend(
    {
      name: `kernels derived in ${precision}`,
      precision,
      create: () => defineBackend(device.primitives),
      liveHandles: device.liveHandles,
      onCallingThread: false, // the toy is written to be read: how fast it is says nothing
    },
    { describe, expect, it },
  );
}
