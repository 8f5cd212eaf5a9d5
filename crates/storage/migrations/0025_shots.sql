-- Shots that come from phones, piece by piece. The pieces rest sealed in the store of sealed bytes, each shot under a key of
-- its own; the key rests sealed here and goes with the pixels.

CREATE TABLE shots (
    id TEXT PRIMARY KEY,
    collection TEXT NOT NULL REFERENCES collections (id),
    source TEXT NOT NULL,
    sealed_key {BYTES} NOT NULL,
    sealed_verdict {BYTES},
    announced_at BIGINT NOT NULL,
    waiting_since BIGINT,
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX shots_by_collection ON shots (collection, id);
CREATE INDEX shots_in_line ON shots (state, waiting_since, id);

CREATE TABLE shot_pieces (
    shot TEXT NOT NULL REFERENCES shots (id),
    from_byte BIGINT NOT NULL,
    blob_key TEXT NOT NULL,
    PRIMARY KEY (shot, from_byte)
);
CREATE INDEX shot_pieces_by_blob ON shot_pieces (blob_key);
