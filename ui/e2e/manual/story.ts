import { atTheDesk } from "./at-the-desk";
import { atTheStudio } from "./at-the-studio";
import { byPhone } from "./by-phone";
import { inTheOffice } from "./in-the-office";
import { payAfterPreview } from "./pay-after-preview";
import type { Step } from "./step";

/** Everything that happens, in its order: what one person does, another one sees later. */
export const STORY: readonly Step[] = [...byPhone, ...payAfterPreview, ...atTheStudio, ...atTheDesk, ...inTheOffice];
