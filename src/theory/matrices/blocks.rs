//! Matrices whose entries are matrices: sums, products, powers and transposes block by block.

use super::letter::Words;
use super::polynomial::Value;
use crate::term::{Function, Node, TermId};

/// The largest power that is written out.
const HIGHEST: i64 = 4;
/// Blocks of one matrix.
const MOST: usize = 36;
/// How deep terms may be nested.
const DEEPEST: u32 = 100;

/// Blocks by rows, and what is known of their heights and widths.
#[derive(Clone, Debug)]
struct Blocks {
    heights: Vec<Option<TermId>>,
    widths: Vec<Option<TermId>>,
    cells: Vec<Value>,
}

/// One of two sizes that must be the same.
fn joined(a: Option<TermId>, b: Option<TermId>) -> Option<Option<TermId>> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => None,
        _ => Some(a.or(b)),
    }
}

impl Blocks {
    fn cell(&self, row: usize, column: usize) -> &Value {
        &self.cells[row * self.widths.len() + column]
    }

    /// What the blocks say of heights and widths: the identity is square.
    fn fitted(mut self, one: TermId) -> Option<Self> {
        if self.cells.len() != self.heights.len() * self.widths.len() || self.cells.len() > MOST {
            return None;
        }
        for _ in 0..=self.heights.len() + self.widths.len() {
            for row in 0..self.heights.len() {
                for column in 0..self.widths.len() {
                    let (height, width) = (self.heights[row], self.widths[column]);
                    let (height, width) = match self.cell(row, column) {
                        Value::Zero => (height, width),
                        Value::Scalar(_) => (joined(height, Some(one))?, joined(width, Some(one))?),
                        Value::Identity(_) => {
                            let side = joined(height, width)?;
                            (side, side)
                        }
                        Value::Matrix(matrix) => (
                            joined(height, Some(matrix.rows))?,
                            joined(width, Some(matrix.columns))?,
                        ),
                    };
                    self.heights[row] = height;
                    self.widths[column] = width;
                }
            }
        }
        Some(self)
    }

    /// The same with heights and widths that others have.
    fn with(
        mut self,
        heights: &[Option<TermId>],
        widths: &[Option<TermId>],
        one: TermId,
    ) -> Option<Self> {
        if heights.len() != self.heights.len() || widths.len() != self.widths.len() {
            return None;
        }
        for (own, other) in self.heights.iter_mut().zip(heights) {
            *own = joined(*own, *other)?;
        }
        for (own, other) in self.widths.iter_mut().zip(widths) {
            *own = joined(*own, *other)?;
        }
        self.fitted(one)
    }
}

impl Words<'_> {
    /// Whether a matrix that is written out stands in a term.
    pub fn holds_blocks(&self, term: TermId) -> bool {
        let mut stack = vec![term];
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(next) = stack.pop() {
            let node = self.store.node(next);
            if matches!(node, Node::Matrix(..)) {
                return true;
            }
            if seen.insert(next) {
                node.for_each_child(|child| stack.push(child));
            }
        }
        false
    }

    /// Whether two terms are the same block by block. They have values.
    pub fn agree_by_blocks(&mut self, a: TermId, b: TermId) -> Option<bool> {
        let (a, b) = (self.blocks_of(a, 0)?, self.blocks_of(b, 0)?);
        let count = |blocks: &Blocks| (blocks.heights.len(), blocks.widths.len());
        let (a, b) = match (count(&a), count(&b)) {
            (m, n) if m == n => (a, b),
            (m, (1, 1)) => {
                let b = self.spread_over(b.cell(0, 0), m)?;
                (a, b)
            }
            ((1, 1), n) => (self.spread_over(a.cell(0, 0), n)?, b),
            _ => return None,
        };
        let a = a.with(&b.heights, &b.widths, self.one)?;
        let b = b.with(&a.heights, &a.widths, self.one)?;
        for (x, y) in a.cells.iter().zip(&b.cells) {
            let difference = self.minus(x, y)?;
            if !self.is_nothing(&difference) {
                return Some(false);
            }
        }
        Some(true)
    }

    /// 0, or a multiple of the identity, as so many blocks.
    fn spread_over(&mut self, value: &Value, (rows, columns): (usize, usize)) -> Option<Blocks> {
        if matches!(value, Value::Identity(_)) && rows != columns
            || !matches!(value, Value::Identity(_) | Value::Zero)
        {
            return None;
        }
        let place = |at: usize| {
            if at / columns == at % columns {
                value.clone()
            } else {
                Value::Zero
            }
        };
        let blocks = Blocks {
            heights: vec![None; rows],
            widths: vec![None; columns],
            cells: (0..rows * columns).map(place).collect(),
        };
        blocks.fitted(self.one)
    }

    fn blocks_of(&mut self, term: TermId, depth: u32) -> Option<Blocks> {
        if depth > DEEPEST || !self.store.spend(10) {
            return None;
        }
        match self.store.node(term).clone() {
            Node::Matrix(rows, columns, entries) => {
                let mut cells = Vec::new();
                for entry in &entries {
                    cells.push(self.spell(*entry)?);
                }
                let blocks = Blocks {
                    heights: vec![None; rows as usize],
                    widths: vec![None; columns as usize],
                    cells,
                };
                blocks.fitted(self.one)
            }
            Node::Add(parts) => {
                let (first, rest) = parts.split_first()?;
                let mut sum = self.blocks_of(*first, depth + 1)?;
                for part in rest {
                    let part = self.blocks_of(*part, depth + 1)?;
                    sum = self.sum_of_blocks(sum, part)?;
                }
                Some(sum)
            }
            Node::Mul(factors) => {
                let (first, rest) = factors.split_first()?;
                let mut product = self.blocks_of(*first, depth + 1)?;
                for factor in rest {
                    let factor = self.blocks_of(*factor, depth + 1)?;
                    product = self.product_of_blocks(product, factor)?;
                }
                Some(product)
            }
            Node::Pow(base, exponent) if self.number_of(exponent).is_some() => {
                let count = self.number_of(exponent)?.to_i64()?;
                let base = self.blocks_of(base, depth + 1)?;
                if !(1..=HIGHEST).contains(&count) || base.cells.len() == 1 {
                    return self.single_block(term);
                }
                let mut power = base.clone();
                for _ in 1..count {
                    power = self.product_of_blocks(power, base.clone())?;
                }
                Some(power)
            }
            Node::Function(Function::Transpose, parts) => {
                let blocks = self.blocks_of(*parts.first()?, depth + 1)?;
                let mut cells = Vec::new();
                for column in 0..blocks.widths.len() {
                    for row in 0..blocks.heights.len() {
                        cells.push(match blocks.cell(row, column) {
                            Value::Matrix(matrix) => Value::Matrix(self.transposed(matrix)?),
                            other => other.clone(),
                        });
                    }
                }
                let turned = Blocks {
                    heights: blocks.widths,
                    widths: blocks.heights,
                    cells,
                };
                turned.fitted(self.one)
            }
            _ => self.single_block(term),
        }
    }

    fn single_block(&mut self, term: TermId) -> Option<Blocks> {
        let blocks = Blocks {
            heights: vec![None],
            widths: vec![None],
            cells: vec![self.spell(term)?],
        };
        blocks.fitted(self.one)
    }

    fn sum_of_blocks(&mut self, a: Blocks, b: Blocks) -> Option<Blocks> {
        let a = a.with(&b.heights, &b.widths, self.one)?;
        let b = b.with(&a.heights, &a.widths, self.one)?;
        let mut cells = Vec::new();
        for (x, y) in a.cells.iter().zip(&b.cells) {
            cells.push(self.sum(x, y)?);
        }
        Blocks { cells, ..a }.fitted(self.one)
    }

    fn product_of_blocks(&mut self, a: Blocks, b: Blocks) -> Option<Blocks> {
        for (number, blocks) in [(&a, &b), (&b, &a)] {
            if let [Value::Scalar(number)] = number.cells.as_slice() {
                let mut scaled = blocks.clone();
                for cell in &mut scaled.cells {
                    *cell = self.scaled(*number, cell);
                }
                return Some(scaled);
            }
        }
        if a.widths.len() != b.heights.len() {
            return None;
        }
        let free = vec![None; b.widths.len()];
        let b = b.with(&a.widths, &free, self.one)?;
        let free = vec![None; a.heights.len()];
        let a = a.with(&free, &b.heights, self.one)?;
        let mut cells = Vec::new();
        for row in 0..a.heights.len() {
            for column in 0..b.widths.len() {
                let mut sum = Value::Zero;
                for between in 0..a.widths.len() {
                    let part = self.multiply(a.cell(row, between), b.cell(between, column))?;
                    sum = self.sum(&sum, &part)?;
                }
                cells.push(sum);
            }
        }
        let product = Blocks {
            heights: a.heights,
            widths: b.widths,
            cells,
        };
        product.fitted(self.one)
    }
}
