import { createApp } from "vue";

import { chooseHost } from "@/host/choose";
import arrival from "@/features/arrival/messages";
import live from "@/features/live/messages";
import outbox from "@/features/outbox/messages";
import person from "@/features/person/messages";
import queue from "@/features/queue/messages";
import shots from "@/features/shots/messages";
import verdict from "@/features/verdict/messages";
import { installI18n } from "@/shared/i18n";
import "@/shared/styles/base.css";
import DeskClosed from "./DeskClosed.vue";
import DeskView from "./DeskView.vue";
import messages from "./messages";

void open();

async function open(): Promise<void> {
  const host = await chooseHost();
  const app = host ? createApp(DeskView, { host }) : createApp(DeskClosed);
  installI18n(app, [arrival, live, outbox, person, queue, shots, verdict, messages]);
  app.mount("#app");
}
