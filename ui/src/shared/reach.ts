import { answer, server } from "./api/client";
import type { Account, Campaign, Grant, Studio } from "./api/types";

/** Whether an account may do everything, or only what is its school's and its studio's. */
export function isAdmin({ grants }: Account): boolean {
  return grants.some(({ role }) => role === "admin");
}

/** The campaigns that an account works for: all of them, or those of its schools. */
export async function campaignsFor(account: Account): Promise<(Campaign & { school?: string })[]> {
  if (isAdmin(account)) return (await answer(server.GET("/api/campaigns"))).campaigns;
  const found = await Promise.all(
    schoolIds(account.grants).map(async (school) => (await answer(server.GET("/api/schools/{id}/campaigns", { params: { path: { id: school } } }))).campaigns.map((campaign) => ({ ...campaign, school }))),
  );
  return found.flat();
}

/** The schools that an account works for, by id and name. */
export async function schoolsFor(account: Account): Promise<{ id: string; name: string }[]> {
  if (isAdmin(account)) return (await answer(server.GET("/api/schools"))).schools;
  const campaigns = await campaignsFor(account);
  return schoolIds(account.grants).map((id) => ({ id, name: campaigns.find(({ school }) => school === id)?.school_name ?? id }));
}

/** The studios that an account may see: an operator those of the grants, everybody else all. */
export async function studiosFor(account: Account): Promise<Studio[]> {
  const { studios } = await answer(server.GET("/api/studios"));
  const own = account.grants.flatMap((grant) => (grant.role === "operator" ? [grant.studio] : []));
  const isWide = account.grants.some(({ role }) => role === "admin" || role === "support");
  return isWide ? studios : studios.filter(({ id }) => own.includes(id));
}

function schoolIds(grants: readonly Grant[]): string[] {
  return grants.flatMap((grant) => (grant.role === "school" ? [grant.school] : []));
}
