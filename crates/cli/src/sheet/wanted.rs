//! Which portrait is wanted in which size.

use std::str::FromStr;

use gradshot_imaging::sheet::Copies;
use gradshot_imaging::{Group, Picture, Spec, Specs};

/// A size and how often it is wanted, as on the command line: `one-inch:8`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The spec's id.
    pub id: String,
    /// How often.
    pub copies: Copies,
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((id, count)) = text.split_once(':') else {
            return Ok(Self { id: text.to_owned(), copies: Copies::AsManyAsFit });
        };
        let copies = count
            .parse()
            .ok()
            .filter(|count| *count > 0)
            .ok_or_else(|| format!("{count:?} is no count; write it as a whole number, as in {id}:8"))?;
        Ok(Self { id: id.to_owned(), copies: Copies::Exactly(copies) })
    }
}

/// Which portrait goes with which spec, by their places on the command line.
pub fn pairs(portraits: usize, specs: usize) -> anyhow::Result<Vec<(usize, usize)>> {
    match (portraits, specs) {
        (_, 1) => Ok((0..portraits).map(|portrait| (portrait, 0)).collect()),
        (1, _) => Ok((0..specs).map(|spec| (0, spec)).collect()),
        _ if portraits == specs => Ok((0..specs).map(|both| (both, both)).collect()),
        _ => anyhow::bail!(
            "{portraits} portraits and {specs} specs do not pair; give one spec for all portraits, one portrait for \
             all specs, or as many of one as of the other"
        ),
    }
}

/// The spec whose pixels a portrait has. Several may, as long as they mean the same print; the size by name comes
/// before the offices that ask for it.
pub fn by_pixels(specs: &Specs, portrait: &Picture) -> anyhow::Result<Spec> {
    let size = (portrait.width_px(), portrait.height_px());
    let same = |spec: &&Spec| (spec.picture.width_px, spec.picture.height_px) == size;
    let mut fitting: Vec<&Spec> = specs.iter().filter(same).collect();
    fitting.sort_by_key(|spec| spec.group != Group::Common);
    let pixels = format!("{}×{} pixels", size.0, size.1);
    let Some(first) = fitting.first() else {
        anyhow::bail!("no spec has {pixels}; say which one is meant with --spec, or make the portrait anew")
    };
    if fitting.iter().any(|spec| spec.print_size() != first.print_size()) {
        let ids: Vec<&str> = fitting.iter().map(|spec| spec.id.as_str()).collect();
        anyhow::bail!(
            "several specs have {pixels}, in different prints; choose with --spec: {}",
            ids.join(", ")
        )
    }
    Ok((*first).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_follows_a_colon() {
        let fit = Wanted { id: "one-inch".to_owned(), copies: Copies::AsManyAsFit };
        assert_eq!("one-inch".parse(), Ok(fit));
        let eight = Wanted { id: "one-inch".to_owned(), copies: Copies::Exactly(8) };
        assert_eq!("one-inch:8".parse(), Ok(eight));
        for wrong in ["one-inch:", "one-inch:0", "one-inch:-1", "one-inch:many", "one-inch:99999999999"] {
            assert!(wrong.parse::<Wanted>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn one_goes_with_all_and_as_many_with_as_many() {
        assert_eq!(pairs(3, 1).unwrap(), [(0, 0), (1, 0), (2, 0)]);
        assert_eq!(pairs(1, 2).unwrap(), [(0, 0), (0, 1)]);
        assert_eq!(pairs(2, 2).unwrap(), [(0, 0), (1, 1)]);
        assert!(pairs(3, 2).is_err());
    }
}
