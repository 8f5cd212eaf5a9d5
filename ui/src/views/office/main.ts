import { createApp } from "vue";

import account from "@/features/account/messages";
import audit from "@/features/audit/messages";
import campaigns from "@/features/campaigns/messages";
import counter from "@/features/counter/messages";
import handover from "@/features/handover/messages";
import jobs from "@/features/jobs/messages";
import notices from "@/features/notices/messages";
import printwork from "@/features/printwork/messages";
import retention from "@/features/retention/messages";
import review from "@/features/review/messages";
import rosters from "@/features/rosters/messages";
import staff from "@/features/staff/messages";
import stats from "@/features/stats/messages";
import studios from "@/features/studios/messages";
import support from "@/features/support/messages";
import verdict from "@/features/verdict/messages";
import { installI18n } from "@/shared/i18n";
import "@/shared/styles/base.css";
import "@/shared/styles/forms.css";
import qr from "@/shared/qr/messages";
import table from "@/shared/table/messages";
import messages from "./messages";
import OfficeView from "./OfficeView.vue";

const app = createApp(OfficeView);
installI18n(app, [account, audit, campaigns, counter, handover, jobs, notices, printwork, qr, retention, review, rosters, staff, stats, studios, support, table, verdict, messages]);
app.mount("#app");
