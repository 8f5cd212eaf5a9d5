//! Which clips make a call: `assets/voice/plan.json`, applied.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use gradshot_domain::TicketNumber;
use gradshot_wire::desk::VoiceLanguage;
use serde::Deserialize;

/// The plan that the board's page reads too. A test holds it to be readable.
static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../assets/voice/plan.json")).unwrap_or_default()
});

#[derive(Debug, Default, Deserialize)]
struct Plan {
    stations: u32,
    chime: String,
    pauses_ms: Pauses,
    languages: BTreeMap<VoiceLanguage, Sentence>,
}

#[derive(Debug, Default, Deserialize)]
struct Pauses {
    after_chime: u32,
    between_languages: u32,
    between_sayings: u32,
}

#[derive(Debug, Deserialize)]
struct Sentence {
    clips: Vec<String>,
    pauses_ms: Vec<u32>,
    elsewhere: String,
}

/// One clip and the silence after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name below `assets/voice`, without the ending.
    pub clip: String,
    /// Silence after it.
    pub pause_ms: u32,
}

/// What is said in one go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Utterance {
    /// The clips in their order.
    pub steps: Vec<Step>,
}

impl Utterance {
    /// The call of a number to a station, once in each language, after the chime where one is wanted.
    pub fn call(
        number: TicketNumber,
        station_name: &str,
        languages: &[VoiceLanguage],
        with_chime: bool,
    ) -> Self {
        let plan = &*PLAN;
        let mut steps = Vec::new();
        if with_chime && !languages.is_empty() {
            steps.push(Step { clip: plan.chime.clone(), pause_ms: plan.pauses_ms.after_chime });
        }
        for sentence in languages.iter().filter_map(|language| plan.languages.get(language)) {
            let station = station_number(station_name);
            steps.extend(sentence.clips.iter().zip(&sentence.pauses_ms).map(|(pattern, pause_ms)| Step {
                clip: filled(pattern, number, station, &sentence.elsewhere),
                pause_ms: *pause_ms,
            }));
            if let Some(last) = steps.last_mut() {
                last.pause_ms = plan.pauses_ms.between_languages;
            }
        }
        if let Some(last) = steps.last_mut() {
            last.pause_ms = plan.pauses_ms.between_sayings;
        }
        Self { steps }
    }
}

fn filled(pattern: &str, number: TicketNumber, station: Option<u32>, elsewhere: &str) -> String {
    let number = number.to_string();
    let station = station.map_or_else(|| elsewhere.to_owned(), |station| station.to_string());
    ["{letter}", "{hundreds}", "{tens}", "{ones}"]
        .iter()
        .zip(number.chars())
        .fold(pattern.to_owned(), |text, (name, letter)| text.replace(name, letter.encode_utf8(&mut [0; 4])))
        .replace("{station}", &station)
}

/// The number in a station's name, if it has one that can be said: the only one before 号, else the only one.
pub fn station_number(name: &str) -> Option<u32> {
    let numbers = numbers_in(name);
    let named: Vec<_> = numbers.iter().filter(|number| number.before_hao).collect();
    let number = match (named.as_slice(), numbers.as_slice()) {
        ([only], _) => only.value,
        ([], [only]) => only.value,
        _ => return None,
    };
    (1..=PLAN.stations).contains(&number).then_some(number)
}

struct Found {
    value: u32,
    before_hao: bool,
}

/// Every number in a text that may be a station's, in figures of either width or in Chinese up to ninety-nine.
fn numbers_in(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_kind: fn(char) -> bool = if figure(first).is_some() {
            |letter| figure(letter).is_some()
        } else if chinese(first).is_some() {
            |letter| chinese(letter).is_some()
        } else {
            rest = &rest[first.len_utf8()..];
            continue;
        };
        let end = rest.find(|letter| !is_kind(letter)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        let before_hao = after.trim_start().strip_prefix('号');
        // A floor or a building is not where one is photographed.
        if !before_hao.unwrap_or(after).trim_start().starts_with(['楼', '层']) {
            found.push(Found { value: value(run), before_hao: before_hao.is_some() });
        }
        rest = after;
    }
    found
}

fn figure(letter: char) -> Option<u32> {
    match letter {
        '0'..='9' => Some(u32::from(letter) - u32::from('0')),
        '０'..='９' => Some(u32::from(letter) - u32::from('０')),
        _ => None,
    }
}

fn chinese(letter: char) -> Option<u32> {
    "零一二三四五六七八九十".chars().zip(0..).find_map(|(known, value)| (known == letter).then_some(value))
}

fn value(run: &str) -> u32 {
    let mut sum = 0_u32;
    for letter in run.chars() {
        sum = match (figure(letter), chinese(letter)) {
            (Some(digit), _) => sum.saturating_mul(10).saturating_add(digit),
            (None, Some(10)) => sum.max(1).saturating_mul(10),
            (None, Some(digit)) => sum.saturating_add(digit),
            (None, None) => sum,
        };
    }
    sum
}

/// All clips that any call can need, by language.
pub fn every_clip() -> Vec<String> {
    let mut names = vec![PLAN.chime.clone()];
    for language in PLAN.languages.keys() {
        let numbers = (0..u32::from(TicketNumber::CAPACITY)).filter_map(TicketNumber::nth);
        names.extend(numbers.flat_map(|number| Utterance::call(number, "", &[*language], false).clips()));
        for station in 1..=PLAN.stations {
            let number = TicketNumber::nth(0).into_iter();
            names.extend(number.flat_map(|number| {
                Utterance::call(number, &station.to_string(), &[*language], false).clips()
            }));
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

impl Utterance {
    /// The clips' names in their order.
    pub fn clips(&self) -> Vec<String> {
        self.steps.iter().map(|step| step.clip.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::cases::Cases;

    #[test]
    fn stations_are_found_in_their_names() {
        for (name, number) in Cases::read().stations {
            assert_eq!(station_number(&name), number, "{name}");
        }
    }

    #[test]
    fn a_call_is_the_clips_that_the_cases_name() {
        for call in Cases::read().calls {
            let said = Utterance::call(call.number.parse().unwrap(), &call.station, &call.languages, false);
            assert_eq!(said.clips(), call.clips, "{} {}", call.number, call.station);
        }
    }

    #[test]
    fn a_call_fades_from_language_to_language() {
        let both = [VoiceLanguage::Zh, VoiceLanguage::En];
        let said = Utterance::call("A012".parse().unwrap(), "1号机位", &both, true);
        let pauses: Vec<_> = said.steps.iter().map(|step| step.pause_ms).collect();
        assert_eq!(pauses, [150, 10, 120, 450, 10, 180, 900]);
    }
}
