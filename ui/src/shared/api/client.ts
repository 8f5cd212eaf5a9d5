import { ProblemError, isProblem, problemOf } from "./problem";

/** Longest wait for an answer. */
const PATIENCE_MS = 20_000;

/** Asks the server that this page came from. The session travels in a cookie that pages cannot read. */
export async function ask<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> {
  // `AbortSignal.timeout` would be shorter, but older phones do not have it.
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), PATIENCE_MS);
  const request: RequestInit = {
    method,
    credentials: "same-origin",
    headers: body === undefined ? {} : { "content-type": "application/json" },
    signal: impatience.signal,
  };
  if (body !== undefined) request.body = JSON.stringify(body);
  const response = await fetch(path, request)
    .catch((cause: unknown) => {
      throw new ProblemError(problemOf(cause instanceof DOMException ? new TypeError("timeout") : cause));
    })
    .finally(() => clearTimeout(timer));
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as T;
  throw new ProblemError(isProblem(answer) ? answer : problemOf(undefined));
}
