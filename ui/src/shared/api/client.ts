import createClient from "openapi-fetch";

import { ProblemError, isProblem, problemOf } from "./problem";
import type { paths } from "./server";

/** Longest wait for an answer, milliseconds. */
const PATIENCE_MS = 20_000;

/**
 * The server that this page came from, every path and message checked against its own description. The session travels in
 * a cookie that pages cannot read. Use it inside `answer`.
 */
export const server = createClient<paths>({ baseUrl: location.origin, credentials: "same-origin", fetch: patiently });

/** Said to the page when the server knows its session no more. */
export const SESSION_ENDED = "gradshot:session-ended";

/** What was answered; throws a `ProblemError` for a refusal and for a line that is cut. */
export async function answer<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await asked.catch((cause: unknown) => {
    throw new ProblemError(problemOf(cause));
  });
  if (response.ok) return data as T;
  if (response.status === 401) window.dispatchEvent(new Event(SESSION_ENDED));
  throw new ProblemError(isProblem(error) ? error : problemOf(undefined));
}

async function patiently(request: Request): Promise<Response> {
  // `AbortSignal.timeout` would be shorter, but older phones do not have it.
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), PATIENCE_MS);
  try {
    return await fetch(request, { signal: impatience.signal });
  } catch {
    // Cut or too slow: for a person it is the same.
    throw new TypeError("no answer");
  } finally {
    clearTimeout(timer);
  }
}
