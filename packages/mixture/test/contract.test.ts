import { describeEstimator } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { otherSubjects, ownSubjects } from "./subjects.ts";

for (const subject of [...ownSubjects(), ...otherSubjects()]) describeEstimator(subject, { describe, expect, it });
