import { describeEstimator } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { otherSubjects, referenceSubjects } from "./subjects.ts";

for (const subject of [...referenceSubjects(), ...otherSubjects()]) describeEstimator(subject, { describe, expect, it });
