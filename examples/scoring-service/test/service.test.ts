import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, Server } from "node:http";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GaussianMixture } from "@mixtura/mixture";
import type { FittedDetector } from "@mixtura/outliers";
import { MixtureDetector } from "@mixtura/outliers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDetector } from "../src/detector.ts";
import { createService } from "../src/service.ts";
import { shutDown } from "../src/shutdown.ts";

const folder = mkdtempSync(join(tmpdir(), "scoring-service-"));
const modelPath = join(folder, "detector.json");
let detector: FittedDetector;
let server: Server;
let address: string;

beforeAll(async () => {
  const mixture = GaussianMixture.fromParameters({
    weights: [1],
    means: [[40, 7]],
    covariances: [
      [
        [9, 0],
        [0, 1],
      ],
    ],
    featureNames: ["pressure", "level"],
  });
  const { X } = mixture.sample(500, { randomState: 1 });
  const fitted = await new MixtureDetector({ mixture, novelty: true, threshold: { fpr: 0.01 } }).fit(X);
  writeFileSync(modelPath, JSON.stringify(fitted));
  detector = await readDetector(modelPath);
  server = createService(detector);
  server.listen(0);
  await once(server, "listening");
  address = `http://localhost:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await shutDown(server);
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly body: {
    readonly verdicts?: { score: number; pValue: number; outlier: boolean; reason?: string; contributions?: Record<string, number> }[];
    readonly error?: { code: string; message: string };
  };
}

async function post(body: string): Promise<Answer> {
  const response = await fetch(`${address}/events`, { method: "POST", body });
  return { status: response.status, body: (await response.json()) as Answer["body"] };
}

describe("POST /events", () => {
  it("gives score, p-value, flag and reasons of an anomaly", async () => {
    const { status, body } = await post(JSON.stringify({ id: "a-17", level: 7.5, pressure: 97 }));

    const [verdict] = body.verdicts!;
    expect(status).toBe(200);
    expect(verdict!.score).toBe(detector.point.score([97, 7.5]));
    expect(verdict!.pValue).toBe(1 / 501); // lower than all 500 calibration scores
    expect(verdict!.outlier).toBe(true);
    expect(verdict!.reason).toMatch(/^pressure: expected 40\.0 ± 3\.0, saw 97\.0/);
    expect(verdict!.contributions!["pressure"]).toBeCloseTo(361, 9); // (57 / 3)²
  });

  it("judges a list of events in their order, and gives reasons for anomalies alone", async () => {
    const { body } = await post(
      JSON.stringify([
        { pressure: 41, level: 7 },
        { pressure: 0, level: 7 },
        { pressure: 40, level: 6 },
      ]),
    );

    expect(body.verdicts!.map(({ outlier }) => outlier)).toEqual([false, true, false]);
    expect(body.verdicts!.map(({ reason }) => reason === undefined)).toEqual([true, false, true]);
  });

  it.each([
    ["a missing feature", `{"pressure":1}`, 400, "feature-mismatch", /level/],
    ["a text in place of a number", `{"pressure":"high","level":1}`, 400, "not-finite", /pressure/],
    ["null in place of a number", `{"pressure":null,"level":1}`, 400, "not-finite", /pressure/],
    ["a list of numbers", `[1,2]`, 400, "invalid-shape", /no object/],
    ["no events", `[]`, 400, "invalid-shape", /1 to 1000/],
    ["text that is no JSON", `{"pressure":`, 400, "invalid-json", /no JSON/],
    ["more than it takes", `"${"x".repeat(1_100_000)}"`, 413, "too-large", /bytes/],
  ])("refuses %s", async (_, body, status, code, message) => {
    const answer = await post(body);

    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});

describe("the rest of the service", () => {
  it("says what it judges by", async () => {
    const body: unknown = await (await fetch(`${address}/health`)).json();
    expect(body).toMatchObject({ status: "ok", detector: "MixtureDetector", features: ["pressure", "level"] });
  });

  it("knows no other paths and no other methods", async () => {
    for (const [path, status] of [
      ["/", 404],
      ["/events", 405],
    ] as const) {
      const response = await fetch(address + path);
      expect(response.status).toBe(status);
      expect(await response.json()).toHaveProperty("error.message");
    }
  });

  it("starts only with a detector", async () => {
    writeFileSync(
      join(folder, "mixture.json"),
      JSON.stringify(GaussianMixture.fromParameters({ weights: [1], means: [[0]], covariances: [[[1]]] })),
    );
    writeFileSync(join(folder, "cut.json"), JSON.stringify(detector).slice(0, 200));

    await expect(readDetector(join(folder, "cut.json"))).rejects.toMatchObject({ code: "invalid-model" });
    await expect(readDetector(join(folder, "mixture.json"))).rejects.toMatchObject({ code: "unknown-model-type" });
  });
});

describe.skipIf(process.platform === "win32")("the program", () => {
  it("listens, answers, and on SIGTERM ends once the answers under way are out", async () => {
    const program = spawn(process.execPath, [join(import.meta.dirname, "..", "dist", "main.js"), modelPath, "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    program.stdout.on("data", (piece) => (text += piece));
    while (!/port \d+/.test(text)) await once(program.stdout, "data");
    const [, port] = /port (\d+)/.exec(text)!;

    // With "expect", the server says when it has the head of the request: from then on it is under way.
    const slow = request({ port, path: "/events", method: "POST", headers: { expect: "100-continue" } });
    slow.flushHeaders();
    await once(slow, "continue");
    const ended = once(program, "exit");
    program.kill("SIGTERM");
    while (!text.includes("shutting down")) await once(program.stdout, "data");
    slow.end(`{"pressure": 40, "level": 7}`);
    const [response] = (await once(slow, "response")) as [IncomingMessage];
    response.resume();
    const [code] = await ended;

    expect(response.statusCode).toBe(200);
    expect(code).toBe(0);
  });
});
