//! Every change that staff or a station asks for leaves an entry in the audit log, in the same transaction.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use gradshot_domain::Role;
use gradshot_storage::{Account, Asked, AuditActor};
use uuid::Uuid;

use crate::house::House;

/// Who works for somebody. What students do with their own is told by the rows themselves.
const STAFF: [Role; 5] = [Role::Admin, Role::Operator, Role::Reviewer, Role::School, Role::Support];

/// Runs a request that may change something so that its first commit writes its entry.
pub(crate) async fn noted(State(house): State<Arc<House>>, mut request: Request, next: Next) -> Response {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method()) {
        return next.run(request).await;
    }
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let action = format!("{} {route}", request.method());
    let asked = Asked::new(house.now(), &action, &subject(request.uri().path()));
    request.extensions_mut().insert(asked.clone());
    asked.during(next.run(request)).await
}

/// Notes that this account asks, if it works for somebody.
pub(crate) fn asked_by_account(parts: &Parts, account: &Account) {
    if STAFF.into_iter().any(|role| account.has(role)) {
        asked_by(parts, AuditActor::Account(account.id));
    }
}

/// Notes who asks.
pub(crate) fn asked_by(parts: &Parts, actor: AuditActor) {
    if let Some(asked) = parts.extensions.get::<Asked>() {
        asked.by(actor);
    }
}

/// The opaque ids in a path. Nothing else of it is kept: it might be about a person.
fn subject(path: &str) -> String {
    let ids: Vec<_> = path.split('/').filter(|part| Uuid::parse_str(part).is_ok()).collect();
    ids.join(" ")
}

#[cfg(test)]
mod tests {
    use super::subject;

    #[test]
    fn only_ids_of_a_path_are_kept() {
        let id = "0196e1a2-7c00-7000-8000-000000000001";
        assert_eq!(subject(&format!("/api/station/tickets/{id}/call")), id);
        assert_eq!(subject("/api/people/13900000001"), "");
    }
}
