//! The API's own description: OpenAPI 3.1, from the same types and the same declarations that serve it.

use gradshot_wire::Problem;
use gradshot_wire::looks::LookedKind;
use gradshot_wire::prints::PrintWorkState;
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{RefOr, Required};
use utoipa_axum::router::OpenApiRouter;

use crate::api;
use crate::caller::SESSION_COOKIE;
use crate::examples;
use crate::problem::{Code, documented};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Gradshot",
        description = "Graduation ID photos (毕业证照采集): students, studios, reviewers and the way to the registry. \
                       Problems are `application/problem+json` with a stable `code` and texts in Chinese and English. \
                       Moments are RFC 3339 in UTC; money is in fen.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    tags(
        (name = "identity", description = "Signing up, in and out 登录注册"),
        (name = "campaigns", description = "Campaigns 采集批次"),
        (name = "collections", description = "A student's collections 采集任务"),
        (name = "orders", description = "Orders 订单"),
        (name = "prints", description = "Prints 加印 of one's own portrait"),
        (name = "studios", description = "Studios 照相馆 and arriving at one"),
        (name = "portraits", description = "Looking at a portrait 标准照 and deciding"),
        (name = "shots", description = "Shots 原片 from a student's phone, sent piece by piece (tus 1.0.0)"),
        (name = "stations", description = "What stations 机位 ask"),
        (name = "boards", description = "What a studio's board shows"),
        (name = "review", description = "Review 审核"),
        (name = "admin", description = "Opening campaigns and studios, rosters 名单, hand-over 上网"),
        (name = "schools", description = "What a school's clerks do"),
        (name = "support", description = "Support 客服: conversations and common questions"),
        (name = "office", description = "What staff see and do: messages, requests, support"),
        (name = "operations", description = "Running the server"),
    ),
    components(schemas(Problem, PrintWorkState, LookedKind))
)]
struct Document;

/// Describes the whole API. Needs no running server.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let described = OpenApiRouter::with_openapi(Document::openapi()).merge(api::endpoints());
    let mut openapi = described.into_openapi();
    for item in openapi.paths.paths.values_mut() {
        for operation in operations(item) {
            finish(operation);
        }
        if let Some(post) = &mut item.post {
            take_once(post);
        }
    }
    let components = openapi.components.get_or_insert_default();
    for (name, scheme) in schemes() {
        components.add_security_scheme(name, scheme);
    }
    examples::add(openapi.paths.paths.values_mut(), components);
    openapi
}

fn schemes() -> [(&'static str, SecurityScheme); 3] {
    let bearer = |description: &str| {
        let http = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(description)).build();
        SecurityScheme::Http(http)
    };
    let cookie = ApiKeyValue::with_description(SESSION_COOKIE, "The session as a page carries it");
    [
        ("session", bearer("The token of a session")),
        ("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie))),
        ("station", bearer("The token of a paired station")),
    ]
}

pub(crate) fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.head, &mut item.put, &mut item.post, &mut item.patch, &mut item.delete]
        .into_iter()
        .filter_map(Option::as_mut)
}

/// Names the operation as programs do, and adds what every operation of its kind may answer.
fn finish(operation: &mut Operation) {
    operation.operation_id = operation.operation_id.take().map(|id| camel_case(&id));
    let security = serde_json::to_value(&operation.security).unwrap_or_default().to_string();
    let mut also = vec![Code::Broken, Code::Busy, Code::TooManyRequests];
    if security.contains("session") {
        also.extend([Code::SessionMissing, Code::RoleForbidden]);
    }
    if security.contains("station") {
        also.push(Code::StationUnknown);
    }
    if operation.request_body.is_some() {
        also.extend([Code::BodyMalformed, Code::BodyTooLarge, Code::BodyNotJson]);
    }
    let speaks_tus = |parameter: &RefOr<_>| matches!(parameter, RefOr::T(Parameter { name, .. }) if name == "Tus-Resumable");
    if operation.parameters.iter().flatten().any(speaks_tus) {
        also.push(Code::TusVersion);
    }
    let mut parameters = operation.parameters.iter().flatten();
    if parameters
        .any(|parameter| matches!(parameter, RefOr::T(known) if known.parameter_in == ParameterIn::Query))
    {
        also.push(Code::QueryMalformed);
    }
    for (status, response) in documented(&also) {
        operation.responses.responses.entry(status).or_insert(response);
    }
}

/// Every POST may carry a key, so that sending it twice does it once.
fn take_once(post: &mut Operation) {
    let key = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "A name of the caller's choice for this one request, 1 to 200 visible characters. Sent again with the same \
             key within 24 hours, the same request is answered as before and done no second time.",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build();
    post.parameters.get_or_insert_default().push(RefOr::T(key));
    let codes = [Code::IdempotencyKeyMalformed, Code::IdempotencyInHand, Code::IdempotencyOtherRequest];
    for (status, response) in documented(&codes) {
        post.responses.responses.entry(status).or_insert(response);
    }
}

fn camel_case(snake: &str) -> String {
    let mut words = snake.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}
