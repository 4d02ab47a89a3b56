import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, Server } from "node:http";
import { request } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GaussianMixture } from "@mixtura/mixture";
import type { FittedDetector } from "@mixtura/outliers";
import { MixtureDetector } from "@mixtura/outliers";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
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
    readonly verdicts?: {
      score: number;
      pValue: number;
      outlier: boolean;
      reason?: string;
      contributions?: Record<string, number>;
      error?: { code: string; message: string };
    }[];
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
    ["a list of nothing that can be judged", `[{"pressure":1},{"level":1}]`, 400, "feature-mismatch", /level/],
    ["no events", `[]`, 400, "invalid-shape", /1 to 1000/],
    ["text that is no JSON", `{"pressure":`, 400, "invalid-json", /no JSON/],
    ["more than it takes", `"${"x".repeat(1_100_000)}"`, 413, "too-large", /bytes/],
  ])("refuses %s", async (_, body, status, code, message) => {
    const answer = await post(body);

    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});

describe("one event among others (#16)", () => {
  const clean = [
    { pressure: 41, level: 7 },
    { pressure: 40, level: 6 },
  ];

  it.each([1e154, 1e200, 1e308, -1.7976931348623157e308])(
    "of the absurd size %d is an alarm with a reason, and the others are judged as without it",
    async (size) => {
      const alone = await post(JSON.stringify(clean));

      const { status, body } = await post(JSON.stringify([clean[0], { pressure: size, level: 7 }, clean[1]]));

      expect(status).toBe(200);
      const [first, absurd, last] = body.verdicts!;
      expect([first, last]).toEqual(alone.body.verdicts);
      expect(absurd).toMatchObject({
        outlier: true,
        pValue: 1 / 501,
        reason: expect.stringMatching(/^pressure: expected 40\.0 ± 3\.0, saw/) as string,
      });
      expect(Object.values(absurd!.contributions!).every(Number.isFinite)).toBe(true);
      expect(Number.isFinite(absurd!.score)).toBe(true);
    },
  );

  it.each([
    [`{"pressure":1e309,"level":7}`, "not-finite"],
    [`{"pressure":null,"level":7}`, "not-finite"],
    [`{"level":7}`, "feature-mismatch"],
    [`7`, "invalid-shape"],
    [`null`, "invalid-shape"],
    [`[40,7]`, "invalid-shape"],
  ])("that cannot be judged, %s, gets an error in its place", async (event, code) => {
    const alone = await post(JSON.stringify(clean));

    const { status, body } = await post(`[${JSON.stringify(clean[0])},${event},${JSON.stringify(clean[1])}]`);

    expect(status).toBe(200);
    const [first, refused, last] = body.verdicts!;
    expect([first, last]).toEqual(alone.body.verdicts);
    expect(refused).toMatchObject({ error: { code } });
  });
});

describe("a connection (#16)", () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  afterEach(() => logged.mockClear());
  afterAll(() => logged.mockRestore());

  /** A connection that has sent something, as bytes come. */
  async function send(text: string): Promise<Socket> {
    const socket = connect((server.address() as AddressInfo).port, "localhost").setEncoding("utf8");
    socket.on("error", () => {}); // the service may close it while there is more to send
    await once(socket, "connect");
    socket.write(text);
    return socket;
  }

  const head = (length: string): string => `POST /events HTTP/1.1\r\nhost: x\r\n${length}\r\n\r\n`;

  it.each(["//", "http://[", "http://"])("that asks for %s gets a 400, and no stack is written", async (path) => {
    const socket = await send(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    const [answer] = (await once(socket, "data")) as [string];

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain("invalid-url");
    expect(logged).not.toHaveBeenCalled();
    socket.destroy();
  });

  it.each([
    ["announces", head("content-length: 900000000")],
    ["sends", head("transfer-encoding: chunked")],
  ])("that %s more than is taken gets a 413, and is then read no further, and closed", async (_, opening) => {
    const piece = "x".repeat(65_536);
    const chunk = opening.includes("chunked") ? `${piece.length.toString(16)}\r\n${piece}\r\n` : piece;
    const socket = await send(opening);
    let text = "";
    socket.on("data", (part: string) => (text += part));
    const closed = new Promise((resolve) => void socket.once("close", resolve));

    // As much as the connection takes: what the service does not read fills the buffers between, and then nothing moves.
    let sent = 0;
    const pour = (): void => {
      while (!socket.destroyed && sent < 900_000_000) {
        sent += chunk.length;
        if (!socket.write(chunk)) return void socket.once("drain", pour);
      }
    };
    pour();
    await closed;

    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain("too-large");
    expect(text).toMatch(/connection: close/i);
    // Buffers of two sockets are some megabytes; a service that reads on takes all of it.
    expect(sent).toBeLessThan(100_000_000);
    expect(logged).not.toHaveBeenCalled();
  });

  it("that is cut is written down in one line, without a stack", async () => {
    const socket = await send(`${head("content-length: 100")}{"pressure":`);
    await new Promise((resolve) => void setTimeout(resolve, 50));
    socket.destroy();
    while (logged.mock.calls.length === 0) await new Promise((resolve) => void setTimeout(resolve, 5));

    expect(logged.mock.calls).toEqual([['cut off: POST "/events"']]);
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
  it.each([
    [{}, "127.0.0.1"],
    [{ HOST: "0.0.0.0" }, "0.0.0.0"],
  ])("listens on this machine's own address unless HOST says otherwise: %j", async (variables, address) => {
    const program = spawn(process.execPath, [join(import.meta.dirname, "..", "dist", "main.js"), modelPath, "0"], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, HOST: undefined, ...variables },
    });
    const [line] = (await once(program.stdout, "data")) as [Buffer];
    program.kill("SIGTERM");
    await once(program, "exit");

    expect(String(line)).toMatch(new RegExp(`^listening on ${address.replaceAll(".", "\\.")}, port \\d+`));
  });

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
