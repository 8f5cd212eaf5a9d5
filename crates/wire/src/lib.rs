//! Every message between station, server and pages; OpenAPI and TypeScript come from here.
