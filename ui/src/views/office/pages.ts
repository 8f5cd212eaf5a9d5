import type { Component } from "vue";
import { BookOpenCheck, Building2, ChartColumn, ClipboardCheck, Coins, Eye, GraduationCap, Headset, Hourglass, Images, ListChecks, MessageSquareText, Package, Radio, ReceiptText, ScrollText, Store, Undo2, UserRound, UsersRound, Wrench } from "@lucide/vue";

import type { Account, Role } from "@/shared/api/types";

/** Everything the office can show, in the order of its navigation. */
export const PAGES = [
  { at: "review", icon: ClipboardCheck, roles: ["reviewer"], group: "work" },
  { at: "inbox", icon: Headset, roles: ["support", "admin"], group: "work" },
  { at: "counter", icon: Coins, roles: ["operator", "admin"], group: "work" },
  { at: "live", icon: Radio, roles: ["operator", "support", "admin"], group: "work" },
  { at: "requests", icon: ListChecks, roles: ["school", "admin"], group: "work" },
  { at: "handover", icon: Package, roles: ["admin"], group: "work" },
  { at: "prints", icon: Images, roles: ["admin"], group: "work" },
  { at: "orders", icon: ReceiptText, roles: ["support", "admin"], group: "work" },
  { at: "refunds", icon: Undo2, roles: ["support", "admin"], group: "work" },
  { at: "messages", icon: MessageSquareText, roles: ["support", "admin"], group: "work" },
  { at: "rosters", icon: BookOpenCheck, roles: ["school", "admin"], group: "order" },
  { at: "campaigns", icon: GraduationCap, roles: ["school", "admin"], group: "order" },
  { at: "schools", icon: Building2, roles: ["admin"], group: "order" },
  { at: "studios", icon: Store, roles: ["operator", "admin"], group: "order" },
  { at: "stats", icon: ChartColumn, roles: ["admin"], group: "house" },
  { at: "staff", icon: UsersRound, roles: ["admin"], group: "house" },
  { at: "looks", icon: Eye, roles: ["school", "admin"], group: "house" },
  { at: "audit", icon: ScrollText, roles: ["admin"], group: "house" },
  { at: "retention", icon: Hourglass, roles: ["admin"], group: "house" },
  { at: "jobs", icon: Wrench, roles: ["admin"], group: "house" },
  { at: "account", icon: UserRound, roles: ["reviewer", "school", "support", "operator", "admin"], group: "self" },
] as const satisfies readonly { at: string; icon: Component; roles: readonly Role[]; group: string }[];

export type PageName = (typeof PAGES)[number]["at"];
export const GROUPS = ["work", "order", "house", "self"] as const;

/** The pages that an account's grants open. */
export function pagesOf(account: Account): (typeof PAGES)[number][] {
  const roles = new Set((account.grants ?? [{ role: account.role }]).map(({ role }) => role).concat(account.role));
  return PAGES.filter((page) => page.roles.some((role) => roles.has(role)));
}

/** The page of an address `#/review`, or `#/refunds?order=ID`; the account's first one where it names none that is open. */
export function pageAt(hash: string, account: Account): PageName | undefined {
  const open = pagesOf(account);
  const named = open.find(({ at }) => hash.split("?")[0] === `#/${at}`);
  return (named ?? (open.length > 1 ? open[0] : undefined))?.at;
}
