//! The name of a role: what stands against it, and what a copy could be called. No drawing.
use unicode_segmentation::UnicodeSegmentation;

use super::draft::RoleDraft;
use crate::domain::name::RoleName;
use crate::domain::org::Org;
use crate::domain::refusal::{Named, Refusal};

/// Characters that a name may have.
const LIMIT: usize = 80;

/// Bytes that a name may have.
const BYTES: usize = 400;

/// The draft's name.
///
/// # Errors
/// What stands against it, in a sentence or two.
pub fn name_of(org: &Org, draft: &RoleDraft) -> Result<RoleName, String> {
    let name = RoleName::new(draft.name()).map_err(|error| error.to_string())?;
    if is_free(org, draft, &name) {
        return Ok(name);
    }
    let refusal = Refusal::NameTaken { named: Named::Role, name: name.to_string() };
    Err(format!("{refusal} {}", refusal.hint()))
}

fn is_free(org: &Org, draft: &RoleDraft, name: &RoleName) -> bool {
    let key = name.key();
    !org.active_roles().any(|other| Some(other.id) != draft.role() && other.name.key() == key)
}

/// A name for a copy that no role has: `Approver copy`, `Approver copy 2`. A long one is shortened.
pub fn copy_name(org: &Org, name: &RoleName) -> String {
    let taken: Vec<_> = org.active_roles().map(|role| role.name.key()).collect();
    let free = |n: usize| {
        let end = if n == 1 { " copy".to_owned() } else { format!(" copy {n}") };
        let name = RoleName::new(&shortened(name.as_str(), &end)).ok()?;
        (!taken.contains(&name.key())).then(|| name.as_str().to_owned())
    };
    (1..=taken.len() + 1).find_map(free).unwrap_or_default()
}

fn shortened(name: &str, end: &str) -> String {
    let mut kept = String::new();
    for grapheme in name.graphemes(true).take(LIMIT.saturating_sub(end.len())) {
        if kept.len() + grapheme.len() + end.len() > BYTES {
            break;
        }
        kept.push_str(grapheme);
    }
    format!("{}{end}", kept.trim_end())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]
    use super::*;
    use crate::domain::fixture::{Company, simple};
    use crate::domain::scope::Scope;

    fn copy(company: &Company, name: &str) -> String {
        copy_name(company.org(), &RoleName::new(name).unwrap())
    }

    #[test]
    fn a_copy_gets_the_first_name_that_is_free() {
        let mut company = Company::new();
        for (name, next) in [
            ("Approver", "Approver copy"),
            ("APPROVER COPY", "Approver copy 2"),
            ("Approver copy 2", "Approver copy 3"),
        ] {
            company.role(name, simple([]), Scope::AllFuture);
            assert_eq!(copy(&company, "Approver"), next);
        }
    }

    #[test]
    fn a_long_name_is_shortened_and_stays_a_name() {
        let mut company = Company::new();
        let long = "x".repeat(80);
        assert_eq!(copy(&company, &long), format!("{} copy", "x".repeat(75)));
        company.role(&copy(&company, &long), simple([]), Scope::AllFuture);
        assert_eq!(copy(&company, &long), format!("{} copy 2", "x".repeat(73)));
        let family = "👨‍👩‍👧‍👦".repeat(16);
        let heavy = RoleName::new(&family).unwrap_or_else(|_| RoleName::new(&"漢".repeat(80)).unwrap());
        assert!(RoleName::new(&copy(&company, heavy.as_str())).is_ok());
        assert!(RoleName::new(&copy(&company, &"é".repeat(80))).is_ok());
    }

    #[test]
    fn a_name_is_refused_with_a_reason() {
        let mut company = Company::new();
        company.role("Approver", simple([]), Scope::AllFuture);
        let told = |name: &str| {
            let mut draft = RoleDraft::create();
            draft.rename(name);
            name_of(company.org(), &draft).map(|name| name.to_string())
        };
        assert_eq!(told(" Payer "), Ok("Payer".to_owned()));
        assert_eq!(told("approver").unwrap_err(), "There is already a role “approver”. Choose another one.");
        assert!(told("").unwrap_err().contains("empty"));
        assert!(told("Pay\u{202e}er").unwrap_err().contains("U+202E"));
    }

    #[test]
    fn a_role_may_keep_its_own_name() {
        let mut company = Company::new();
        let role = company.role("Approver", simple([]), Scope::AllFuture);
        let mut draft = RoleDraft::edit(company.org().role(role).unwrap());
        draft.rename("APPROVER");
        assert!(name_of(company.org(), &draft).is_ok());
    }
}
