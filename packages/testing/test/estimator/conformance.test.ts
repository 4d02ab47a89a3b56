import { describe, expect, it } from "vitest";
import { describeEstimator } from "../../src/index.ts";
import { twoGroups } from "./data.ts";
import { normalBox } from "./normal-box.ts";

describeEstimator({ name: "a normal box", plugin: normalBox(), fits: twoGroups, scaling: "per-feature" }, { describe, expect, it });
