/** A common question with its answer, as the server writes it. The API's description gives it the shape of another message. */
export interface CommonQuestion {
  zh_question: string;
  zh_answer: string;
  en_question: string;
  en_answer: string;
}

/** Questions that have the shape; others are left out. */
export function commonQuestions(told: readonly unknown[]): CommonQuestion[] {
  return (told as Partial<CommonQuestion>[]).filter((it): it is CommonQuestion => typeof it.zh_question === "string" && typeof it.zh_answer === "string" && typeof it.en_question === "string" && typeof it.en_answer === "string");
}
