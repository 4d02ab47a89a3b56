import type {
  IncomingMessage,
  Server,
  ServerResponse,
} from "node:http";
import { createServer } from "node:http";
import type { FittedDetector } from "@mixtura/outliers";
import { readEvents } from "./body.ts";
import { judge } from "./judge.ts";
import { errorBody, Refusal, statusOf } from "./refusal.ts";

/**
 * How long the sender of a body that is not read may take to see why.
 */
const PATIENCE_MILLISECONDS = 1000;

/**
 * The service: `POST /events` judges, `GET /health` says that it is
 * there and what it judges by.
 */
export function createService(detector: FittedDetector): Server {
  const server = createServer((request, response) => {
    const send = (status: number, body: unknown): void => {
      const text = JSON.stringify(body);
      const head = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
      };
      const unread = status === 413;
      // Once the service is shutting down, nobody is to wait for
      // another request on this connection.
      response.writeHead(
        status,
        server.listening && !unread
          ? head
          : { ...head, connection: "close" },
      );
      if (unread) endUnread(response, text);
      else response.end(text);
    };
    answer(detector, request).then(
      (body) => send(200, body),
      (error: unknown) => {
        log(request, error);
        send(statusOf(error), { error: errorBody(error) });
      },
    );
  });
  return server;
}

async function answer(
  detector: FittedDetector,
  request: IncomingMessage,
): Promise<unknown> {
  const path = pathOf(request);
  if (path === "/health") {
    const { type, featureNames, threshold } = detector;
    return {
      status: "ok",
      detector: type,
      features: featureNames,
      threshold,
    };
  }
  if (path !== "/events")
    throw new Refusal(
      404,
      "not-found",
      "There are POST /events and GET /health.",
    );
  if (request.method !== "POST")
    throw new Refusal(405, "method-not-allowed", "Events are posted.");
  const events = await readEvents(request);
  return { verdicts: await judge(detector, events) };
}

function pathOf({ url = "/" }: IncomingMessage): string {
  try {
    return new URL(url, "http://service").pathname;
  } catch {
    throw new Refusal(
      400,
      "invalid-url",
      "The address of the request is none.",
    );
  }
}

/**
 * Answers without reading the rest of the request. Closed at once, with
 * bytes that nobody read, a connection can take the answer with it: it
 * is
 * closed when the sender does, or its time is over.
 */
function endUnread(response: ServerResponse, text: string): void {
  response.write(text);
  const timer = setTimeout(() => response.end(), PATIENCE_MILLISECONDS);
  response.on("close", () => clearTimeout(timer));
}

/**
 * A failure that is ours with its stack; of a connection that its
 * client cut, a line.
 */
function log(
  { method, url, destroyed }: IncomingMessage,
  error: unknown,
): void {
  if (statusOf(error) === 500) console.error(error);
  else if (
    destroyed &&
    error instanceof Refusal &&
    error.code === "cut-off"
  )
    console.error(`cut off: ${method} ${JSON.stringify(url)}`);
}
