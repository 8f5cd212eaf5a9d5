//! Every figure that bounds what a caller can ask of the server.

use std::time::Duration;

use gradshot_storage::AttemptRule;

use crate::rate::RateRule;

/// A JSON body, bytes.
pub(crate) const JSON_BYTES: usize = 64 * 1024;
/// A picture of an image code, bytes before base64.
pub(crate) const IMAGE_CODE_PICTURE_BYTES: usize = 6 * 1024 * 1024;
/// The JSON around it: base64 takes four bytes for three.
pub(crate) const IMAGE_CODE_JSON_BYTES: usize = IMAGE_CODE_PICTURE_BYTES / 3 * 4 + 4096;
/// An image code's text, bytes. The largest QR code holds 2,953.
pub(crate) const IMAGE_CODE_TEXT_BYTES: usize = 4096;
/// A roster, bytes.
pub(crate) const ROSTER_BYTES: usize = 16 * 1024 * 1024;
/// Rows of a roster.
pub(crate) const ROSTER_ROWS: usize = 100_000;
/// What a roster's workbook may grow to, bytes.
pub(crate) const ROSTER_UNPACKED_BYTES: u64 = 256 * 1024 * 1024;
/// Columns of a roster's workbook.
pub(crate) const ROSTER_COLUMNS: usize = 200;
/// Requests to be added to a roster that one account may have open.
pub(crate) const OPEN_ROSTER_REQUESTS: usize = 5;
/// Errors that a roster's report lists.
pub(crate) const ROSTER_ERRORS: usize = 200;

/// Entries of one page of a list that goes on.
pub(crate) const PAGE: u32 = 50;
/// Campaigns and studios in one answer.
pub(crate) const FOUND: u32 = 50;
/// Studios that a search looks through.
pub(crate) const STUDIOS: u32 = 2000;
/// An attachment for support, bytes.
pub(crate) const ATTACHMENT_BYTES: usize = 2 * 1024 * 1024;
/// Lines of a conversation in one answer.
pub(crate) const CONVERSATION_LINES: u32 = 200;
/// Characters of a search.
pub(crate) const SEARCH_CHARS: usize = 40;
/// Characters of an order's number that a search takes at least.
pub(crate) const ORDER_NUMBER_CHARS: usize = 6;
/// Campaigns in which a student is looked for by name and last four.
pub(crate) const CAMPAIGNS_LOOKED_THROUGH: u32 = 200;
/// Days in one answer of statistics.
pub(crate) const STATISTIC_DAYS: usize = 120;
/// Collections of one account.
pub(crate) const COLLECTIONS: u32 = 20;
/// Entries of a queue.
pub(crate) const QUEUE_ENTRIES: u32 = 500;
/// Portraits of one collection that are looked through.
pub(crate) const PORTRAITS_OF_COLLECTION: u32 = 20;
/// Portraits whose news a station hears anew when it connects.
pub(crate) const PORTRAITS_OF_STATION: u32 = 200;
/// How far back that goes.
pub(crate) const STATION_NEWS: Duration = Duration::from_hours(24);
/// Portraits of one hand-over bundle; the rest go into the next.
pub(crate) const BUNDLE_PORTRAITS: u32 = 1000;
/// Print orders of one collection that are looked through.
pub(crate) const PRINT_ORDERS: u32 = 20;
/// Print orders of one collection that may be under way.
pub(crate) const OPEN_PRINT_ORDERS: usize = 3;
/// Reasons of one rejection.
pub(crate) const REJECT_REASONS: usize = 10;
/// Packages of a studio.
pub(crate) const PACKAGES: usize = 30;

/// A request but a stream of events.
pub(crate) const REQUEST_TIMEOUT: Duration = Duration::from_mins(1);
/// A stream of events; the page connects again by itself.
pub(crate) const STREAM_LIFETIME: Duration = Duration::from_hours(6);
/// A comment that keeps a stream of events alive.
pub(crate) const STREAM_KEEP_ALIVE: Duration = Duration::from_secs(15);

/// A student's session.
pub(crate) const STUDENT_SESSION: Duration = Duration::from_hours(30 * 24);
/// Any other session.
pub(crate) const STAFF_SESSION: Duration = Duration::from_hours(12);
/// How long a student lets support see the own portrait.
pub(crate) const PICTURE_LEAVE: Duration = Duration::from_hours(24);
/// A pairing code.
pub(crate) const PAIRING_CODE: Duration = Duration::from_mins(15);
/// Between two rounds of messages, late payments and refunds.
pub(crate) const ERRANDS_EVERY: Duration = Duration::from_secs(30);
/// A reviewer's claim.
pub(crate) const CLAIM: Duration = Duration::from_mins(10);
/// Portraits that a reviewer may hold beside the one asked for: those shown next and those whose decision can be undone.
pub(crate) const REVIEWS_BESIDE: usize = 12;
/// What waits for review is counted up to here, so that a long line costs no more than a short one.
pub(crate) const REVIEWS_COUNTED: u32 = 1001;

/// How long the pieces of a sealed portrait wait for the rest.
pub(crate) const PORTRAIT_UPLOAD: Duration = Duration::from_hours(48);
/// Sealed portraits that one station sends in pieces at once.
pub(crate) const PORTRAITS_BEGUN: u32 = 50;
/// How long a new person who came by WeChat may take to name a phone number.
pub(crate) const WECHAT_SLIP: Duration = Duration::from_mins(10);

/// Passwords of one login.
pub(crate) const SIGN_IN_TRIES: AttemptRule = AttemptRule { tries: 10, lock: Duration::from_mins(15) };
/// Last fours of one account.
pub(crate) const ID_LAST4_TRIES: AttemptRule = AttemptRule { tries: 5, lock: Duration::from_mins(30) };
/// Phone numbers, or names with last fours, that one member of support looks for and nobody has.
pub(crate) const STUDENT_SEARCHES: AttemptRule = AttemptRule { tries: 20, lock: Duration::from_mins(15) };
/// Pairing codes from one address.
pub(crate) const PAIRING_TRIES: AttemptRule = AttemptRule { tries: 20, lock: Duration::from_mins(15) };

/// How often a server that has nothing to do looks for jobs.
pub(crate) const JOB_POLL: Duration = Duration::from_secs(1);
/// The same when the database was in trouble.
pub(crate) const JOB_POLL_AFTER_TROUBLE: Duration = Duration::from_secs(10);
/// One job.
pub(crate) const JOB: Duration = Duration::from_mins(9);
/// How long a server has a job before another takes it; longer than the job may take.
pub(crate) const JOB_LEASE: Duration = Duration::from_mins(10);
/// Tries of a job before it is given up.
pub(crate) const JOB_TRIES: u32 = 8;
/// Pause after the first failure; each further one is twice as long.
pub(crate) const JOB_FIRST_PAUSE: Duration = Duration::from_secs(10);
/// No pause is longer.
pub(crate) const JOB_LONGEST_PAUSE: Duration = Duration::from_hours(1);
/// Rows that a job handles at once.
pub(crate) const JOB_ROWS: u32 = 200;
/// How often what is over is forgotten.
pub(crate) const FORGET_EVERY: Duration = Duration::from_hours(1);
/// How often what was kept long enough is looked for.
pub(crate) const RETAIN_EVERY: Duration = Duration::from_hours(24);
/// How often sealed bytes without a row are looked for.
pub(crate) const SWEEP_EVERY: Duration = Duration::from_hours(24);
/// Sealed bytes without a row are left alone for so long.
pub(crate) const ORPHAN_BLOB: Duration = Duration::from_hours(24);
/// How often it is looked whether an older key still seals something.
pub(crate) const RENEW_SEALS_EVERY: Duration = Duration::from_hours(24);
/// Entries of the audit log in one answer.
pub(crate) const AUDIT_ENTRIES: u32 = 100;
/// Jobs that were given up, in one answer.
pub(crate) const DEAD_JOBS: u32 = 200;
/// A part of the server answers within this time, or the server is not ready.
pub(crate) const READINESS: Duration = Duration::from_secs(5);
/// A job may wait for so long, or the server is not ready.
pub(crate) const JOBS_LATE: Duration = Duration::from_mins(15);

/// A request with an `Idempotency-Key` is taken to be under way for so long at most.
pub(crate) const ANSWER_IN_HAND: Duration = Duration::from_mins(2);
/// Its answer is kept for so long.
pub(crate) const KEPT_ANSWER: Duration = Duration::from_hours(24);
/// No longer answer is kept, bytes.
pub(crate) const KEPT_ANSWER_BYTES: usize = 256 * 1024;

/// A studio's line that nothing changed is loaded anew after so long, for the wait that it tells.
pub(crate) const LINE_FRESH: Duration = Duration::from_secs(30);
/// Everybody who waits in one studio on one day.
pub(crate) const WAITING_TICKETS: u32 = 20_000;
/// Changes that wait to be told to other servers.
pub(crate) const RELAY_BACKLOG: usize = 4096;
/// Before a broken line to the other servers is tried again.
pub(crate) const RELAY_PAUSE: Duration = Duration::from_secs(1);

/// Requests of one session or station.
pub(crate) const REQUESTS_OF_A_CALLER: RateRule = RateRule { burst: 500, per_second: 20 };
/// Requests from one address, behind which a whole campus may be.
pub(crate) const REQUESTS_OF_AN_ADDRESS: RateRule = RateRule { burst: 3000, per_second: 300 };
/// Callers that are counted at once.
pub(crate) const RATE_BUCKETS: usize = 50_000;

/// A shot from a phone, bytes.
pub(crate) const SHOT_BYTES: u64 = 20 * 1024 * 1024;
/// A piece of it in one request, bytes.
pub(crate) const SHOT_PIECE_BYTES: usize = 4 * 1024 * 1024;
/// Pieces of one shot.
pub(crate) const SHOT_PIECES: usize = 500;
/// A shot comes within this time, or is given up.
pub(crate) const SHOT_UPLOAD: Duration = Duration::from_hours(24);
/// Shots of one collection within a day.
pub(crate) const SHOTS_A_DAY: u32 = 60;
/// Shots that wait to be made into portraits, on all servers together.
pub(crate) const SHOTS_IN_LINE: u32 = 2000;
/// Shots that one server works on at once. The engine uses all cores for one already.
pub(crate) const SHOT_WORKERS: usize = 2;
/// Students who are told that they came nearer, each time that a shot is done.
pub(crate) const SHOTS_TOLD: u32 = 20;
