import { onScopeDispose, ref, shallowRef } from "vue";

import { SESSION_ENDED, answer, server } from "@/shared/api/client";
import { ProblemError, problemOf } from "@/shared/api/problem";
import type { Account, Collection, Problem } from "@/shared/api/types";
import { forgetDrafts } from "@/shared/draft";
import { remembered } from "./last-seen";

/** Who is here, and what is collected. A newcomer is nobody until `start` is called. */
export function useStudent(isNewcomer: boolean) {
  /** `undefined` until the server said who this is, `null` when it is nobody. */
  const account = shallowRef<Account | null | undefined>(isNewcomer ? null : undefined);
  const collections = shallowRef<Collection[]>([]);
  const trouble = shallowRef<Problem>();
  const isLoaded = ref(false);

  /** Staff who share the browser are nobody here: what is asked for is refused to them. */
  async function start(): Promise<void> {
    trouble.value = undefined;
    try {
      account.value = await answer(server.GET("/api/account"));
      await list();
    } catch (cause) {
      if (cause instanceof ProblemError && (cause.problem.status === 401 || cause.problem.status === 403)) account.value = null;
      else trouble.value = problemOf(cause);
    }
  }

  async function list(): Promise<void> {
    collections.value = (await answer(server.GET("/api/collections"))).collections;
    isLoaded.value = true;
  }

  async function signed(who: Account): Promise<void> {
    account.value = who;
    await list().catch((cause: unknown) => (trouble.value = problemOf(cause)));
  }

  /** Nothing of a person stays on a phone that somebody else may use next. */
  function signedOut(): void {
    account.value = null;
    trouble.value = undefined;
    forgetDrafts();
    void import("@/features/photo/kept-shot").then(({ forgetAllShots }) => forgetAllShots()).catch(() => undefined);
    collections.value = [];
    isLoaded.value = false;
    remembered.forget();
  }

  async function signOut(): Promise<void> {
    await answer(server.POST("/api/sign-out")).catch(() => undefined);
    signedOut();
  }

  /** One that was just made, or has just changed, stands in the list too. */
  function keep(one: Collection): void {
    const at = collections.value.findIndex(({ id }) => id === one.id);
    collections.value = at < 0 ? [...collections.value, one] : collections.value.map((other) => (other.id === one.id ? one : other));
  }

  function ended(): void {
    if (account.value) signedOut();
  }
  window.addEventListener(SESSION_ENDED, ended);
  onScopeDispose(() => window.removeEventListener(SESSION_ENDED, ended));

  return { account, collections, trouble, isLoaded, start, signed, signOut, signedOut, keep };
}
