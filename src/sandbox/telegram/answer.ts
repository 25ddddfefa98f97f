// The envelope of every Bot API answer, and the refusals that several methods share, in Telegram's words.

export type Refusal = { ok: false; error_code: number; description: string; parameters?: { retry_after: number } };

export type Answer<T> = { ok: true; result: T } | Refusal;

export const accept = <T>(result: T): Answer<T> => ({ ok: true, result });

/** Answers 400 with `Bad Request: ` before the reason. */
export const badRequest = (reason: string): Refusal => ({ ok: false, error_code: 400, description: `Bad Request: ${reason}` });

export const forbidden = (reason: string): Refusal => ({ ok: false, error_code: 403, description: `Forbidden: ${reason}` });

export const conflict = (reason: string): Refusal => ({ ok: false, error_code: 409, description: `Conflict: ${reason}` });

/** Answers 429; `retryAfter` is in seconds. */
export const tooManyRequests = (retryAfter: number): Refusal => ({
  ok: false,
  error_code: 429,
  description: `Too Many Requests: retry after ${retryAfter}`,
  parameters: { retry_after: retryAfter },
});

export const unauthorized: Refusal = { ok: false, error_code: 401, description: 'Unauthorized' };

export const notFound: Refusal = { ok: false, error_code: 404, description: 'Not Found' };

export const internalError: Refusal = { ok: false, error_code: 500, description: 'Internal Server Error' };
