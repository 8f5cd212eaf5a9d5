//! Every message between station, server and pages.
//!
//! OpenAPI and TypeScript are generated from these types. Server and station meet here and nowhere else. No message to
//! a station or a board holds personal data: opaque ids, numbers, masked names.

pub mod board;
pub mod campaign;
pub mod collection;
pub mod consent;
pub mod day_stats;
pub mod desk;
pub mod event;
pub mod hand_over;
pub mod identity;
pub mod looks;
pub mod office_order;
pub mod operations;
pub mod pay;
pub mod phone;
pub mod portrait;
pub mod prints;
pub mod problem;
pub mod queue;
pub mod retention;
pub mod review;
pub mod rights;
pub mod roster;
pub mod roster_request;
pub mod station;
pub mod support;
pub mod support_student;
pub mod ticket;

pub use problem::Problem;
