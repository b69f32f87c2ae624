//! Products of a sum as sums.

use crate::term::{Node, Store, TermId};

/// The terms of a sum, or of a product with one sum among its factors.
#[must_use]
pub fn spread_out(store: &mut Store, term: TermId) -> Vec<TermId> {
    match store.node(term).clone() {
        Node::Add(parts) => parts.to_vec(),
        Node::Mul(factors) => {
            let sum = factors
                .iter()
                .position(|factor| matches!(store.node(*factor), Node::Add(_)));
            let Some(place) = sum else {
                return vec![term];
            };
            let Node::Add(parts) = store.node(factors[place]).clone() else {
                return vec![term];
            };
            let mut products = Vec::with_capacity(parts.len());
            for part in parts.iter() {
                let mut product = factors.to_vec();
                product[place] = *part;
                products.push(store.mul(&product));
            }
            products
        }
        _ => vec![term],
    }
}
