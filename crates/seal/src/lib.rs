//! The envelope around a portrait, keys, signed tokens and sealed fields.
