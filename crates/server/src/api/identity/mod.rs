//! Signing up, in and out; passwords, sessions and codes by SMS.

mod account;
mod bind_wechat;
mod change_password;
mod code;
mod device;
mod end_other_sessions;
mod end_session;
mod list_sessions;
mod new_account;
mod proved_phone;
mod reset_password;
mod send_sms_code;
mod session;
mod sign_in;
mod sign_in_by_code;
mod sign_in_by_wechat;
mod sign_out;
mod sign_up;
mod ways_in;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;

pub(super) use code::redeem_code;

pub(super) fn endpoints() -> OpenApiRouter<Arc<House>> {
    OpenApiRouter::new()
        .routes(routes!(sign_up::sign_up))
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(send_sms_code::send_sms_code))
        .routes(routes!(sign_in_by_code::sign_in_by_code))
        .routes(routes!(ways_in::ways_in))
        .routes(routes!(sign_in_by_wechat::sign_in_by_wechat))
        .routes(routes!(bind_wechat::bind_wechat))
        .routes(routes!(reset_password::reset_password))
        .routes(routes!(sign_out::sign_out))
        .routes(routes!(account::get_account))
        .routes(routes!(change_password::change_password))
        .routes(routes!(list_sessions::list_sessions))
        .routes(routes!(end_session::end_session))
        .routes(routes!(end_other_sessions::end_other_sessions))
}
