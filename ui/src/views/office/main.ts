import { createApp } from "vue";

import handover from "@/features/handover/messages";
import review from "@/features/review/messages";
import verdict from "@/features/verdict/messages";
import { installI18n } from "@/shared/i18n";
import "@/shared/styles/base.css";
import messages from "./messages";
import OfficeView from "./OfficeView.vue";

const app = createApp(OfficeView);
installI18n(app, [handover, review, verdict, messages]);
app.mount("#app");
