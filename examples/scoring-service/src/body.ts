import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

/**
 * The most bytes of a request, and the most events in it: a request
 * must not hold up the others.
 */
const MOST_BYTES = 1_000_000;
const MOST_EVENTS = 1000;

/**
 * Reads the events of a request: one object, or a list of them. What
 * they hold is looked at when they are judged.
 */
export async function readEvents(
  request: IncomingMessage,
): Promise<readonly unknown[]> {
  const text = await readText(request);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refusal(400, "invalid-json", "The body is no JSON.");
  }
  const events: readonly unknown[] = Array.isArray(body)
    ? body
    : [body];
  if (events.length === 0 || events.length > MOST_EVENTS)
    throw new Refusal(
      400,
      "invalid-shape",
      `A request holds 1 to ${MOST_EVENTS} events, this one ${events.length}.`,
    );
  return events;
}

/**
 * The body as text. What is too much is read no further, or not at all
 * where its length is announced.
 */
function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const refuse = (): void => {
      request.off("data", take);
      request.pause();
      reject(
        new Refusal(
          413,
          "too-large",
          `A request may hold ${MOST_BYTES} bytes.`,
        ),
      );
    };
    const take = (piece: Buffer): void => {
      bytes += piece.length;
      if (bytes <= MOST_BYTES) pieces.push(piece);
      else refuse();
    };
    if (Number(request.headers["content-length"] ?? 0) > MOST_BYTES)
      return refuse();
    request.on("data", take);
    request.on("end", () =>
      resolve(Buffer.concat(pieces).toString("utf8")),
    );
    request.on("error", () =>
      reject(
        new Refusal(
          400,
          "cut-off",
          "The request ended before its body did.",
        ),
      ),
    );
  });
}
