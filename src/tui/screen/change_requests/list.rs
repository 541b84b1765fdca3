//! Which requests are shown in which order, and which of them is selected.
use super::item::State;
use crate::domain::id::ChangeRequestId;
use crate::tui::widget::rows::Rows;

/// The tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    /// Those that whoever looks can approve.
    #[default]
    Mine,
    /// Every one.
    All,
}

impl Tab {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Mine => Self::All,
            Self::All => Self::Mine,
        }
    }
}

/// Which of all requests are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Only {
    /// Every one.
    #[default]
    All,
    /// Those in one state.
    In(State),
    /// One's own.
    Own,
}

impl Only {
    /// The one after this, round and round.
    pub fn next(self) -> Self {
        let after = |state: State| {
            let later = State::ALL.into_iter().skip_while(|one| *one != state).nth(1);
            later.map_or(Self::Own, Self::In)
        };
        match self {
            Self::All => Self::In(State::Waiting),
            Self::In(state) => after(state),
            Self::Own => Self::All,
        }
    }

    /// In a word or two.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::In(state) => state.name(),
            Self::Own => "Mine",
        }
    }
}

/// Some of the requests in an order. What is selected is a request, not a line.
#[derive(Default)]
pub(super) struct List {
    shown: Vec<(usize, ChangeRequestId)>,
    selected: Option<ChangeRequestId>,
    pub rows: Rows,
}

impl List {
    /// Shows these: places among all requests, with their ids. Where the selected one is gone, the one in its place is
    /// selected.
    pub fn show(&mut self, shown: Vec<(usize, ChangeRequestId)>) {
        self.shown = shown;
        self.rows.clamp(self.shown.len());
        let line = self.shown.iter().position(|(_, id)| Some(*id) == self.selected);
        if let Some(line) = line {
            self.rows.select(line);
        }
        self.follow_line();
    }

    /// The request on the selected line is the selected one.
    pub fn follow_line(&mut self) {
        self.selected = self.rows.selected().and_then(|line| self.shown.get(line)).map(|(_, id)| *id);
    }

    /// The selected request.
    pub const fn selected(&self) -> Option<ChangeRequestId> {
        self.selected
    }

    /// Where the request on a line stands among all of them.
    pub fn place(&self, line: usize) -> Option<usize> {
        self.shown.get(line).map(|(place, _)| *place)
    }

    /// The requests, in order.
    pub fn ids(&self) -> impl Iterator<Item = ChangeRequestId> {
        self.shown.iter().map(|(_, id)| *id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_goes_round_all_states_and_ones_own() {
        let round = std::iter::successors(Some(Only::All), |only| Some(only.next()).filter(|next| *next != Only::All));
        let names: Vec<_> = round.map(Only::name).collect();
        assert_eq!(names, ["All", "Waiting", "Stale", "Expired", "Applied", "Rejected", "Withdrawn", "Mine"]);
    }
}
