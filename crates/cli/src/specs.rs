//! `gradshot specs`: which portraits can be made, with which backgrounds, and who says so.

use std::fmt::Write;

use gradshot_imaging::{Group, Spec, Specs};
use gradshot_studio::Root;

use crate::Outcome;

/// 照片规格 · list the specs that portraits can be made to.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only these.
    #[arg(long, value_parser = group)]
    group: Option<Group>,
    /// One JSON object a line, with everything that the spec says.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// The table of docs/specs.md.
    #[arg(long)]
    markdown: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let specs = Specs::load(&Root::find()?.specs())?;
    let groups = || Group::ALL.into_iter().filter(|group| arguments.group.is_none_or(|only| only == *group));
    let of = |group: Group| specs.iter().filter(move |spec| spec.group == group);
    if arguments.json {
        for spec in groups().flat_map(of) {
            println!("{}", serde_json::to_string(spec)?);
        }
    } else if arguments.markdown {
        print!("{}", document(groups().map(|group| (group, of(group).collect()))));
    } else {
        for group in groups() {
            println!("{}", title(group));
            for spec in of(group) {
                println!("    {:<24}{}  {} px  {}", spec.id, spec.zh, pixels(spec), backgrounds(spec));
            }
        }
    }
    Ok(Outcome::Fine)
}

/// A group by its short name.
fn group(id: &str) -> Result<Group, String> {
    let known = || Group::ALL.map(Group::id).join(", ");
    Group::ALL
        .into_iter()
        .find(|group| group.id() == id)
        .ok_or_else(|| format!("the groups are: {}", known()))
}

fn title(group: Group) -> &'static str {
    match group {
        Group::Chsi => "学信网 · CHSI and its operators",
        Group::Exam => "考试与资格 · examinations and qualifications",
        Group::Document => "证件 · documents",
        Group::Visa => "签证 · visas",
        Group::Common => "常用尺寸 · sizes by name",
    }
}

/// The page that people read: a table for each group.
fn document<'a>(groups: impl Iterator<Item = (Group, Vec<&'a Spec>)>) -> String {
    let mut page = String::from(INTRODUCTION);
    for (group, specs) in groups {
        let _ = write!(page, "\n## {}\n\n{HEADINGS}", title(group));
        for spec in specs {
            let derived = if spec.geometry.derived.is_some() { " *" } else { "" };
            let _ = writeln!(
                page,
                "| `{}` | {}<br>{} | {} | {} | {} | {} | {}{derived} | {} |",
                spec.id,
                spec.zh,
                spec.en,
                pixels(spec),
                millimetres(spec),
                kilobytes(spec),
                backgrounds(spec),
                geometry(spec),
                spec.source,
            );
        }
    }
    page
}

fn pixels(spec: &Spec) -> String {
    format!("{}×{}", spec.picture.width_px, spec.picture.height_px)
}

fn millimetres(spec: &Spec) -> String {
    let size = spec.print_size();
    let decimals = usize::from(spec.picture.print_mm.is_none());
    format!("{:.decimals$}×{:.decimals$}", size.width_mm, size.height_mm)
}

fn kilobytes(spec: &Spec) -> String {
    spec.file.target_kb.map_or_else(
        || format!("品质 {}", spec.file.quality_aim),
        |band| format!("{}–{}", band.min, band.max),
    )
}

/// The colours' ids, the default one first.
fn backgrounds(spec: &Spec) -> String {
    let ids = spec.background.colours.iter().map(|colour| colour.id.as_str());
    let others = ids.filter(|id| *id != spec.background.default);
    std::iter::once(spec.background.default.as_str()).chain(others).collect::<Vec<_>>().join(" ")
}

/// Hair, eyes, face width.
fn geometry(spec: &Spec) -> String {
    let rules = &spec.geometry;
    [rules.hairline_px, rules.eye_line_px, rules.face_width_px]
        .map(|band| format!("{}–{}", band.min, band.max))
        .join(" / ")
}

const INTRODUCTION: &str = "\
# Specs

Every portrait that Gradshot can make, written by `gradshot specs --markdown` from `assets/specs`: a file each, read when
the program starts. To add one, copy the nearest, change it and say where its figures come from; a key that is misspelt or
figures that contradict each other are refused with the reason.

Where sources disagree, the file says so and takes what meets all of them. *Face* is, in the portrait's pixels, how far
the hair's top and the eyes lie below the upper edge, and how wide the face is from cheek to cheek. A star marks bands
that the source does not give itself. They follow from what it does give (head length, head width, margins), the file's
`derived` says how, with three round proportions of adult heads, as this program measures them:

| from | to | factor |
|---|---|---|
| face width (cheek to cheek) | head length (hair's top to chin) | 1.65 |
| face width | head width (with ears and hair) | 1.15 |
| face width | hair's top to eyes | 0.7 to 1.0 |
";

const HEADINGS: &str = "\
| id | 名称 name | px | mm | KB | background | face: hair / eyes / width | source |
|---|---|---|---|---|---|---|---|
";
