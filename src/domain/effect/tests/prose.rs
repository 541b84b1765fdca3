//! How it reads.
use super::stage::{
    access, edit_role, edit_user, effect, effect_of, give, grant, lines, rename_role, rescope, without,
};
use crate::domain::catalogue::Group;
use crate::domain::fixture::{Company, advanced, chosen, simple};
use crate::domain::id::{AccountId, EntityId, RoleId, UserId};
use crate::domain::organization::Entity;
use crate::domain::role::Grants;
use crate::domain::row::{Row, RowId};
use crate::domain::scope::Scope;
use crate::domain::user::UserStatus;

struct Cast {
    company: Company,
    north: EntityId,
    south: EntityId,
    oslo: AccountId,
    rome: AccountId,
    reader: RoleId,
    payer: RoleId,
    owner: RoleId,
    anna: UserId,
}

fn cast() -> Cast {
    let mut company = Company::new();
    let north = company.entity("North", None);
    let south = company.entity("South", None);
    let oslo = company.account("Oslo", north);
    let rome = company.account("Rome", south);
    let owner = company.role("Owner", Grants::Everything, Scope::AllFuture);
    let reader = company.role("Reader", simple([Group::BasicAccess]), Scope::AllFuture);
    let payer = company.role("Payer", advanced("credit_transfers:create credit_transfers:read"), chosen([], [oslo]));
    let anna = company.user("Anna Berg", [reader], UserStatus::Active);
    Cast { company, north, south, oslo, rome, reader, payer, owner, anna }
}

/// Lines and access of a change that is tried on a copy.
fn told(company: &Company, change: impl FnOnce(&mut Company)) -> (Vec<String>, Vec<String>) {
    let mut tried = company.clone();
    change(&mut tried);
    let effect = effect(company, &tried);
    (lines(&effect), access(&effect, company, &tried))
}

#[test]
fn giving_a_role_shows_the_roles_and_what_the_person_gains() {
    let cast = cast();
    let (lines, access) = told(&cast.company, |company| give(company, cast.anna, cast.payer));
    assert_eq!(lines, ["User Anna Berg, Roles: “Reader” → “Reader” and “Payer”"]);
    assert_eq!(
        access,
        ["Anna Berg gains credit_transfers:read and credit_transfers:create on 1 account: “Oslo” in EUR of “North”."]
    );
}

#[test]
fn editing_a_role_names_all_who_hold_it() {
    let mut cast = cast();
    for name in ["Bo", "Cleo", "Dag"] {
        cast.company.user(name, [cast.payer], UserStatus::Active);
    }
    cast.company.user("Gone", [cast.payer], UserStatus::Deactivated);
    cast.company.invitation("eve@example.com", [cast.payer]);
    let (lines, access) = told(&cast.company, |company| {
        grant(company, cast.payer, advanced("credit_transfers:create mandates:read roles:read"));
        rescope(company, cast.payer, chosen([cast.south], [cast.oslo]));
    });
    assert_eq!(
        lines,
        [
            "Role “Payer”, Permissions: credit_transfers:read and credit_transfers:create → \
             roles:read, credit_transfers:create and mandates:read",
            "Role “Payer”, Scope: “Oslo” in EUR of “North” → \
             “South” (with child entities and later accounts) and “Oslo” in EUR of “North”",
        ]
    );
    let who = "Bo, Cleo, Dag and eve@example.com (invited)";
    assert_eq!(
        access,
        [
            format!("{who} gain roles:read for the whole organization."),
            format!(
                "{who} gain mandates:read on 2 accounts: “Oslo” in EUR of “North” and “Rome” in EUR of “South”; \
                 on 1 entity with its later accounts: “South”."
            ),
            format!(
                "{who} gain credit_transfers:create on 1 account: “Rome” in EUR of “South”; \
                 on 1 entity with its later accounts: “South”."
            ),
            format!("{who} lose credit_transfers:read on 1 account: “Oslo” in EUR of “North”."),
        ]
    );
}

#[test]
fn of_a_long_list_the_difference_is_read_and_nothing_of_it_is_left_out() {
    let cast = cast();
    let before = simple([Group::ReadFinancialData]).permissions().minus(advanced("mandates:read").permissions());
    let mut company = cast.company.clone();
    grant(&mut company, cast.reader, Grants::Advanced(before));
    let after = before.union(advanced("roles:update roles:delete").permissions());
    let after = after.minus(advanced("transactions:read").permissions());
    let (lines, _) = told(&company, |company| grant(company, cast.reader, Grants::Advanced(after)));
    let (were, are) = (before.len(), after.len());
    assert_eq!(
        lines,
        [format!(
            "Role “Reader”, Permissions: {were} permissions → \
             {are} permissions: + roles:update, + roles:delete, − transactions:read"
        )]
    );
}

#[test]
fn a_new_role_is_shown_whole_and_concerns_nobody_yet() {
    let cast = cast();
    let (lines, access) = told(&cast.company, |company| {
        company.role("Approver", advanced("credit_transfer_approvals:update"), Scope::nothing());
    });
    assert_eq!(
        lines,
        [
            "Role “Approver”, Name: - → Approver",
            "Role “Approver”, Setup: - → Advanced",
            "Role “Approver”, Permissions: - → credit_transfer_approvals:update",
            "Role “Approver”, Scope: - → nothing",
            "Role “Approver”, State: - → In use",
        ]
    );
    assert!(access.is_empty());
}

#[test]
fn a_new_owner_gains_everything_in_a_few_words() {
    let mut cast = cast();
    let bo = cast.company.user("Bo", [], UserStatus::Active);
    let (_, access) = told(&cast.company, |company| give(company, bo, cast.owner));
    assert_eq!(
        access,
        [
            "Bo gains every permission that no scope limits, for the whole organization.",
            "Bo gains every permission for accounts and entities on all accounts and entities, now and later.",
        ]
    );
}

#[test]
fn many_permissions_are_all_named() {
    let mut cast = cast();
    let admin = simple([Group::SensitiveAdminOperations]);
    let permissions = admin.permissions();
    let admin = cast.company.role("Admin", admin, Scope::AllFuture);
    let bo = cast.company.user("Bo", [], UserStatus::Active);
    let (_, access) = told(&cast.company, |company| give(company, bo, admin));
    let long =
        |sentence: &&String| sentence.contains(" permissions for the whole organization. These permissions are: ");
    assert_eq!(access.iter().filter(long).count(), 1, "{access:#?}");
    assert!(access.iter().any(|sentence| sentence.contains("roles (read, create, update, delete)")), "{access:#?}");
    for permission in permissions.iter() {
        let resource = permission.resource().key();
        assert!(access.iter().any(|sentence| sentence.contains(resource)), "{permission} in {access:#?}");
    }
}

#[test]
fn who_keeps_some_accounts_of_all_is_told_which() {
    let mut cast = cast();
    rescope(&mut cast.company, cast.payer, Scope::AllFuture);
    give(&mut cast.company, cast.anna, cast.payer);
    let (lines, access) = told(&cast.company, |company| rescope(company, cast.payer, chosen([], [cast.rome])));
    assert_eq!(lines, ["Role “Payer”, Scope: All future entities → “Rome” in EUR of “South”"]);
    assert_eq!(
        access,
        [
            "Anna Berg loses credit_transfers:read and credit_transfers:create on all accounts and entities, now and later, \
          but not on 1 account: “Rome” in EUR of “South”."
        ]
    );
}

#[test]
fn two_roles_that_give_the_same_cover_for_each_other() {
    let mut cast = cast();
    let second = cast.company.role("Payer too", advanced("credit_transfers:create"), chosen([cast.north], []));
    give(&mut cast.company, cast.anna, cast.payer);
    give(&mut cast.company, cast.anna, second);
    let (_, access) = told(&cast.company, |company| company.delete(cast.payer));
    assert_eq!(access, ["Anna Berg loses credit_transfers:read on 1 account: “Oslo” in EUR of “North”."]);
}

#[test]
fn deactivating_and_removing_take_everything_away() {
    let mut cast = cast();
    grant(&mut cast.company, cast.reader, advanced("roles:read"));
    for (status, word) in [(UserStatus::Deactivated, "Deactivated"), (UserStatus::Removed, "Removed")] {
        let (lines, access) = told(&cast.company, |company| edit_user(company, cast.anna, |row| row.status = status));
        assert_eq!(lines, [format!("User Anna Berg, Status: Active → {word}")]);
        assert_eq!(access, ["Anna Berg loses roles:read for the whole organization."]);
    }
}

#[test]
fn an_invitation_is_shown_with_what_it_will_give_and_its_end_with_what_it_would_have() {
    let mut cast = cast();
    grant(&mut cast.company, cast.reader, advanced("roles:read"));
    let mut invited = cast.company.clone();
    let open = invited.invitation("bo@example.com", [cast.reader]);
    let row = invited.org().invitation(open).unwrap().clone();
    invited.put(Row::Invitation(crate::domain::user::Invitation { invited_by: cast.anna, ..row }));
    let effect_there = effect(&cast.company, &invited);
    assert_eq!(
        lines(&effect_there),
        [
            "Invitation bo@example.com, Address: - → bo@example.com",
            "Invitation bo@example.com, Name: - → not given",
            "Invitation bo@example.com, Roles: - → “Reader”",
            "Invitation bo@example.com, Invited by: - → Anna Berg",
            "Invitation bo@example.com, Expires: - → 8 March 2025, 09:00 UTC",
        ]
    );
    assert_eq!(
        access(&effect_there, &cast.company, &invited),
        ["bo@example.com (invited) gains roles:read for the whole organization."]
    );
    let revoked = without(&invited, RowId::from(open));
    let effect_back = effect(&invited, &revoked);
    assert_eq!(
        access(&effect_back, &invited, &revoked),
        ["bo@example.com (invited) loses roles:read for the whole organization."]
    );
    assert!(effect_back.lines.iter().all(|line| line.after.is_none() && line.before.is_some()));
}

#[test]
fn moving_an_account_is_a_change_of_access() {
    let mut cast = cast();
    rescope(&mut cast.company, cast.payer, chosen([cast.north], []));
    give(&mut cast.company, cast.anna, cast.payer);
    let (lines, access) = told(&cast.company, |company| company.move_to(cast.rome, cast.north));
    assert_eq!(lines, ["Account “Rome”, Entity: “South” → “North”"]);
    assert_eq!(
        access,
        ["Anna Berg gains credit_transfers:read and credit_transfers:create on 1 account: “Rome” in EUR of “North”."]
    );
}

#[test]
fn moving_an_entity_takes_its_accounts_along() {
    let mut cast = cast();
    grant(&mut cast.company, cast.reader, advanced("mandates:read"));
    rescope(&mut cast.company, cast.reader, chosen([cast.north], []));
    let (lines, access) = told(&cast.company, |company| {
        let row = company.org().entity(cast.south).unwrap().clone();
        company.put(Row::Entity(Entity { parent: Some(cast.north), ..row }));
    });
    assert_eq!(lines, ["Entity “South”, Parent: none, it stands at the top → “North”"]);
    assert_eq!(
        access,
        ["Anna Berg gains mandates:read on 1 account: “Rome” in EUR of “South”; \
          on 1 entity with its later accounts: “South” of “North”."]
    );
}

#[test]
fn a_role_that_is_renamed_along_the_way_is_still_the_same_role() {
    let cast = cast();
    let (lines, access) = told(&cast.company, |company| {
        rename_role(company, cast.reader, "Watcher");
        edit_user(company, cast.anna, |row| row.name = "Anna Bergen".parse().unwrap());
    });
    assert_eq!(
        lines,
        ["Role “Reader”, Name: Reader → Watcher", "User Anna Berg, Name: Anna Berg → Anna Bergen"],
        "her roles are the same"
    );
    assert!(access.is_empty());
}

#[test]
fn two_things_of_one_name_are_told_apart() {
    let mut cast = cast();
    let old = cast.company.role("Twin", simple([]), Scope::AllFuture);
    cast.company.delete(old);
    let new = cast.company.role("Twin", simple([]), Scope::AllFuture);
    edit_user(&mut cast.company, cast.anna, |row| row.roles = [old].into_iter().collect());
    let (lines, _) = told(&cast.company, |company| {
        edit_user(company, cast.anna, |row| row.roles = [new].into_iter().collect());
    });
    assert_eq!(lines, [format!("User Anna Berg, Roles: “Twin” ([\"{old}\"]) → “Twin” ([\"{new}\"])")]);
}

#[test]
fn a_name_that_passes_for_another_is_marked() {
    let cast = cast();
    let (lines, _) = told(&cast.company, |company| rename_role(company, cast.reader, "Rеader"));
    assert!(lines[0].starts_with("Role “Reader”, Name: Reader → Rеader <scripts: "), "{lines:?}");
}

#[test]
fn warnings_that_arise_and_go_away_name_their_role() {
    let cast = cast();
    let both = advanced("credit_transfers:create credit_transfers:read credit_transfer_approvals:update");
    let worse = effect_of(&cast.company, |company| grant(company, cast.payer, both.clone()));
    assert_eq!(worse.arising.len(), 1, "{:#?}", worse.arising);
    assert!(worse.arising[0].starts_with("Role “Payer”: One person with this role can create"), "{:?}", worse.arising);
    assert!(worse.resolved.is_empty(), "Basic Access lacked before and lacks still");
    let mut company = cast.company.clone();
    grant(&mut company, cast.payer, both);
    let better = effect_of(&company, |company| grant(company, cast.payer, advanced("credit_transfers:create")));
    assert!(better.resolved.iter().any(|warning| warning.contains("can create")), "{:?}", better.resolved);
    assert!(better.arising.iter().any(|warning| warning.contains("add READ")), "{:?}", better.arising);
}

#[test]
fn a_renamed_role_warns_of_nothing_new() {
    let cast = cast();
    let renamed = effect_of(&cast.company, |company| rename_role(company, cast.payer, "Paying"));
    assert!(renamed.arising.is_empty() && renamed.resolved.is_empty() && renamed.access.is_empty());
    assert_eq!(lines(&renamed), ["Role “Payer”, Name: Payer → Paying"]);
}

#[test]
fn hundreds_of_warnings_are_cut_with_their_count() {
    let cast = cast();
    let many = effect_of(&cast.company, |company| {
        for n in 0..100 {
            let role = company.role(&format!("Role {n}"), simple([]), Scope::AllFuture);
            edit_role(company, role, |row| row.grants = advanced("roles:delete"));
        }
    });
    assert_eq!(many.arising.len(), 31);
    assert!(many.arising[30].starts_with("And "), "{}", many.arising[30]);
}
