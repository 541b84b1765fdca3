//! What a waiting request notices, and what leaves it alone.
use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;

use super::stage::{
    Step, edit_role, edit_user, effect, effect_of, give, grant, rename_places, rename_role, rescope, staffed, steps,
    walk, without,
};
use crate::domain::catalogue::Group;
use crate::domain::effect::facts;
use crate::domain::fixture::{Company, advanced, chosen, simple};
use crate::domain::id::{EntityId, RoleId, UserId};
use crate::domain::name::PersonName;
use crate::domain::row::{Difference, Row, RowId};
use crate::domain::scope::Scope;
use crate::domain::user::{Digest, User, UserStatus};

struct Cast {
    company: Company,
    north: EntityId,
    south: EntityId,
    payer: RoleId,
    everywhere: RoleId,
    anna: UserId,
}

fn cast() -> Cast {
    let mut company = Company::new();
    let north = company.entity("North", None);
    let south = company.entity("South", None);
    company.account("Oslo", north);
    company.account("Rome", south);
    let payer = company.role("Payer", advanced("credit_transfers:create roles:read"), chosen([north], []));
    let everywhere = company.role("Reader", simple([Group::ReadFinancialData]), Scope::AllFuture);
    let anna = company.user("Anna Berg", [], UserStatus::Active);
    company.user("Bo Dahl", [payer], UserStatus::Active);
    Cast { company, north, south, payer, everywhere, anna }
}

/// The digest of giving Anna the role, in the company as it is after `meanwhile`.
fn giving(cast: &Cast, role: RoleId, meanwhile: impl FnOnce(&mut Company)) -> Digest {
    let mut company = cast.company.clone();
    meanwhile(&mut company);
    effect_of(&company, |company| give(company, cast.anna, role)).digest
}

#[test]
fn a_role_that_means_more_than_when_it_was_asked_for_is_noticed() {
    let cast = cast();
    let filed = giving(&cast, cast.payer, |_| {});
    let more = advanced("credit_transfers:create roles:read roles:update");
    assert_ne!(giving(&cast, cast.payer, |now| grant(now, cast.payer, more)), filed);
    let less = advanced("credit_transfers:create");
    assert_ne!(giving(&cast, cast.payer, |now| grant(now, cast.payer, less)), filed);
    let wider = chosen([cast.north, cast.south], []);
    assert_ne!(giving(&cast, cast.payer, |now| rescope(now, cast.payer, wider)), filed);
    assert_ne!(giving(&cast, cast.payer, |now| now.delete(cast.payer)), filed);
}

#[test]
fn a_role_that_was_edited_and_edited_back_is_as_it_was() {
    let cast = cast();
    let edited = |now: &mut Company| {
        let as_it_was = now.org().role(cast.payer).unwrap().clone();
        grant(now, cast.payer, advanced("roles:delete"));
        now.put(Row::Role(as_it_was));
    };
    assert_eq!(giving(&cast, cast.payer, edited), giving(&cast, cast.payer, |_| {}));
}

#[test]
fn a_new_account_is_noticed_where_a_chosen_entity_brings_it_in_and_nowhere_else() {
    let cast = cast();
    let filed = giving(&cast, cast.payer, |_| {});
    let new_account = |entity| {
        move |now: &mut Company| {
            now.account("Later", entity);
        }
    };
    assert_ne!(giving(&cast, cast.payer, new_account(cast.north)), filed);
    assert_eq!(giving(&cast, cast.payer, new_account(cast.south)), filed);
    let filed = giving(&cast, cast.everywhere, |_| {});
    assert_eq!(giving(&cast, cast.everywhere, new_account(cast.north)), filed, "all accounts are all accounts");
}

#[test]
fn harmless_changes_elsewhere_are_not_noticed() {
    let cast = cast();
    let filed = giving(&cast, cast.payer, |_| {});
    let called = |name: &str| PersonName::new(name).unwrap();
    assert_eq!(giving(&cast, cast.payer, |now| rename_role(now, cast.payer, "Paying")), filed);
    assert_eq!(giving(&cast, cast.payer, |now| edit_user(now, cast.anna, |row| row.name = called("Anna"))), filed);
    assert_eq!(giving(&cast, cast.payer, |now| grant(now, cast.everywhere, simple([]))), filed);
    assert_eq!(giving(&cast, cast.payer, rename_places), filed);
    let colleague = |now: &mut Company| {
        now.user("Cleo", [cast.payer], UserStatus::Active);
    };
    assert_eq!(giving(&cast, cast.payer, colleague), filed);
}

#[test]
fn what_the_person_could_do_anyway_counts() {
    let cast = cast();
    let filed = giving(&cast, cast.payer, |_| {});
    assert_ne!(giving(&cast, cast.payer, |now| give(now, cast.anna, cast.everywhere)), filed, "her roles are shown");
    let off = |now: &mut Company| edit_user(now, cast.anna, |row| row.status = UserStatus::Deactivated);
    assert_ne!(giving(&cast, cast.payer, off), filed, "she would gain nothing");
}

#[test]
fn an_edited_role_is_about_those_who_hold_it() {
    let cast = cast();
    let editing = |company: &Company| effect_of(company, |now| grant(now, cast.payer, advanced("themes:read"))).digest;
    let filed = editing(&cast.company);
    let mut now = cast.company.clone();
    now.user("Cleo", [cast.everywhere], UserStatus::Active);
    assert_eq!(editing(&now), filed);
    now.invitation("cleo@example.com", [cast.payer]);
    assert_ne!(editing(&now), filed);
}

#[test]
fn deleting_a_role_and_editing_it_get_in_each_others_way() {
    let cast = cast();
    let deleting = |company: &Company| effect_of(company, |now| now.delete(cast.payer)).digest;
    let mut edited = cast.company.clone();
    grant(&mut edited, cast.payer, advanced("themes:read"));
    assert_ne!(deleting(&edited), deleting(&cast.company), "its holders lose something else");
}

#[test]
fn rows_of_which_nothing_is_shown_leave_the_digest_alone() {
    let cast = cast();
    let nothing = effect(&cast.company, &cast.company);
    let seen = effect_of(&cast.company, |now| edit_user(now, cast.anna, |row| row.code_seen_by = [cast.anna].into()));
    assert_eq!((seen.lines.len(), seen.digest), (0, nothing.digest));
}

#[test]
fn a_revoked_invitation_and_an_accepted_one_are_two_things() {
    let cast = cast();
    let mut company = cast.company.clone();
    let open = company.invitation("cleo@example.com", [cast.payer]);
    let revoked = without(&company, RowId::from(open));
    let mut accepted = revoked.clone();
    let row = company.org().user(cast.anna).unwrap().clone();
    let id = UserId::from_uuid(open.uuid());
    accepted.put(Row::User(User { id, roles: [cast.payer].into_iter().collect(), ..row }));
    let digests = [effect(&company, &revoked), effect(&company, &accepted), effect(&company, &company)];
    assert_eq!(digests.iter().map(|effect| effect.digest).collect::<BTreeSet<_>>().len(), 3);
}

/// What counts, taken straight from the rows.
type Values = Vec<(RowId, &'static str, Option<Value>, Option<Value>)>;

fn values(before: &Company, after: &Company) -> Values {
    let mut values = Values::new();
    for change in Difference::between(before.org(), after.org()).changes {
        let side = |org, row: &Option<Row>| row.as_ref().map(|row| facts(org, row)).unwrap_or_default();
        let (old, new) = (side(before.org(), &change.before), side(after.org(), &change.after));
        let fields: BTreeSet<_> = old.iter().chain(&new).map(|fact| fact.field).collect();
        for field in fields {
            let of = |facts: &[crate::domain::effect::Fact]| {
                facts.iter().find(|fact| fact.field == field).map(|fact| fact.value.clone())
            };
            let (old, new) = (of(&old), of(&new));
            if old != new {
                values.push((change.row, field, old, new));
            }
        }
    }
    values
}

proptest! {
    #[test]
    fn two_effects_have_one_digest_only_if_they_are_the_same(
        company in staffed(),
        (one, other) in (steps(), steps()),
        shared in steps(),
    ) {
        let ends = [&one, &other].map(|steps| {
            let mut end = company.clone();
            walk(&mut end, steps);
            walk(&mut end, &shared);
            end
        });
        let [first, second] = [&ends[0], &ends[1]].map(|end| effect(&company, end));
        let same = values(&company, &ends[0]) == values(&company, &ends[1]) && first.access == second.access;
        prop_assert_eq!(first.digest == second.digest, same);
    }

    #[test]
    fn names_of_places_do_not_count_unless_they_are_changed(company in staffed(), mut steps in steps()) {
        steps.retain(Step::leaves_places);
        let mut after = company.clone();
        walk(&mut after, &steps);
        let mut renamed = (company.clone(), after.clone());
        rename_places(&mut renamed.0);
        rename_places(&mut renamed.1);
        prop_assert_eq!(effect(&renamed.0, &renamed.1).digest, effect(&company, &after).digest);
    }

    #[test]
    fn it_can_be_kept_and_read_again(company in staffed(), steps in steps()) {
        let mut after = company.clone();
        walk(&mut after, &steps);
        let effect = effect(&company, &after);
        let kept = serde_json::to_string(&effect).unwrap();
        prop_assert_eq!(serde_json::from_str::<super::super::Effect>(&kept).unwrap(), effect);
    }
}

#[test]
fn renaming_the_role_itself_is_noticed() {
    let cast = cast();
    let to = |name: &str| effect_of(&cast.company, |now| rename_role(now, cast.payer, name)).digest;
    assert_ne!(to("Paying"), to("Payers"));
    let with_scope = effect_of(&cast.company, |now| {
        edit_role(now, cast.payer, |row| row.scope = Scope::AllFuture.into());
        rename_role(now, cast.payer, "Paying");
    });
    assert_ne!(with_scope.digest, to("Paying"));
}
