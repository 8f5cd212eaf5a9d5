import { createApp } from "vue";

import { chooseHost } from "@/host/choose";
import arrival from "@/features/arrival/messages";
import camera from "@/features/camera/messages";
import day from "@/features/day/messages";
import desksettings from "@/features/desksettings/messages";
import keys from "@/features/keys/messages";
import live from "@/features/live/messages";
import outbox from "@/features/outbox/messages";
import person from "@/features/person/messages";
import printing from "@/features/printing/messages";
import queue from "@/features/queue/messages";
import setup from "@/features/setup/messages";
import shots from "@/features/shots/messages";
import verdict from "@/features/verdict/messages";
import { keepEarlyKeys, releaseEarlyKeys } from "@/shared/early-keys";
import { installI18n } from "@/shared/i18n";
import "@/shared/styles/base.css";
import "@/shared/styles/forms.css";
import DeskClosed from "./DeskClosed.vue";
import DeskView from "./DeskView.vue";
import messages from "./messages";

// Somebody may press N while the page is still being put together.
keepEarlyKeys();
void open();

async function open(): Promise<void> {
  const host = await chooseHost();
  const app = host ? createApp(DeskView, { host }) : createApp(DeskClosed);
  installI18n(app, [arrival, camera, day, desksettings, keys, live, outbox, person, printing, queue, setup, shots, verdict, messages]);
  app.mount("#app");
  releaseEarlyKeys();
}
