import { texts } from "@/shared/i18n";
import en from "./words-en";
import zh from "./words-zh";

export default texts(zh, en);
