import type { IncomingMessage } from "node:http";
import type { Event } from "./judge.ts";

/** A request that is refused, and how. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The most bytes of a request, and the most events in it: a request must not hold up the others. */
const MOST_BYTES = 1_000_000;
const MOST_EVENTS = 1000;

/** Reads the events of a request: one object, or a list of them. */
export async function readEvents(request: IncomingMessage): Promise<readonly Event[]> {
  const text = await readText(request);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refusal(400, "invalid-json", "The body is no JSON.");
  }
  const events = Array.isArray(body) ? body : [body];
  if (events.length === 0 || events.length > MOST_EVENTS)
    throw new Refusal(400, "invalid-shape", `A request holds 1 to ${MOST_EVENTS} events, this one ${events.length}.`);
  const wrong = events.findIndex((event) => typeof event !== "object" || event === null || Array.isArray(event));
  if (wrong !== -1) throw new Refusal(400, "invalid-shape", `Event ${wrong} is no object with a number for each feature.`);
  return events as Event[];
}

/** The body as text. What is too much is read to its end and forgotten: cut off, its sender would never see why. */
function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    request.on("data", (piece: Buffer) => {
      bytes += piece.length;
      if (bytes <= MOST_BYTES) pieces.push(piece);
      else reject(new Refusal(413, "too-large", `A request may hold ${MOST_BYTES} bytes.`));
    });
    request.on("end", () => resolve(Buffer.concat(pieces).toString("utf8")));
    request.on("error", reject);
  });
}
