//! Matrices whose entries are matrices: sums, products, powers and transposes block by block.

use num_traits::ToPrimitive;

use crate::kernel::term::{Check, Head, Id};
use crate::matrices::letter::Words;
use crate::matrices::polynomial::{MISFIT, Value};

/// The largest power that is written out.
const HIGHEST: i64 = 4;
/// Blocks of one matrix.
const MOST: usize = 36;
/// How deep terms may be nested.
const DEEPEST: u32 = 100;

/// Blocks by rows, and what is known of their heights and widths.
#[derive(Clone, Debug)]
struct Blocks {
    heights: Vec<Option<Id>>,
    widths: Vec<Option<Id>>,
    cells: Vec<Value>,
}

fn misfit() -> String {
    MISFIT.to_owned()
}

/// One of two sizes that must be the same.
fn joined(a: Option<Id>, b: Option<Id>) -> Check<Option<Id>> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => Err(misfit()),
        _ => Ok(a.or(b)),
    }
}

fn all_joined(own: &mut [Option<Id>], others: &[Option<Id>]) -> Check<()> {
    if own.len() != others.len() {
        return Err(misfit());
    }
    for (own, other) in own.iter_mut().zip(others) {
        *own = joined(*own, *other)?;
    }
    Ok(())
}

impl Blocks {
    fn free(rows: usize, columns: usize, cells: Vec<Value>, one: Id) -> Check<Self> {
        let (heights, widths) = (vec![None; rows], vec![None; columns]);
        Self::fitted(heights, widths, cells, one)
    }

    /// What the blocks say of heights and widths: the identity is square.
    fn fitted(
        mut heights: Vec<Option<Id>>,
        mut widths: Vec<Option<Id>>,
        cells: Vec<Value>,
        one: Id,
    ) -> Check<Self> {
        if cells.len() != heights.len() * widths.len() || cells.is_empty() || cells.len() > MOST {
            return Err("too many blocks".to_owned());
        }
        for _ in 0..=heights.len() + widths.len() {
            for (place, cell) in cells.iter().enumerate() {
                let (row, column) = (place / widths.len(), place % widths.len());
                let (rows, columns) = match cell {
                    Value::Zero => continue,
                    Value::Scalar(_) => (Some(one), Some(one)),
                    Value::Identity(_) => (widths[column], heights[row]),
                    Value::Matrix(matrix) => (Some(matrix.rows), Some(matrix.columns)),
                };
                heights[row] = joined(heights[row], rows)?;
                widths[column] = joined(widths[column], columns)?;
            }
        }
        Ok(Blocks {
            heights,
            widths,
            cells,
        })
    }

    fn cell(&self, row: usize, column: usize) -> &Value {
        &self.cells[row * self.widths.len() + column]
    }

    /// The same with heights or widths that others have.
    fn with(
        mut self,
        heights: Option<&[Option<Id>]>,
        widths: Option<&[Option<Id>]>,
        one: Id,
    ) -> Check<Self> {
        if let Some(heights) = heights {
            all_joined(&mut self.heights, heights)?;
        }
        if let Some(widths) = widths {
            all_joined(&mut self.widths, widths)?;
        }
        Self::fitted(self.heights, self.widths, self.cells, one)
    }

    fn like(self, other: &Self, one: Id) -> Check<Self> {
        self.with(Some(&other.heights), Some(&other.widths), one)
    }
}

impl Words<'_, '_> {
    /// Whether two terms are the same block by block. They have values.
    pub fn agree_by_blocks(&mut self, a: Id, b: Id) -> Check<bool> {
        let mut a = self.blocks_of(a, 0)?;
        let mut b = self.blocks_of(b, 0)?;
        if a.cells.len() == 1 {
            a = self.spread_over(a, &b)?;
        } else if b.cells.len() == 1 {
            b = self.spread_over(b, &a)?;
        }
        let a = a.like(&b, self.one)?;
        let b = b.like(&a, self.one)?;
        for (x, y) in a.cells.iter().zip(&b.cells) {
            let difference = self.minus(x, y)?;
            if !self.is_nothing(&difference)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// 0, or a multiple of the identity, as blocks like others.
    fn spread_over(&self, single: Blocks, like: &Blocks) -> Check<Blocks> {
        let (rows, columns) = (like.heights.len(), like.widths.len());
        let value = match &single.cells[0] {
            _ if (rows, columns) == (1, 1) => return Ok(single),
            Value::Zero => Value::Zero,
            Value::Identity(number) if rows == columns => Value::Identity(*number),
            _ => return Err(misfit()),
        };
        let mut cells = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                cells.push(if row == column {
                    value.clone()
                } else {
                    Value::Zero
                });
            }
        }
        Blocks::free(rows, columns, cells, self.one)
    }

    fn blocks_of(&mut self, term: Id, depth: u32) -> Check<Blocks> {
        if depth > DEEPEST {
            return Err("terms nested too deeply".to_owned());
        }
        self.checker.terms.spend(10)?;
        let node = self.checker.terms.node(term).clone();
        match (&node.head, node.args.as_slice()) {
            (Head::Matrix(rows, columns), entries) => {
                let mut cells = Vec::new();
                for entry in entries {
                    cells.push(self.spell(*entry)?);
                }
                let (rows, columns) = (usize::try_from(*rows), usize::try_from(*columns));
                let rows = rows.map_err(|_| misfit())?;
                Blocks::free(rows, columns.map_err(|_| misfit())?, cells, self.one)
            }
            (Head::Add, [first, rest @ ..]) => {
                let mut sum = self.blocks_of(*first, depth + 1)?;
                for part in rest {
                    let part = self.blocks_of(*part, depth + 1)?;
                    sum = self.sum_of_blocks(sum, part)?;
                }
                Ok(sum)
            }
            (Head::Mul, [first, rest @ ..]) => {
                let mut product = self.blocks_of(*first, depth + 1)?;
                for factor in rest {
                    let factor = self.blocks_of(*factor, depth + 1)?;
                    product = self.product_of_blocks(product, factor)?;
                }
                Ok(product)
            }
            (Head::Pow, [base, exponent]) => {
                let count = self.checker.terms.value(*exponent);
                let count = count.filter(|n| n.is_integer()).and_then(|n| n.to_i64());
                let Some(count) = count.filter(|n| (1..=HIGHEST).contains(n)) else {
                    return self.single_block(term);
                };
                let base = self.blocks_of(*base, depth + 1)?;
                if base.cells.len() == 1 {
                    return self.single_block(term);
                }
                let mut power = base.clone();
                for _ in 1..count {
                    power = self.product_of_blocks(power, base.clone())?;
                }
                Ok(power)
            }
            (Head::Function("transpose"), [inner]) => {
                let blocks = self.blocks_of(*inner, depth + 1)?;
                let mut cells = Vec::new();
                for column in 0..blocks.widths.len() {
                    for row in 0..blocks.heights.len() {
                        cells.push(match blocks.cell(row, column) {
                            Value::Matrix(matrix) => Value::Matrix(self.transposed(matrix)?),
                            other => other.clone(),
                        });
                    }
                }
                Blocks::fitted(blocks.widths, blocks.heights, cells, self.one)
            }
            _ => self.single_block(term),
        }
    }

    fn single_block(&mut self, term: Id) -> Check<Blocks> {
        let value = self.spell(term)?;
        Blocks::free(1, 1, vec![value], self.one)
    }

    fn sum_of_blocks(&mut self, a: Blocks, b: Blocks) -> Check<Blocks> {
        let a = a.like(&b, self.one)?;
        let b = b.like(&a, self.one)?;
        let mut cells = Vec::new();
        for (x, y) in a.cells.iter().zip(&b.cells) {
            cells.push(self.sum(x, y)?);
        }
        Blocks::fitted(a.heights, a.widths, cells, self.one)
    }

    fn product_of_blocks(&mut self, a: Blocks, b: Blocks) -> Check<Blocks> {
        for (number, blocks) in [(&a, &b), (&b, &a)] {
            if let [Value::Scalar(number)] = number.cells.as_slice() {
                let mut scaled = blocks.clone();
                for cell in &mut scaled.cells {
                    *cell = self.scaled(*number, cell)?;
                }
                return Ok(scaled);
            }
        }
        let b = b.with(Some(&a.widths), None, self.one)?;
        let a = a.with(None, Some(&b.heights), self.one)?;
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
        Blocks::fitted(a.heights, b.widths, cells, self.one)
    }
}
