import type { IncomingMessage, Server } from "node:http";
import { createServer } from "node:http";
import { isMixturaError } from "@mixtura/core";
import type { FittedDetector } from "@mixtura/outliers";
import { readEvents, Refusal } from "./body.ts";
import { judge } from "./judge.ts";

/** The service: `POST /events` judges, `GET /health` says that it is there and what it judges by. */
export function createService(detector: FittedDetector): Server {
  const server = createServer((request, response) => {
    const send = (status: number, body: unknown): void => {
      const text = JSON.stringify(body);
      // Once the service is shutting down, nobody is to wait for another request on this connection.
      const connection = server.listening ? {} : { connection: "close" };
      response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text), ...connection });
      response.end(text);
    };
    answer(detector, request).then(
      (body) => send(200, body),
      (error: unknown) => send(statusOf(error), { error: errorBody(error) }),
    );
  });
  return server;
}

async function answer(detector: FittedDetector, request: IncomingMessage): Promise<unknown> {
  const path = new URL(request.url ?? "/", "http://service").pathname;
  if (path === "/health") {
    const { type, featureNames, threshold } = detector;
    return { status: "ok", detector: type, features: featureNames, threshold };
  }
  if (path !== "/events") throw new Refusal(404, "not-found", "There are POST /events and GET /health.");
  if (request.method !== "POST") throw new Refusal(405, "method-not-allowed", "Events are posted.");
  const events = await readEvents(request);
  return { verdicts: await judge(detector, events) };
}

/** What the caller can mend is a 400: a missing feature, a text where a number belongs. The rest is ours. */
function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status;
  return isMixturaError(error) ? 400 : 500;
}

/** Mixtura's own code and facts, for programs; of failures that are ours, nothing. */
function errorBody(error: unknown): object {
  if (error instanceof Refusal) return { code: error.code, message: error.message };
  if (isMixturaError(error)) return { code: error.code, message: error.message, detail: error.detail };
  console.error(error);
  return { code: "internal", message: "The service failed." };
}
