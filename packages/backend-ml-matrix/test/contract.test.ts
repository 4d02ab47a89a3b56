import { describeBackend } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { mlMatrixBackend } from "../src/index.ts";

describeBackend({ name: "ml-matrix", create: mlMatrixBackend }, { describe, it, expect });
