//! Invented people.

use gradshot_domain::Category;

/// A student who does not exist.
#[derive(Debug, Clone)]
pub struct Person {
    /// Name in the roster.
    pub name: String,
    /// Student number.
    pub number: String,
    /// Last four of the ID number.
    pub id_last4: String,
    /// Kind of studies.
    pub category: Category,
    /// Mobile phone number.
    pub phone: String,
    /// Text of the image code.
    pub image_code: String,
}

/// So many invented students; the same every time.
pub fn people(count: u32) -> Vec<Person> {
    const FAMILY: [&str; 6] = ["林", "欧阳", "王", "陈", "赵", "周"];
    const GIVEN: [&str; 5] = ["小雨", "明月", "芳", "一帆", "子墨"];
    (0..count)
        .map(|index| {
            let family = FAMILY[index as usize % FAMILY.len()];
            let given = GIVEN[index as usize / FAMILY.len() % GIVEN.len()];
            Person {
                name: format!("{family}{given}"),
                number: format!("S2027{index:04}"),
                id_last4: if index == 0 { "731X".to_owned() } else { format!("{:04}", 7310 + index) },
                category: Category::Bachelor,
                phone: format!("139{:08}", 51_730_000 + index),
                image_code: format!("OPAQUE-{index:04}-Zm9vYmFyYmF6"),
            }
        })
        .collect()
}

/// The roster as a school would send it.
pub fn roster_csv(people: &[Person]) -> String {
    let header = "姓名,学号,身份证后四位,学历类别\n".to_owned();
    people.iter().fold(header, |csv, person| {
        csv + &format!("{},{},{},本科\n", person.name, person.number, person.id_last4)
    })
}
