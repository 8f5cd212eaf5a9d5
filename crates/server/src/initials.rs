//! A name's initials in pinyin, as people type them: `xmdx` for 厦门大学.

use pinyin::{ToPinyin as _, ToPinyinMulti as _};

/// Ways to read one name that are kept.
const READINGS: usize = 64;

/// The usual way to read a name by its initials, and each way in which one character is read otherwise (`cqdx` and
/// `zqdx` for 重庆大学), with a space before and after each. Letters and digits stand for themselves, everything else for
/// nothing.
pub(crate) fn of(name: &str) -> String {
    let letters: Vec<Vec<String>> =
        name.chars().map(firsts).filter(|firsts: &Vec<String>| !firsts.is_empty()).collect();
    let usual: Vec<&str> = letters.iter().map(|firsts| firsts[0].as_str()).collect();
    let mut readings = vec![usual.concat()];
    for (place, firsts) in letters.iter().enumerate() {
        for other in &firsts[1..] {
            let mut reading = usual.clone();
            reading[place] = other;
            readings.push(reading.concat());
        }
    }
    readings.truncate(READINGS);
    readings.iter().fold(" ".to_owned(), |all, reading| all + reading + " ")
}

/// What a character may begin with, the usual first; nothing for one that is not read.
fn firsts(letter: char) -> Vec<String> {
    if letter.is_ascii_alphanumeric() {
        return vec![letter.to_ascii_lowercase().to_string()];
    }
    let usual = letter.to_pinyin().map(|syllable| syllable.first_letter().to_owned());
    let mut firsts: Vec<String> = usual.into_iter().collect();
    for syllable in letter.to_pinyin_multi().into_iter().flatten() {
        if !firsts.iter().any(|first| first == syllable.first_letter()) {
            firsts.push(syllable.first_letter().to_owned());
        }
    }
    firsts
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn every_usual_way_to_read_a_name_is_found() {
        assert!(of("厦门大学嘉庚学院").contains(" xmdxjgxy "));
        let chongqing = of("重庆大学");
        assert!(chongqing.contains(" cqdx ") && chongqing.contains(" zqdx "), "{chongqing}");
        assert!(of("示范大学 A 校区").contains(" sfdxaxq "));
        assert_eq!(of(""), "  ");
    }
}
