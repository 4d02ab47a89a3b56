import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A program that answers each line of JSON with a line of JSON, in order. It lives until it is closed, so that only its work is measured. */
export interface JsonLines {
  /** Sends a request and waits for its answer. An answer `{ error }`, or the program's end, rejects. */
  ask(request: object): Promise<Record<string, unknown>>;
  /** Ends the program. */
  close(): void;
}

/**
 * Starts a program and waits for its first line.
 *
 * @returns the program, and that line
 * @throws (by rejection) Error when it cannot be started, ends early, or its first line is `{ error }`; the message says why
 */
export async function startJsonLines(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ program: JsonLines; greeting: Record<string, unknown> }> {
  const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "pipe"] });
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  let complaint = "";
  let ended: Error | undefined;

  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  child.stderr.on("data", (text) => (complaint = `${complaint}${text}`.slice(-2000)));
  child.stdin.on("error", () => {}); // a program that has ended is noticed by its exit
  child.on("error", (error) => end(new Error(`${command} cannot be started: ${error.message}`)));
  child.on("close", (code) => end(new Error(complaint.trim().split("\n").at(-1) || `${command} ended with code ${code}`)));
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.resolve(line));

  const nextAnswer = async (): Promise<Record<string, unknown>> => {
    const line = await new Promise<string>((resolve, reject) => {
      if (ended === undefined) waiting.push({ resolve, reject });
      else reject(ended);
    });
    const answer = JSON.parse(line) as Record<string, unknown>;
    if (typeof answer["error"] === "string") throw new Error(answer["error"]);
    return answer;
  };
  const program: JsonLines = {
    ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return nextAnswer();
    },
    close: () => child.stdin.end(),
  };
  return { program, greeting: await nextAnswer() };
}
