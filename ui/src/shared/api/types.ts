/**
 * The messages' types by their short names. They are generated from the Rust types; a message that the desk and the server
 * share is the server's here.
 */
import type { components as DeskComponents } from "./desk";
import type { components as ServerComponents } from "./server";

type Server = ServerComponents["schemas"];
type Desk = DeskComponents["schemas"];

export type Account = Server["Account"];
export type Board = Server["Board"];
export type BoardCall = Server["BoardCall"];
export type BookStudio = Server["BookStudio"];
export type Bundle = Server["Bundle"];
export type Campaign = Server["Campaign"];
export type Campaigns = Server["Campaigns"];
export type Category = Server["Category"];
export type CheckIn = Server["CheckIn"];
export type Collection = Server["Collection"];
export type Collections = Server["Collections"];
export type ConsentPurpose = Server["ConsentPurpose"];
export type Decide = Server["Decide"];
export type Finding = Server["Finding"];
export type GiveConsent = Server["GiveConsent"];
export type HandOver = Server["HandOver"];
export type ImageCode = Server["ImageCode"];
export type Limit = Server["Limit"];
export type NextStep = Server["NextStep"];
export type Package = Server["Package"];
export type PayOrder = Server["PayOrder"];
export type Portrait = Server["Portrait"];
export type Problem = Server["Problem"];
export type Question = Server["Question"];
export type Queue = Server["Queue"];
export type QueueEntry = Server["QueueEntry"];
export type RegisterImageCode = Server["RegisterImageCode"];
export type RejectReason = Server["RejectReason"];
export type ReviewDesk = Server["ReviewDesk"];
export type ReviewItem = Server["ReviewItem"];
export type Session = Server["Session"];
export type Severity = Server["Severity"];
export type Studio = Server["Studio"];
export type Studios = Server["Studios"];
export type Ticket = Server["Ticket"];
export type Unit = Server["Unit"];
export type Verdict = Server["Verdict"];

export type CurrentStudent = Desk["CurrentStudent"];
export type DeskCommand = Desk["DeskCommand"];
export type DeskEvent = Desk["DeskEvent"];
export type DeskState = Desk["DeskState"];
export type OutboxEntry = Desk["OutboxEntry"];
export type Shot = Desk["Shot"];
export type WaitingForYes = Desk["WaitingForYes"];
