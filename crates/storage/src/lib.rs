//! Repositories over SQLite and PostgreSQL, jobs, and blobs in a folder or a bucket.
