//! Cameras behind two traits: a driver lists and opens, a camera shows and shoots.
