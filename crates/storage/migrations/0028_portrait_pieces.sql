-- Sealed portraits that come from a station piece by piece. What is here is sealed by the station already.

CREATE TABLE portrait_pieces (
    portrait TEXT NOT NULL,
    station TEXT NOT NULL REFERENCES stations (id),
    from_byte BIGINT NOT NULL,
    to_byte BIGINT NOT NULL,
    total_bytes BIGINT NOT NULL,
    piece {BYTES} NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (station, portrait, from_byte)
);
CREATE INDEX portrait_pieces_by_expiry ON portrait_pieces (expires_at);
