import plan from "@voice/plan.json";

/** A language that there are clips in. */
export type VoiceLanguage = "zh" | "en";

/** One clip below the clips' folder, without its ending, and the silence after it. */
export interface Step {
  clip: string;
  pause_ms: number;
}

/**
 * The call of a number to a station, once in each language, after the chime where one is wanted. The desk's own voice reads
 * the same plan, and `assets/voice/cases.json` holds both to the same words.
 */
export function callSteps(number: string, stationName: string, languages: readonly VoiceLanguage[], withChime: boolean): Step[] {
  const { after_chime, between_languages, between_sayings } = plan.pauses_ms;
  const steps: Step[] = withChime && languages.length > 0 ? [{ clip: plan.chime, pause_ms: after_chime }] : [];
  const [letter = "", hundreds = "", tens = "", ones = ""] = number;
  const station = stationNumber(stationName);
  for (const language of languages) {
    const sentence = plan.languages[language];
    const words: Record<string, string> = { letter, hundreds, tens, ones, station: String(station ?? sentence.elsewhere) };
    sentence.clips.forEach((pattern, index) => {
      const isLast = index === sentence.clips.length - 1;
      const clip = pattern.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? "");
      steps.push({ clip, pause_ms: isLast ? between_languages : (sentence.pauses_ms[index] ?? 0) });
    });
  }
  const last = steps.at(-1);
  if (last) last.pause_ms = between_sayings;
  return steps;
}

/** The number in a station's name, if it has one that can be said: the only one before 号, else the only one. */
export function stationNumber(name: string): number | undefined {
  const numbers = numbersIn(name);
  const named = numbers.filter(({ beforeHao }) => beforeHao);
  const only = named.length === 1 ? named[0] : named.length === 0 && numbers.length === 1 ? numbers[0] : undefined;
  return only && only.value >= 1 && only.value <= plan.stations ? only.value : undefined;
}

/** Every number in a text that may be a station's; a floor or a building is not where one is photographed. */
function numbersIn(text: string): { value: number; beforeHao: boolean }[] {
  return [...text.matchAll(/[0-9０-９]+|[零一二三四五六七八九十]+/g)].flatMap((found) => {
    const after = text.slice(found.index + found[0].length).trimStart();
    const beforeHao = after.startsWith("号");
    const isPlace = /^[楼层]/.test(beforeHao ? after.slice(1).trimStart() : after);
    return isPlace ? [] : [{ value: value(found[0]), beforeHao }];
  });
}

function value(run: string): number {
  let sum = 0;
  for (const letter of run) {
    const figure = "0123456789".indexOf(letter.normalize("NFKC"));
    const chinese = "零一二三四五六七八九十".indexOf(letter);
    if (figure >= 0) sum = sum * 10 + figure;
    else if (chinese === 10) sum = Math.max(sum, 1) * 10;
    else sum += chinese;
  }
  return sum;
}
