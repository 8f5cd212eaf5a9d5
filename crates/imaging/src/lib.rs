//! From a shot to a portrait that meets the standard, and a verdict that says whether it does.
