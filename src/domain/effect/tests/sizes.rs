//! Many people at once.
use super::stage::{effect, grant};
use crate::domain::catalogue::Group;
use crate::domain::effect::Affected;
use crate::domain::fixture::{Company, advanced, chosen, simple};
use crate::domain::scope::Scope;
use crate::domain::user::UserStatus;

#[test]
fn a_thousand_people_with_one_role_are_one_change() {
    let mut before = Company::new();
    let entity = before.entity("Group", None);
    for n in 0..100 {
        before.account(&format!("Account {n}"), entity);
    }
    let role = before.role("Reader", simple([Group::ReadFinancialData]), chosen([entity], []));
    let other = before.role("Other", simple([Group::BasicAccess]), Scope::AllFuture);
    for n in 0..1_000 {
        before.user(&format!("User {n}"), [role], UserStatus::Active);
        before.user(&format!("Outsider {n}"), [other], UserStatus::Active);
    }
    let mut after = before.clone();
    for n in 0..1_000 {
        after.invitation(&format!("guest{n}@example.com"), [role]);
    }
    let invited = effect(&before, &after);
    assert_eq!((invited.access.len(), invited.access[0].who.len()), (1, 1_000));
    assert!(invited.access[0].who.iter().all(|who| matches!(who, Affected::Invitation(_))));
    let mut edited = after.clone();
    grant(&mut edited, role, advanced("themes:read"));
    let edited_effect = effect(&after, &edited);
    assert_eq!((edited_effect.access.len(), edited_effect.access[0].who.len()), (1, 2_000));
    let sentences = edited_effect.access[0].in_words(after.org(), edited.org());
    assert!(
        sentences[0].contains("User 7 and 1992 more gain themes:read for the whole organization."),
        "{}",
        sentences[0]
    );
    assert!(sentences[1].contains("and 1992 more lose"), "{}", sentences[1]);
}
