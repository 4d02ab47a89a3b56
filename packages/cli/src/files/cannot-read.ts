import { MixturaError } from "@mixtura/core";

/** What the system says against reading a file, with our code and in our words. */
export function cannotRead(path: string, what: "table" | "model file", error: unknown): MixturaError<"read-error"> {
  const { code, message } = error as NodeJS.ErrnoException;
  const problem =
    code === "ENOENT"
      ? "there is no such file."
      : code === "EISDIR"
        ? `this is a folder, not a ${what}.`
        : code === "EACCES"
          ? "reading it is not permitted."
          : `the file cannot be read (${message}).`;
  return new MixturaError("read-error", `${path}: ${problem}`, { source: path }, { cause: error });
}
