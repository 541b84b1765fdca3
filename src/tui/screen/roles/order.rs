//! What the table can be sorted by.
use std::cmp::Ordering;

use super::entry::Entry;
use crate::tui::widget::line::columns;
use crate::tui::widget::table::Order;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Name,
    Setup,
    Groups,
    Accounts,
    Users,
    Warnings,
}

impl By {
    /// Every column, in the order of the table.
    pub const ALL: [Self; 6] = [Self::Name, Self::Setup, Self::Groups, Self::Accounts, Self::Users, Self::Warnings];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Setup => "Setup",
            Self::Groups => "Permission groups",
            Self::Accounts => "Accounts",
            Self::Users => "Users",
            Self::Warnings => "Warnings",
        }
    }

    /// Columns that its heading takes.
    pub fn columns(self) -> u16 {
        u16::try_from(columns(self.title())).unwrap_or(u16::MAX)
    }

    /// Its place in the table, counted from 0.
    pub const fn index(self) -> usize {
        self as usize
    }

    fn next(self) -> Self {
        Self::ALL.into_iter().cycle().nth(self.index() + 1).unwrap_or(Self::Name)
    }

    /// The direction that says most at first sight: texts from A, numbers from the largest.
    const fn usual(self) -> Order {
        match self {
            Self::Name | Self::Setup | Self::Groups => Order::Ascending,
            Self::Accounts | Self::Users | Self::Warnings => Order::Descending,
        }
    }
}

/// A column and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sort {
    pub by: By,
    pub order: Order,
}

impl Default for Sort {
    fn default() -> Self {
        Self { by: By::Name, order: By::Name.usual() }
    }
}

impl Sort {
    /// By the next column, in its usual direction.
    pub fn next(self) -> Self {
        let by = self.by.next();
        Self { by, order: by.usual() }
    }

    /// The other way round.
    pub const fn reversed(self) -> Self {
        let order = match self.order {
            Order::Ascending => Order::Descending,
            Order::Descending => Order::Ascending,
        };
        Self { order, ..self }
    }

    /// Which of two roles stands first. Equal ones stand by name.
    pub fn compare(self, one: &Entry, other: &Entry) -> Ordering {
        let ordering = match self.by {
            By::Name => one.key.cmp(&other.key),
            By::Setup => one.setup.cmp(other.setup),
            By::Groups => one.groups.cmp(&other.groups),
            By::Accounts => one.reach.cmp(&other.reach),
            By::Users => one.users.cmp(&other.users),
            By::Warnings => (one.worst(), one.findings.len()).cmp(&(other.worst(), other.findings.len())),
        };
        let directed = match self.order {
            Order::Ascending => ordering,
            Order::Descending => ordering.reverse(),
        };
        directed.then_with(|| one.key.cmp(&other.key))
    }
}
