import { describeEstimator } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { backendSubjects, wholeSubjects } from "./subjects.ts";

for (const subject of [...wholeSubjects(), ...backendSubjects()]) describeEstimator(subject, { describe, expect, it });
