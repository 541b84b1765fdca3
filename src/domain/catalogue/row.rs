use std::sync::LazyLock;

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::group::Group;
use crate::domain::permission::{Level, Permission, PermissionSet, Resource};

/// What one group gives on one resource: a line of a table on the documentation's page on permissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    group: Group,
    resource: Resource,
    levels: Vec<Level>,
    gives: String,
}

impl Row {
    /// The group whose table it stands in.
    pub const fn group(&self) -> Group {
        self.group
    }

    /// The resource that it is about.
    pub const fn resource(&self) -> Resource {
        self.resource
    }

    /// The levels that the group gives on the resource, in documented order.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// What they give together, in a sentence or two.
    pub fn gives(&self) -> &str {
        &self.gives
    }

    /// The same as permissions.
    pub fn permissions(&self) -> PermissionSet {
        self.levels.iter().filter_map(|level| Permission::of(self.resource, *level)).collect()
    }
}

/// The row as the command line prints it, in this order of fields.
impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let levels: Vec<String> = self.levels.iter().map(Level::to_string).collect();
        let mut row = serializer.serialize_struct("Row", 6)?;
        row.serialize_field("group", self.group.name())?;
        row.serialize_field("resource", self.resource.key())?;
        row.serialize_field("label", self.resource.label())?;
        row.serialize_field("levels", &levels)?;
        row.serialize_field("account_scoped", &self.resource.account_scoped())?;
        row.serialize_field("derived", &self.group.derived())?;
        row.end()
    }
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let mut rows: Vec<Row> = Group::ALL.into_iter().flat_map(documented).collect();
    rows.extend(erp_access());
    rows
});

static GIVEN: LazyLock<[PermissionSet; 8]> = LazyLock::new(|| {
    Group::ALL.map(|group| group.rows().map(Row::permissions).fold(PermissionSet::NONE, PermissionSet::union))
});

/// The rows of a group's documented table.
fn documented(group: Group) -> impl Iterator<Item = Row> {
    group.text().into_iter().flat_map(|text| &text.rows).filter_map(move |row| {
        let resource = Resource::named(&row.resource)?;
        Some(Row { group, resource, levels: row.levels.clone(), gives: row.gives.clone() })
    })
}

/// ERP access has no table: it is everything in Read Financial Data, plus making the two kinds of
/// payment (decision 4 in the crate docs).
fn erp_access() -> impl Iterator<Item = Row> {
    let payments = [Permission::CREDIT_TRANSFERS_CREATE, Permission::DIRECT_DEBITS_CREATE];
    documented(Group::ReadFinancialData).map(move |mut row| {
        row.group = Group::ErpAccess;
        for payment in payments.into_iter().filter(|payment| payment.resource() == row.resource) {
            row.levels.push(payment.level());
            row.gives = format!("{} {}", row.gives, payment.definition());
        }
        row
    })
}

/// All rows in documented order; those of ERP access come last.
pub fn rows() -> &'static [Row] {
    &ROWS
}

impl Group {
    /// The group's rows in documented order.
    pub fn rows(self) -> impl Iterator<Item = &'static Row> {
        rows().iter().filter(move |row| row.group == self)
    }

    /// Everything that the group gives.
    pub fn permissions(self) -> PermissionSet {
        GIVEN.get(self as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use std::collections::BTreeMap;

    use super::*;

    fn the_documented() -> impl Iterator<Item = &'static Row> {
        rows().iter().filter(|row| !row.group.derived())
    }

    #[test]
    fn the_documented_tables_have_85_rows_with_174_level_cells() {
        assert_eq!(the_documented().count(), 85);
        assert_eq!(the_documented().map(|row| row.levels.len()).sum::<usize>(), 174);
        let per_group = Group::ALL.map(|group| group.rows().count());
        assert_eq!(per_group, [9, 31, 8, 4, 13, 4, 16, 31]);
    }

    #[test]
    fn they_give_139_permissions_of_which_31_stand_in_more_than_one_group() {
        let mut groups_of: BTreeMap<Permission, usize> = BTreeMap::new();
        for permission in the_documented().flat_map(|row| row.permissions().iter()) {
            *groups_of.entry(permission).or_default() += 1;
        }
        assert_eq!(groups_of.len(), 139);
        assert_eq!(groups_of.values().filter(|count| **count > 1).count(), 31);
    }

    #[test]
    fn erp_access_adds_two_ways_of_paying_to_reading_and_no_new_permission() {
        let mut expected = Group::ReadFinancialData.permissions();
        expected.insert(Permission::CREDIT_TRANSFERS_CREATE);
        expected.insert(Permission::DIRECT_DEBITS_CREATE);
        assert_eq!(Group::ErpAccess.permissions(), expected);
        assert_eq!(Group::ErpAccess.permissions().len(), 35);
        let credit_transfers = Group::ErpAccess.rows().find(|row| row.resource.key() == "credit_transfers").unwrap();
        assert_eq!(credit_transfers.levels(), [Level::Read, Level::Create]);
        assert_eq!(
            credit_transfers.gives(),
            "See credit transfers. Make credit transfers. Approving them is a permission of its own."
        );
    }

    #[test]
    fn erp_access_comes_last() {
        assert!(rows().iter().is_sorted_by_key(|row| row.group));
        assert!(rows().iter().skip(85).all(|row| row.group == Group::ErpAccess));
    }

    /// Every row that gives more than READ, among them those that are easily misread in the source.
    const BEYOND_READING: &[(Group, &str, &[Level])] = {
        use Group as G;
        use Level::{Create, Delete, Read, Update};
        const ALL: &[Level] = &Level::ALL;
        &[
            (G::ReadFinancialData, "reports", &[Read, Create]),
            (G::ReadFinancialData, "views", &[Read, Create]),
            (G::InitiatePayments, "account_sweeping_rules", ALL),
            (G::InitiatePayments, "counterparties", ALL),
            (G::InitiatePayments, "credit_transfers", &[Create]),
            (G::InitiatePayments, "direct_debits", &[Create]),
            (G::InitiatePayments, "external_accounts", ALL),
            (G::InitiatePayments, "mandates", &[Read, Create, Update]),
            (G::InitiatePayments, "payment_templates", ALL),
            (G::InitiatePayments, "reconciliation", &[Create]),
            (G::ApproveAndRejectPayments, "credit_transfers", &[Update]),
            (G::ApproveAndRejectPayments, "direct_debit_approvals", &[Update, Delete]),
            (G::ApproveAndRejectPayments, "direct_debits", &[Update]),
            (G::ApproveAndRejectPayments, "credit_transfer_approvals", &[Update, Delete]),
            (G::SensitiveAdminOperations, "accounts", &[Create]),
            (G::SensitiveAdminOperations, "affiliations", ALL),
            (G::SensitiveAdminOperations, "approval_chains", ALL),
            (G::SensitiveAdminOperations, "connection_secrets", ALL),
            (G::SensitiveAdminOperations, "third_party_connections", ALL),
            (G::SensitiveAdminOperations, "entities", ALL),
            (G::SensitiveAdminOperations, "invitations", ALL),
            (G::SensitiveAdminOperations, "memberships", ALL),
            (G::SensitiveAdminOperations, "organizations", &[Update]),
            (G::SensitiveAdminOperations, "roles", ALL),
            (G::SensitiveAdminOperations, "webhook_keys", &[Create, Delete]),
            (G::SensitiveAdminOperations, "webhooks", ALL),
            (G::SetUpProgrammaticAccess, "memberships", &[Read, Create]),
            (G::SetUpProgrammaticAccess, "webhook_keys", &[Create, Delete]),
            (G::SetUpProgrammaticAccess, "webhooks", ALL),
            (G::ManageDashboard, "accounts", &[Update]),
            (G::ManageDashboard, "categorization_rules", ALL),
            (G::ManageDashboard, "dashboards", &[Create, Update, Delete]),
            (G::ManageDashboard, "expected_transactions", ALL),
            (G::ManageDashboard, "forecast_configurations", ALL),
            (G::ManageDashboard, "forecasted_transactions", ALL),
            (G::ManageDashboard, "gl_accounts", &[Read, Update]),
            (G::ManageDashboard, "gl_entities", &[Read, Update]),
            (G::ManageDashboard, "metadata_keys", &[Create, Update, Delete]),
            (G::ManageDashboard, "notification_rules", ALL),
            (G::ManageDashboard, "notifications", ALL),
            (G::ManageDashboard, "payment_templates", &[Create, Update, Delete]),
            (G::ManageDashboard, "report_schedules", ALL),
            (G::ManageDashboard, "reports", ALL),
            (G::ManageDashboard, "themes", ALL),
            (G::ManageDashboard, "views", ALL),
        ]
    };

    #[test]
    fn every_row_has_its_documented_levels() {
        let beyond_reading: Vec<_> = the_documented()
            .filter(|row| row.levels != [Level::Read])
            .map(|row| (row.group, row.resource.key(), row.levels()))
            .collect();
        assert_eq!(beyond_reading, BEYOND_READING);
    }

    #[test]
    fn a_row_is_printed_with_its_fields_in_the_agreed_order() {
        let json = serde_json::to_string(rows()).unwrap();
        assert!(json.starts_with(
            r#"[{"group":"Basic Access","resource":"accounts","label":"Accounts","levels":["READ"],"account_scoped":false,"derived":false},"#
        ));
        assert!(json.ends_with(
            r#"{"group":"ERP access","resource":"views","label":"Views","levels":["READ","CREATE"],"account_scoped":false,"derived":true}]"#
        ));
    }
}
