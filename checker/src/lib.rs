//! Certificates of hence: the types in which a proof is written down.
//!
//! Takes: nothing of `hence` itself. Gives: the words of a certificate.
//! Never: search, egg, or anything that has to be believed beyond the rule table.
//! Start reading at: this file.
