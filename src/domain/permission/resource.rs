use std::fmt;

use super::{
    level::Level,
    source::{ResourceText, source},
};

/// What a permission is about, such as credit transfers: one of the 51 sub-permissions on the
/// documentation's page on permissions. A small index into the catalogue, in its order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resource(u8);

impl Resource {
    /// The resource at a position of the catalogue. Whoever calls it has to know that it exists.
    pub(super) const fn at(position: u8) -> Self {
        Self(position)
    }

    /// Where the resource stands in the catalogue.
    pub(super) const fn position(self) -> u8 {
        self.0
    }

    /// The resource with this key, for example `credit_transfers`.
    pub fn named(key: &str) -> Option<Self> {
        Self::all().find(|resource| resource.key() == key)
    }

    /// All resources in the order of the catalogue, which is the one in which the documentation
    /// first mentions them.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        let count = u8::try_from(source().resources.len()).unwrap_or(u8::MAX);
        (0..count).map(Self)
    }

    /// Its name in files, commands and the log. Never changes.
    pub fn key(self) -> &'static str {
        self.text().map_or("", |text| &text.key)
    }

    /// Its documented name, for people.
    pub fn label(self) -> &'static str {
        self.text().map_or("", |text| &text.label)
    }

    /// What it is, in one sentence.
    pub fn definition(self) -> &'static str {
        self.text().map_or("", |text| &text.definition)
    }

    /// Whether it reaches into accounts, so that a role has to say which (decision 5 in the crate docs).
    pub fn account_scoped(self) -> bool {
        self.text().is_some_and(|text| text.account_scoped)
    }

    /// The levels that the catalogue offers for it, in documented order.
    pub fn levels(self) -> impl Iterator<Item = Level> {
        Level::ALL.into_iter().filter(move |level| self.gives(*level).is_some())
    }

    /// What one level of it gives; nothing when that level is not offered.
    pub(super) fn gives(self, level: Level) -> Option<&'static str> {
        self.text().and_then(|text| text.gives(level))
    }

    fn text(self) -> Option<&'static ResourceText> {
        source().resources.get(usize::from(self.0))
    }
}

/// The key.
impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Resource({self})")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;

    /// A position in a mask must keep its meaning, so this list only ever grows at its end.
    const POSITIONS: [&str; 51] = [
        "accounts",
        "affiliations",
        "dashboards",
        "entities",
        "forecast_configurations",
        "memberships",
        "metadata_keys",
        "payment_templates",
        "roles",
        "account_balances",
        "account_sweeping_rules",
        "accounts_payables",
        "accounts_receivables",
        "approval_chains",
        "categorization_rules",
        "connection_instruction_events",
        "connection_instructions",
        "connection_reports",
        "counterparties",
        "counterparty_events",
        "credit_transfers",
        "direct_debit_events",
        "direct_debits",
        "expected_transactions",
        "external_accounts",
        "forecasted_transactions",
        "gl_accounts",
        "gl_entities",
        "holdings",
        "mandate_events",
        "mandates",
        "credit_transfer_events",
        "pending_transactions",
        "portfolios",
        "reports",
        "transactions",
        "views",
        "reconciliation",
        "direct_debit_approvals",
        "credit_transfer_approvals",
        "connection_secrets",
        "third_party_connections",
        "invitations",
        "organizations",
        "resource_events",
        "webhook_keys",
        "webhooks",
        "notification_rules",
        "notifications",
        "report_schedules",
        "themes",
    ];

    #[test]
    fn every_resource_keeps_its_position() {
        let keys: Vec<&str> = Resource::all().map(Resource::key).collect();
        assert_eq!(keys, POSITIONS);
        for (position, key) in POSITIONS.iter().enumerate() {
            assert_eq!(usize::from(Resource::named(key).unwrap().position()), position);
        }
    }

    #[test]
    fn four_levels_of_every_resource_fit_into_the_mask() {
        assert!(Resource::all().len() <= 64);
    }

    #[test]
    fn a_resource_is_found_by_its_exact_key_only() {
        assert_eq!(Resource::named("credit_transfers").unwrap().label(), "Credit transfers");
        assert_eq!(Resource::named("Credit transfers"), None);
        assert_eq!(Resource::named(""), None);
    }

    #[test]
    fn labels_are_those_of_the_documentation() {
        for resource in Resource::all() {
            let label = match resource.key() {
                "gl_accounts" => "GL accounts".to_owned(),
                "gl_entities" => "GL entities".to_owned(),
                "resource_events" => "Resource events (Audit trail)".to_owned(),
                "third_party_connections" => "Third-party connections".to_owned(),
                key => key[..1].to_uppercase() + &key[1..].replace('_', " "),
            };
            assert_eq!(resource.label(), label);
        }
    }

    #[test]
    fn exactly_the_listed_resources_reach_into_accounts() {
        let mut scoped: Vec<&str> = Resource::all().filter(|r| r.account_scoped()).map(Resource::key).collect();
        scoped.sort_unstable();
        assert_eq!(
            scoped,
            [
                "account_balances",
                "account_sweeping_rules",
                "accounts_payables",
                "accounts_receivables",
                "connection_instruction_events",
                "connection_instructions",
                "connection_reports",
                "credit_transfer_approvals",
                "credit_transfer_events",
                "credit_transfers",
                "direct_debit_approvals",
                "direct_debit_events",
                "direct_debits",
                "expected_transactions",
                "forecasted_transactions",
                "holdings",
                "mandate_events",
                "mandates",
                "pending_transactions",
                "portfolios",
                "reconciliation",
                "transactions",
            ]
        );
    }

    #[test]
    fn some_resources_are_offered_without_read_or_without_delete() {
        let levels = |key| Resource::named(key).unwrap().levels().collect::<Vec<_>>();
        assert_eq!(levels("mandates"), [Level::Read, Level::Create, Level::Update]);
        assert_eq!(levels("webhook_keys"), [Level::Create, Level::Delete]);
        assert_eq!(levels("reconciliation"), [Level::Create]);
        assert_eq!(levels("organizations"), [Level::Update]);
        assert_eq!(levels("credit_transfer_approvals"), [Level::Update, Level::Delete]);
        assert_eq!(levels("direct_debit_approvals"), [Level::Update, Level::Delete]);
        assert_eq!(levels("external_accounts"), Level::ALL);
        assert_eq!(levels("accounts"), [Level::Read, Level::Create, Level::Update]);
        let without_read = Resource::all().filter(|r| r.gives(Level::Read).is_none()).count();
        assert_eq!(without_read, 5);
    }
}
