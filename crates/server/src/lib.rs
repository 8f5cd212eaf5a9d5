//! The server as a library: one file per endpoint, server-sent events, pages.
//!
//! - [`Server`] is put together by a composition root and gives a router; [`openapi`] describes it without running it.
//! - `api` has one file per endpoint. Who may call is an argument's type (`caller`); what may come in is understood
//!   before anything is looked up (`input`); how it says no is an enum of its own (`problem`, `catalogue`).
//! - `vault` is the only room where something is opened, and `vault::opening` the only place that opens portraits.
//! - `jobs` is what the server does later; [`Server::run_background`] does it as it becomes due.
//! - `live` tells pages and stations that something changed.
//!
//! What is absent: the server names no database, no camera and no imaging library, and no answer to a station or a
//! board holds personal data but a masked name.

mod api;
mod audit;
mod bundle;
mod caller;
mod catalogue;
mod consent;
mod document;
mod examples;
mod house;
mod idempotency;
mod initials;
mod input;
mod jobs;
mod limits;
mod live;
mod message;
mod metrics;
mod next_step;
mod pages;
mod password;
mod pay;
mod photo_rules;
mod problem;
mod rate;
mod registry;
mod roster_entry;
mod server;
mod staff;
mod token;
mod vault;
mod view;
mod wait;
mod wechat;

pub use document::openapi;
pub use jobs::RunJobsError;
pub use message::{LocalSender, Outgoing, SendError, Sender};
pub use password::PasswordCost;
pub use pay::{PayError, PaySheet, PaymentProvider, Prepay, RefundOrder, Refunded, Trade};
pub use registry::{Delivered, Delivery, FileRegistry, Registry, RegistryError};
pub use server::{
    CreateStaffError, ReadImageCode, Server, ServerOptions, Standardize, StandardizeFault, StandardizedShot,
};
pub use vault::{SealCount, SealsError, count_seals, sealed_columns};
pub use wechat::{SandboxWechat, Wechat, WechatError};
