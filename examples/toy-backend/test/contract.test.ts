import { describeBackend } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { createMemory, toyBackend } from "../src/index.ts";

const memory = createMemory();

describeBackend(
  {
    name: "toy",
    create: () => toyBackend(memory),
    liveHandles: memory.liveHandles,
  },
  { describe, expect, it },
);
