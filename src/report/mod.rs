//! Takes: judged documents. Gives: text and JSON.
//! Never: decides or explains anything.
//! Start reading at: this file.
