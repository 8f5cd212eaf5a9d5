import { createApp } from "vue";

import board from "@/features/board/messages";
import { installI18n } from "@/shared/i18n";
import "@/shared/styles/base.css";
import BoardView from "./BoardView.vue";

const app = createApp(BoardView, { code: new URLSearchParams(location.search).get("studio")?.trim() ?? "" });
installI18n(app, [board]);
app.mount("#app");
