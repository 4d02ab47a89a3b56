/** A failure of the command line itself rather than of the library. */
export class CommandError extends Error {
  readonly code: "usage" | "write-error" | "plugin";

  constructor(code: CommandError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CommandError";
    this.code = code;
  }
}
