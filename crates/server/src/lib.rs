//! The server as a library: one file per endpoint, server-sent events, pages.
