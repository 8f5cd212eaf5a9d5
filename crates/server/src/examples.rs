//! Examples in the API's description: made from the schemas, so that every body has one and none goes stale. A field's own
//! example comes first; fields of plain text without one are looked up here by name.

use serde_json::{Map, Value, json};
use utoipa::openapi::path::PathItem;
use utoipa::openapi::{Components, Content, RefOr};

/// No message is nested deeper.
const DEEPEST: usize = 8;
const ID: &str = "019e3898-d280-7428-a4e6-c3c9d4768111";
const SHA256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// Text fields by name, or by the schema's name and theirs. People and places are invented.
const TEXTS: &[(&str, &str)] = &[
    ("OpenCampaign.code", "DEMO27"),
    ("Campaign.code", "DEMO27"),
    ("OpenStudio.code", "SFZX"),
    ("Pair.code", "20270518"),
    ("PrintProduct.id", "one-inch-8"),
    ("PrintProduct.title", "一寸 8 张"),
    ("SupportedPrints.title", "一寸 8 张"),
    ("PayGroup.title", "软件工程 2 班"),
    ("PrintProduct.layout", "5in"),
    ("NewPackage.name", "毕业证照采集"),
    ("Package.name", "毕业证照采集"),
    ("OpenStudio.name", "示范照相馆"),
    ("Studio.name", "示范照相馆"),
    ("BookedStudio.name", "示范照相馆"),
    ("AskForRoster.name", "林小雨"),
    ("RegisterImageCode.name", "林小雨"),
    ("SchoolRosterRequest.name", "林小雨"),
    ("NewStation.name", "1号机位"),
    ("BoardStation.name", "1号机位"),
    ("Colleague.name", "1号机位"),
    ("Refund.reason", "照相馆临时停业"),
    ("RosterRequest.reason", "学号与学校记录不一致，请核对"),
    ("RosterError.column", "身份证后四位"),
    ("Access.id", ID),
    ("Look.id", ID),
    ("RetentionProof.id", ID),
    ("AuditEntry.subject", ID),
    ("DeadJob.subject", ID),
    ("ReadPhotoRules.version", "2026-11-1"),
    ("rules_version", "2026-11-1"),
    ("address", "示范路 1 号"),
    ("attachment_type", "image/jpeg"),
    ("attachment_url", "/api/conversation-lines/019e3898-d280-7428-a4e6-c3c9d4768111/attachment"),
    ("campaign_title", "2027 届毕业生图像采集"),
    ("courier", "示范快递"),
    ("courier_number", "SF0000000001"),
    ("en", "The background is uneven."),
    ("en_hours", "Monday to Friday, 9:00 to 17:30"),
    ("en_kept", "Paid orders stay for the accounts."),
    ("en_answer", "About two working days."),
    ("en_question", "When is the result there?"),
    ("en_title", "Capturing your portrait"),
    ("en_why", "Kept until the registry has answered."),
    ("failure", "the registry could not be reached"),
    ("file_url", "/api/admin/bundles/019e3898-d280-7428-a4e6-c3c9d4768111/bundle.zip"),
    ("flaw", "entry 12 does not follow from the one before it"),
    ("handed_over_note", "回执 20270618-001"),
    ("hash", SHA256),
    ("head", SHA256),
    ("id_last4", "012X"),
    ("image_code_picture", "/9j/4AAQSkZJRgABAQ=="),
    ("image_code_text", "EXAMPLE-IMAGE-CODE-0001"),
    ("login", "13900000001"),
    ("map_url", "https://uri.amap.com/marker?position=118.089400,24.479800"),
    ("masked_login", "139****0001"),
    ("masked_student", "139****0001"),
    ("next", ID),
    ("note", "请摘下眼镜"),
    ("old_password", "an-old-password"),
    ("package_name", "毕业证照采集"),
    ("password", "a-long-password"),
    ("password_again", "a-long-password"),
    ("phone", "4000000000"),
    ("picture_url", "/api/portraits/019e3898-d280-7428-a4e6-c3c9d4768111/picture.jpg"),
    ("public_key", "3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    ("reject_note", "请摘下眼镜"),
    ("school_name", "示范大学"),
    ("sha256", SHA256),
    ("slip", "tEYpKzvhGmSLFJW4d2mxQw"),
    ("spec", "chsi"),
    ("station_name", "1号机位"),
    ("student_en", "Step away from the wall, please."),
    ("student_number", "S20270001"),
    ("student_zh", "请离墙远一点"),
    ("studio_code", "SFZX"),
    ("studio_name", "示范照相馆"),
    ("text", "您好，请问什么时候出结果？"),
    ("text_sha256", SHA256),
    ("ticket_key", "3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    ("title", "2027 届毕业生图像采集"),
    ("token", "tEYpKzvhGmSLFJW4d2mxQw"),
    ("verifying_key", "3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    ("zh", "背景不均匀"),
    ("zh_answer", "约两个工作日"),
    ("zh_question", "什么时候出结果？"),
    ("zh_hours", "周一至周五 9:00–17:30"),
    ("zh_kept", "已支付订单按财务规定保留"),
    ("zh_title", "采集标准照"),
    ("zh_why", "保留到学信网答复为止"),
];

/// Gives every JSON body of these paths an example.
pub(crate) fn add<'p>(paths: impl Iterator<Item = &'p mut PathItem>, components: &Components) {
    let schemas = serde_json::to_value(&components.schemas).unwrap_or_default();
    for operation in paths.flat_map(super::document::operations) {
        if let Some(RefOr::T(body)) = &mut operation.request_body {
            body.content.iter_mut().for_each(|(kind, content)| add_to(kind, content, &schemas));
        }
        for answer in operation.responses.responses.values_mut() {
            if let RefOr::T(answer) = answer {
                answer.content.iter_mut().for_each(|(kind, content)| add_to(kind, content, &schemas));
            }
        }
    }
}

fn add_to(kind: &str, content: &mut RefOr<Content>, schemas: &Value) {
    let RefOr::T(content) = content else { return };
    if kind == "application/json" && content.example.is_none() && content.examples.is_empty() {
        let schema = serde_json::to_value(&content.schema).unwrap_or_default();
        content.example = Some(compose(&schema, schemas, ("", ""), 0));
    }
}

/// An example of this schema, which is that of a field of a message, or of a message.
fn compose(schema: &Value, schemas: &Value, place: (&str, &str), depth: usize) -> Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return if depth < DEEPEST {
            compose(&schemas[name], schemas, (name, place.1), depth + 1)
        } else {
            Value::Null
        };
    }
    let given = [&schema["example"], &schema["examples"][0], &schema["const"], &schema["enum"][0]];
    if let Some(given) = given.into_iter().find(|given| !given.is_null()) {
        return given.clone();
    }
    let one_of = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array());
    if let Some(choice) = one_of.and_then(|all| all.iter().find(|one| one["type"] != "null")) {
        return compose(choice, schemas, place, depth);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut whole = Map::new();
        for part in parts {
            if let Value::Object(fields) = compose(part, schemas, place, depth) {
                whole.extend(fields);
            }
        }
        return Value::Object(whole);
    }
    let kind = schema["type"]
        .as_str()
        .or_else(|| schema["type"].as_array()?.iter().filter_map(Value::as_str).find(|kind| *kind != "null"));
    match kind {
        Some("object") => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            let fields =
                fields.map(|(name, field)| (name.clone(), compose(field, schemas, (place.0, name), depth)));
            Value::Object(fields.collect())
        }
        Some("array") => json!([compose(&schema["items"], schemas, place, depth)]),
        Some("boolean") => json!(true),
        Some("integer" | "number") => json!(1),
        Some("string") => json!(text(schema["format"].as_str(), place)),
        _ => Value::Null,
    }
}

fn text(format: Option<&str>, (message, field): (&str, &str)) -> &'static str {
    match format {
        Some("uuid") => return ID,
        Some("date-time") => return "2027-05-18T01:00:00Z",
        Some("date") => return "2027-05-18",
        _ => {}
    }
    let whole = format!("{message}.{field}");
    let known = TEXTS
        .iter()
        .find(|(name, _)| *name == whole)
        .or_else(|| TEXTS.iter().find(|(name, _)| *name == field));
    // A test finds what is left empty.
    known.map_or("", |(_, text)| text)
}
