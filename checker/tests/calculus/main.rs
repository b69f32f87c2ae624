//! Certificates about calculus, written by hand: true ones are accepted, their false twins are not.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod derivatives;
mod exchange;
mod integrals;
mod limits;
mod writer;
