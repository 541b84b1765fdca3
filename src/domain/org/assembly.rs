//! An organization made of many rows at once. Its two halves, the rows in their places and the addresses in their order,
//! can be made side by side.
use imbl::OrdMap;

use super::{AddressKey, Holder, Org, Row, held};
use crate::domain::text::sorted;

/// Rows in their places. Nobody has an address yet.
pub struct Placed(Org);

impl Placed {
    /// Puts each row into its place.
    pub fn new(rows: impl Iterator<Item = Row>) -> Self {
        let mut org = Org::default();
        rows.for_each(|row| org.put_without_address(row));
        Self(org)
    }

    /// The organization, with the addresses that these rows take.
    pub fn with(self, addresses: Addresses) -> Org {
        Org { addresses: addresses.0, ..self.0 }
    }
}

/// The addresses that many rows take.
#[derive(Default)]
pub struct Taken(Vec<Option<(AddressKey, Holder)>>);

impl Taken {
    /// Notes the address of a row, if it takes one.
    pub fn note(&mut self, row: &Row) {
        self.0.extend(held(row).map(Some));
    }

    /// Brings them into their order, in which they are taken with much less work than one by one. Of two rows with the
    /// same address, the later one has it.
    pub fn ordered(mut self) -> Addresses {
        let keys = self.0.iter().enumerate().filter_map(|(place, taken)| Some((taken.as_ref()?.0.as_str(), place)));
        let order = sorted(keys);
        Addresses(order.into_iter().filter_map(|place| self.0.get_mut(place)?.take()).collect())
    }
}

/// Who has which address.
pub struct Addresses(OrdMap<AddressKey, Holder>);
