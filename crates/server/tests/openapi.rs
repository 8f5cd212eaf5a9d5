//! The API's own description.

use std::collections::HashSet;

use gradshot_testkit::TestServer;
use serde_json::Value;

#[tokio::test]
async fn every_operation_is_described_whole() {
    let server = TestServer::start().await;
    let document: Value = server.anyone().get("/openapi.json").await.ok();
    assert_eq!(document, serde_json::to_value(gradshot_server::openapi()).unwrap());
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["info"]["title"], "Gradshot");
    let tags: HashSet<&str> =
        document["tags"].as_array().unwrap().iter().filter_map(|tag| tag["name"].as_str()).collect();

    let (mut ids, mut gaps) = (HashSet::new(), Vec::new());
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let what = format!("{method} {path}");
            let id = operation["operationId"].as_str().unwrap();
            assert!(ids.insert(id.to_owned()) && !id.contains('_'), "{what}: {id}");
            assert!(
                operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()),
                "{what} has no summary"
            );
            assert!(tags.contains(operation["tags"][0].as_str().unwrap()), "{what}");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{what} never succeeds");
            for (status, response) in responses.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
                let problem = &response["content"]["application/problem+json"];
                let report = &response["content"]["application/json"];
                assert!(problem["examples"].is_object() || report.is_object(), "{what} {status}");
            }
            let bodies = responses.values().chain([&operation["requestBody"]]);
            for body in
                bodies.map(|body| &body["content"]["application/json"]).filter(|body| body.is_object())
            {
                let example = &body["example"];
                let is_this_document = path == "/openapi.json";
                assert!(is_this_document || !example.is_null(), "{what} has a body without an example");
                if !is_this_document && is_empty_somewhere(example) {
                    gaps.push(format!("{what}: {example}"));
                }
            }
            let guarded = operation["security"].is_array();
            assert_eq!(guarded, responses.contains_key("401") && !path.ends_with("sign-in"), "{what}");
        }
    }
    assert!(gaps.is_empty(), "examples with gaps:\n{}", gaps.join("\n"));
    for id in ["signUp", "registerImageCode", "putPortrait", "callNext", "decideReview", "downloadBundle"] {
        assert!(ids.contains(id), "{id} of {ids:?}");
    }
    let text = document.to_string();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name: String = reference.chars().take_while(|c| *c != '"').collect();
        assert!(schemas.contains_key(&name), "{name} is referred to and not there");
    }
}

fn is_empty_somewhere(example: &Value) -> bool {
    match example {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.iter().any(is_empty_somewhere),
        Value::Object(fields) => fields.values().any(is_empty_somewhere),
        _ => false,
    }
}
