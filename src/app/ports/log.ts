// Structured log lines. Fields are an allow-list by habit: ids, codes, counts and times; never a secret or a person's data.

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export type Log = {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** `error` is a bug or an outage that the operator should see. The cause is logged by its name, message and stack. */
  error(event: string, fields?: LogFields, cause?: unknown): void;
};
