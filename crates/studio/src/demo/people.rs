//! Invented people.

use std::fmt::Write as _;

use gradshot_domain::Category;

/// An invented student. The image codes say that they are invented; no message leaves the machine for the phone
/// numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Student number.
    pub student_number: String,
    /// Last four of the ID number.
    pub id_last4: String,
    /// Kind of studies.
    pub category: Category,
    /// Phone number.
    pub phone: String,
    /// What the image code says; the real ones are opaque.
    pub image_code: String,
}

const SURNAMES: [&str; 20] = [
    "林", "陈", "王", "李", "张", "刘", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "高", "罗",
];
const GIVEN: [&str; 25] = [
    "小雨", "思远", "雨桐", "浩然", "子涵", "欣怡", "志强", "佳宁", "明轩", "静怡", "天佑", "若曦", "建国",
    "晓东", "梓萱", "宇航", "文博", "可心", "俊杰", "婉清", "一诺", "海燕", "嘉豪", "诗涵", "立新",
];

/// The `index`-th invented person; always the same one.
pub(super) fn person(index: usize) -> Person {
    let surname = SURNAMES[index % SURNAMES.len()];
    let given = GIVEN[(index / SURNAMES.len() * 7 + index * 3 + index / 1000) % GIVEN.len()];
    let last4 = (index * 37 + 12) % 1000;
    let check = if index % 11 == 5 { "X".to_owned() } else { (index % 10).to_string() };
    Person {
        name: format!("{surname}{given}"),
        student_number: format!("2023{index:06}"),
        id_last4: format!("{last4:03}{check}"),
        category: if index % 6 == 4 { Category::Master } else { Category::Bachelor },
        phone: format!("154{index:08}"),
        image_code: format!("INVENTED-IMAGE-CODE-{index:06}"),
    }
}

/// A roster as a school's clerk would export it.
pub(super) fn roster_csv(people: &[Person]) -> String {
    let mut csv = String::from("姓名,学号,身份证后四位,学历类别\r\n");
    for person in people {
        let category = match person.category {
            Category::Master => "硕士研究生",
            _ => "本科",
        };
        // Writing into a String cannot fail.
        let _ = write!(csv, "{},{},{},{category}\r\n", person.name, person.student_number, person.id_last4);
    }
    csv
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn people_can_be_told_apart_and_their_fields_are_valid() {
        let people: Vec<Person> = (0..2000).map(person).collect();
        let numbers: HashSet<_> = people.iter().map(|person| &person.student_number).collect();
        let phones: HashSet<_> = people.iter().map(|person| &person.phone).collect();
        assert_eq!((numbers.len(), phones.len()), (people.len(), people.len()));
        for person in &people {
            assert!(person.name.parse::<gradshot_domain::PersonName>().is_ok());
            assert!(person.id_last4.parse::<gradshot_domain::IdLast4>().is_ok());
            assert_eq!(person.phone.len(), 11);
        }
    }

    #[test]
    fn nobody_shares_name_and_last_four() {
        let keys: HashSet<_> =
            (0..2000).map(person).map(|p| (p.name, p.id_last4, p.category as u8)).collect();
        assert_eq!(keys.len(), 2000);
    }
}
