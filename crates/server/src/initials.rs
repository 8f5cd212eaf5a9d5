//! A name's initials in pinyin, as people type them: `xmdx` for 厦门大学.

use pinyin::ToPinyinMulti as _;

/// Ways to read one name that are kept: a few characters with two readings each.
const READINGS: usize = 16;

/// All ways to read a name by its initials, each with a space before and after. Letters and digits stand for
/// themselves, everything else for nothing.
pub(crate) fn of(name: &str) -> String {
    let mut readings = vec![String::new()];
    for letter in name.chars() {
        let mut firsts: Vec<String> = match letter.to_pinyin_multi() {
            Some(syllables) => {
                syllables.into_iter().map(|syllable| syllable.first_letter().to_owned()).collect()
            }
            None if letter.is_ascii_alphanumeric() => vec![letter.to_ascii_lowercase().to_string()],
            None => continue,
        };
        firsts.sort_unstable();
        firsts.dedup();
        let longer =
            readings.iter().flat_map(|reading| firsts.iter().map(move |first| format!("{reading}{first}")));
        readings = longer.take(READINGS).collect();
    }
    readings.iter().fold(" ".to_owned(), |all, reading| all + reading + " ")
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn every_way_to_read_a_name_is_found() {
        assert!(of("厦门大学嘉庚学院").contains(" xmdxjgxy "));
        let chongqing = of("重庆大学");
        assert!(chongqing.contains(" cqdx ") && chongqing.contains(" zqdx "), "{chongqing}");
        assert!(of("示范大学 A 校区").contains(" sfdxaxq "));
        assert_eq!(of(""), "  ");
    }
}
