//! Tables in which lines of many kinds stand between each other, each with the verdict that it must get.

/// A line and the label of its verdict.
pub type Expected = (String, &'static str);

/// Lines of many kinds. Those of one kind keep their order.
#[derive(Default)]
pub struct Mixed {
    kinds: Vec<Vec<Expected>>,
}

impl Mixed {
    /// So many times some lines of a kind.
    pub fn kind(&mut self, times: usize, lines: impl Fn(usize) -> Vec<Expected>) {
        self.kinds.push((0..times).flat_map(lines).collect());
    }

    /// So many times a line of a kind.
    pub fn one(&mut self, label: &'static str, times: usize, line: impl Fn(usize) -> String) {
        self.kind(times, |n| vec![(line(n), label)]);
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.kinds.iter().map(Vec::len).sum()
    }

    /// All lines, one of each kind after another as long as there are any.
    pub fn lines(self) -> Vec<Expected> {
        let mut queues: Vec<_> = self.kinds.into_iter().map(Vec::into_iter).collect();
        let mut lines = Vec::new();
        loop {
            let before = lines.len();
            lines.extend(queues.iter_mut().filter_map(Iterator::next));
            if lines.len() == before {
                return lines;
            }
        }
    }
}
