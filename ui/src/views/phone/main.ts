// Styles one by one: Vant's own bundles bring its icon font along, a quarter of the page's weight, and the icons here are
// Lucide's.
import "vant/es/style/base.css";
import "vant/es/overlay/index.css";
import "vant/es/popup/index.css";
import "vant/es/loading/index.css";
import "vant/es/button/index.css";
import "vant/es/cell/index.css";
import "vant/es/cell-group/index.css";
import "vant/es/field/index.css";
import "vant/es/checkbox/index.css";
import "vant/es/search/index.css";
import "vant/es/dialog/index.css";
import { createApp } from "vue";

import student from "@/features/student/messages";
import verdict from "@/features/verdict/messages";
import { installI18n } from "@/shared/i18n";
import "@/shared/styles/base.css";
import "@/shared/styles/vant.css";
import { keepPage } from "./keep-page";
import PhoneView from "./PhoneView.vue";

const asked = new URLSearchParams(location.search);
const app = createApp(PhoneView, { scanned: asked.get("studio")?.trim() ?? "", campaign: asked.get("campaign")?.trim() ?? "" });
installI18n(app, [student, verdict]);
app.mount("#app");
keepPage();
