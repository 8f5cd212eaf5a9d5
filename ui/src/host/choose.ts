import { bridgeAddress, bridgeHost } from "./bridge";
import type { DeskHost } from "./host";

/** The host that this page runs on; absent when the page was opened by itself. */
export async function chooseHost(): Promise<DeskHost | undefined> {
  if ("__TAURI_INTERNALS__" in window) return (await import("./tauri")).tauriHost();
  const address = bridgeAddress();
  if (address) return bridgeHost(address);
  const scene = new URLSearchParams(location.search).get("play");
  if (import.meta.env.DEV && scene) return (await import("./play")).playHost(scene);
  return undefined;
}
